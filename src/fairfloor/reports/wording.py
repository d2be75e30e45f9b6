"""The claims of a snapshot put into words, in any language the packs speak. Numbers are only written, never made."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.indicators.public import change_from, say
from fairfloor.measure.rounding import exact
from fairfloor.reports.claims import definition

LANGUAGES = ("en", "zh-hans")


def long_date(day: date | str, language: str) -> str:
    """A day as people write it: 30 June 2025, 2025年6月30日."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    with translation.override(language):
        return formats.date_format(day, "j F Y")


def month_name(start: str, language: str) -> str:
    """A month short enough for an axis: Jun 2025, 2025年6月."""
    day = date.fromisoformat(start)
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月"
    with translation.override(language):
        return formats.date_format(day, "M Y")


def listed(items: list[str], language: str) -> str:
    """Items in one sentence: a, b, c; 、 in Chinese."""
    return ("、" if language.startswith("zh") else ", ").join(items)


def share_of(row: dict[str, Any]) -> Fraction | None:
    """The unrounded share of a claim, so that what is shown is rounded once."""
    if row["value"] is None or not row["denominator"]:
        return None
    return exact(row["numerator"]) / exact(row["denominator"])


def _decimals(row: dict[str, Any]) -> int:
    indicator = load_content().indicators.get(row["indicator"].partition("@")[0])
    return indicator.decimals if indicator else 1


def source_words(source: str, language: str) -> str:
    """Where a figure comes from: its name in the list of figures and the version of what it counts.

    ``source`` is an indicator's code, with ``@version`` where the report keeps one; an unknown code stands for itself.
    """
    code, _at, version = source.partition("@")
    indicator = load_content().indicators.get(code)
    if indicator is None:
        return source
    name = translate(indicator.name, language)
    if not version:
        return name
    with translation.override(language):
        return _("%(name)s, definition %(version)s") % {"name": name, "version": version}


def percent(row: dict[str, Any], language: str) -> str:
    """The share of a claim as per cent, with the decimals its indicator is shown with."""
    with translation.override(language):
        return format_share(share_of(row), _decimals(row))


def interval(row: dict[str, Any], language: str) -> tuple[str, str] | None:
    """Both ends of the 95 % interval; of a share as per cent."""
    if row["lower"] is None or row["upper"] is None:
        return None
    with translation.override(language):
        if row.get("kind") in {"RATE", "DAYS"}:
            return number(row, "lower"), number(row, "upper")
        # Never coarser than the share itself, or both ends round to one number.
        places = max(1, _decimals(row)) if "indicator" in row else 1
        return format_share(row["lower"], places), format_share(row["upper"], places)


def number(row: dict[str, Any], name: str = "value") -> str:
    """A rate, or an end of its interval, with the decimals its indicator is shown with."""
    return format_number(row[name], _decimals(row))


def modules_text(value: dict[str, str], language: str) -> str:
    """Modules by number and name, e.g. 1 Workplace cooperation."""
    known = load_content().modules
    names = []
    # The store may turn keys around, so the order is made here.
    for code, label in sorted(value.items(), key=lambda item: (len(item[1]), item[1], item[0])):
        name = translate(known[code].name, language) if code in known else code
        names.append(f"{label} {name}".strip())
    return listed(names, language)


def areas_text(language: str) -> str:
    """The six areas by name, in their order."""
    return listed([translate(a.name, language) for a in load_content().equality_areas.values()], language)


def sentence(row: dict[str, Any], language: str) -> str:
    """What one claim says. A hidden figure says why it is hidden; nothing to divide by says that there is nothing."""
    report = definition()
    if row["is_suppressed"]:
        return warning_text(row["warnings"][0], language)
    known = {claim.id: claim for claim in report.claims()}
    claim = known.get(row["id"])
    if claim is None:
        return row["id"]
    if row["value"] is None or row["value"] == {}:
        return translate(report.no_records, language)
    with translation.override(language):
        values = {
            name: format_number(row[name]) if isinstance(row[name], int | float) else ""
            for name in ("value", "numerator", "denominator", "n")
        }
    if row["kind"] in {"SHARE", "KEYED_SHARE"}:
        values["percent"] = percent(row, language)
        values["key"] = key_text(row["key"], language)
    elif row.get("kind") in {"RATE", "DAYS", "MONEY"}:
        with translation.override(language):
            values |= {
                name: number(row, name) for name in ("value", "lower", "upper") if row[name] is not None
            }
            values |= {name: values.get(name, "") for name in ("lower", "upper")}
            values["currency"] = row.get("currency", "")
    elif row["kind"] == "MODULES":
        values["modules"] = modules_text(row["value"], language)
    elif row["kind"] == "AREAS":
        values["areas"] = areas_text(language)
    return translate(claim.sentence(row["value"]), language) % values + _since(row, language)


def _since(row: dict[str, Any], language: str) -> str:
    """What may be said of a measured number since its baseline, as a second sentence; mostly nothing."""
    indicator = load_content().indicators.get(row["indicator"].partition("@")[0])
    if "change" not in row or indicator is None:
        return ""
    with translation.override(language):
        said = say(indicator, change_from(row["change"])).sentence
    return said if language.startswith("zh") else f" {said}"


def key_text(key: str, language: str) -> str:
    """A key as people read it: a day in words, a round's number as it is."""
    try:
        return long_date(key, language)
    except ValueError:
        return key


def warning_text(warning: dict[str, Any], language: str) -> str:
    """A warning's sentences with its numbers."""
    template = definition().warnings.get(warning["code"])
    if template is None:
        return warning["code"]
    with translation.override(language):
        values = {
            name: format_number(warning[name]) if name in warning else ""
            for name in ("numerator", "denominator", "n", "count", "minimum")
        }
        values["key"] = key_text(str(warning.get("key", "")), language)
        values["percent"] = ""
        if warning.get("denominator"):
            values["percent"] = format_share(Fraction(warning["numerator"], warning["denominator"]), 0)
    return translate(template, language) % values


_UNITS = {
    "MODULES": "list",
    "AREAS": "list",
    "COUNT": "count",
    "RATE": "rate",
    "MONEY": "money",
    "DAYS": "days",
    "SHARE": "share",
    "KEYED_SHARE": "share",
}


def worded(row: dict[str, Any], period: dict[str, str], language: str) -> dict[str, Any]:
    """One claim as the JSON report gives it."""
    claim: dict[str, Any] = {"id": row["id"]}
    if row["key"]:
        claim["key"] = row["key"]
    value = row["value"]
    if row["kind"] == "MODULES":
        value = {
            code: row["value"][code] for code in sorted(row["value"], key=lambda c: (row["value"][c], c))
        }
    claim["value"] = value
    unit = _UNITS[row["kind"]]
    if unit in {"share", "rate"}:
        claim["numerator"], claim["denominator"] = row["numerator"], row["denominator"]
    claim["n"] = row["n"]
    claim["period"] = dict(sorted(period.items()))
    claim["text"] = sentence(row, language)
    claim["unit"] = unit
    claim["indicator"] = row["indicator"]
    if unit == "money":
        claim["currency"] = row["currency"]
    if unit in {"share", "rate", "days"}:
        known = row["lower"] is not None
        claim["interval"] = {"lower": row["lower"], "upper": row["upper"], "level": 0.95} if known else None
    if "practices" in row:
        claim["practices"] = {letter: row["practices"][letter] for letter in sorted(row["practices"])}
    if "change" in row:
        claim["verdict"] = row["change"]["verdict"]
    claim["quality"] = row["quality"]
    claim["warnings"] = [
        {"code": warning["code"], "text": warning_text(warning, language)} for warning in row["warnings"]
    ]
    return claim
