"""One figure with everything behind it: course, groups, rows and the places that state it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairfloor.content import load, translate
from fairfloor.core.charts import Row, Series, bars, line
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.desk.pulse import HEADLINES, SNAPSHOT_HEADLINE
from fairfloor.indicators.public import (
    MINIMUM_GROUP,
    Figure,
    basis_words,
    facts_behind,
    figures,
    groups,
    month_words,
    range_words,
    split,
    value_words,
)
from fairfloor.measure.cells import Fact, Period
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names

ROWS_SHOWN = 100


@dataclass(frozen=True)
class Table:
    """The numbers beside a picture."""

    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Picture:
    """A chart, what it says in a sentence, and its numbers."""

    title: str
    sentence: str
    svg: str
    table: Table
    hidden: str = ""


@dataclass(frozen=True)
class FactRow:
    """One record behind the figure."""

    day: date
    label: str
    url: str
    department: str
    part: str


@dataclass(frozen=True)
class FigurePage:
    """All the page shows."""

    code: str
    name: str
    description: str
    value: str
    basis: str
    quality: str
    is_share: bool
    has_parts: bool
    range: str
    figure: Figure | None
    items: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    used_in: list[str] = field(default_factory=list)


def _format(is_share: bool, places: int):
    return (lambda v: format_share(v, places)) if is_share else (lambda v: format_number(v, places))


def _key_words(by: str, departments: dict[str, str], language: str):
    if by == "department":
        return lambda key: departments.get(key, key) or _("Not known")
    if by == "sex":
        return lambda key: str(SEX_LABELS.get(key, key))
    if by == "level":
        return lambda key: str(LEVEL_LABELS.get(key, key))

    def item(key: str) -> str:
        try:
            return date_format(date.fromisoformat(key), "DATE_FORMAT")
        except ValueError:
            content = load()
            category = content.suggestion_categories.get(key) or content.hazard_categories.get(key)
            return translate(category.name, language) if category else key or _("Not known")

    return item


def _numbers(figure: Figure) -> list[str]:
    if figure.is_suppressed:
        return [_("not shown"), "", ""]
    below = format_number(figure.denominator) if figure.denominator else ""
    above = "" if figure.numerator is None else format_number(figure.numerator)
    return [value_words(figure), above, below]


def _headings(first: str) -> list[str]:
    return [first, _("Value"), _("Numerator"), _("Denominator")]


def _course(code: str, period: Period, today: date) -> Picture | None:
    months = split(code, period, "month")
    definition = load().indicators[code]
    order = [month.start_date for month in period.months() if month.start_date <= today]
    found = [months.get(day.isoformat()) for day in order]
    if len(order) < 2 or not any(found):
        return None
    is_share = definition.is_fraction
    is_ratio = definition.is_ratio
    values = [(each.value if each else None if is_ratio else 0) for each in found]
    series = Series(
        translate(definition.name, "en"),
        values,
        [each.lower if each else None for each in found] if is_ratio else (),
        [each.upper if each else None for each in found] if is_ratio else (),
    )
    known = [(value, day) for value, day in zip(values, order, strict=True) if value is not None]
    if not known:
        return None
    highest, lowest = max(known), min(known)
    form = _format(is_share, definition.decimals)
    sentence = _("Highest in %(high_month)s with %(high)s, lowest in %(low_month)s with %(low)s.") % {
        "high_month": month_words(highest[1]),
        "high": form(highest[0]),
        "low_month": month_words(lowest[1]),
        "low": form(lowest[0]),
    }
    labels = [date_format(day, "Y-m") for day in order]
    drawing = line(
        "course",
        sentence,
        labels,
        [Series("", series.values, series.low, series.high)],
        from_zero=not is_share,
        format=form,
    )
    rows = [
        [month_words(day), *(_numbers(each) if each else ["–", "", ""])]
        for day, each in zip(order, found, strict=True)
    ]
    return Picture(_("Month by month"), sentence, drawing, Table(_headings(_("Month")), rows))


_GROUPS = ("item", "department", "sex", "level")


def _group_title(by: str, code: str) -> str:
    items = _("By kind")
    if code.startswith("surveys."):
        items = _("Round by round")
    elif code.startswith("workforce."):
        items = _("By day of counting")
    return {
        "item": items,
        "department": _("By department"),
        "sex": _("By sex"),
        "level": _("By level"),
    }[by]


def _groups(
    code: str, by: str, found: dict[str, Figure], departments: dict[str, str], language: str
) -> Picture | None:
    if not any(found) or (len(found) < 2 and by != "item"):
        return None
    definition = load().indicators[code]
    is_share = definition.is_fraction
    is_ratio = definition.is_ratio
    words = _key_words(by, departments, language)
    if by in {"sex", "level"} and is_share and all(each.value in {0, 1, None} for each in found.values()):
        # The share of women among women says nothing.
        return None
    shown = [(key, each) for key, each in found.items() if not each.is_suppressed and each.value is not None]
    if by != "item":
        shown.sort(key=lambda pair: pair[1].value, reverse=True)
    hidden = [words(key) for key, each in found.items() if each.is_suppressed]
    form = _format(is_share, definition.decimals)
    sentence = ""
    if shown:
        top = max(shown, key=lambda pair: pair[1].value)
        sentence = _("Highest: %(group)s with %(value)s.") % {
            "group": words(top[0]),
            "value": form(top[1].value),
        }
    rows = [
        Row(words(key), [each.value], [each.lower] if is_ratio else (), [each.upper] if is_ratio else ())
        for key, each in shown[:20]
    ]
    drawing = bars(f"by-{by}", sentence or _group_title(by, code), rows, format=form) if rows else ""
    note = ""
    if hidden:
        note = _(
            "Not shown, because fewer than %(minimum)s people are behind it or could be told from the rest: "
            "%(groups)s."
        ) % {
            "minimum": MINIMUM_GROUP,
            "groups": ", ".join(hidden),
        }
    table = Table(
        _headings(_group_title(by, code)), [[words(key), *_numbers(each)] for key, each in found.items()]
    )
    return Picture(_group_title(by, code), sentence, drawing, table, note)


def _used_in(code: str, language: str) -> list[str]:
    used = []
    if code in (*HEADLINES, SNAPSHOT_HEADLINE):
        used.append(_("Today, as a headline figure"))
    for report in load().reports.values():
        if any(claim.indicator == code for claim in report.claims()):
            used.append(translate(report.title, language))
    return used


def figure_page(code: str, period: Period, today: date, language: str) -> FigurePage:
    """The page of one figure of the enterprise in scope. Raises ``KeyError`` for a code nobody defined."""
    definition = load().indicators[code]
    figure = figures([code], period)[code]
    departments = department_names(language)
    pictures: list[Picture | None] = []
    items: list[str] = []
    if definition.unit == "LIST":
        items = [_key_words("item", departments, language)(key) for key in split(code, period, "item")]
    elif definition.aggregation != "MIN_ITEM":
        if definition.aggregation in {"SUM", "LAST_ITEM", "MEDIAN", "PER_PEOPLE"}:
            pictures.append(_course(code, period, today))
        # The items of a median are the numbers themselves; how many people a group had in a month, nobody wrote down.
        kinds = {"MEDIAN": _GROUPS[1:], "PER_PEOPLE": ()}.get(definition.aggregation, _GROUPS)
        found = groups(code, period, *kinds)
        pictures += [_groups(code, by, found[by], departments, language) for by in kinds]
    value, basis = value_words(figure), basis_words(figure)
    return FigurePage(
        code=code,
        name=translate(definition.name, language),
        description=translate(definition.description, language),
        value=value,
        basis=basis,
        quality=figure.quality if figure else "",
        is_share=definition.is_fraction,
        has_parts=bool(figure.denominator),
        range=range_words(figure),
        figure=figure,
        items=items,
        pictures=[picture for picture in pictures if picture],
        used_in=_used_in(code, language),
    )


def _url(slug: str, fact: Fact) -> str:
    if fact.ref is None:
        return ""
    try:
        return reverse(fact.ref.url_name, kwargs={"slug": slug, "code": fact.ref.key})
    except NoReverseMatch:
        return ""


def rows_behind(code: str, slug: str, period: Period, language: str) -> list[FactRow]:
    """The newest records behind a figure. Protected figures have none to show."""
    facts: list[Any] = facts_behind(code, period, ROWS_SHOWN)
    departments = department_names(language)
    is_share = load().indicators[code].is_fraction
    is_days = load().indicators[code].unit == "DAYS"
    rows = []
    for fact in facts:
        part = ""
        if is_share:
            part = _("%(numerator)s of %(denominator)s") % {
                "numerator": format_number(fact.numerator),
                "denominator": format_number(fact.denominator),
            }
        elif is_days:
            part = _("%(days)s days") % {"days": format_number(fact.numerator)}
        elif fact.numerator != 1:
            part = format_number(fact.numerator)
        label = fact.ref.label if fact.ref else _key_words("item", departments, language)(fact.item)
        department = departments.get(fact.department, fact.department)
        rows.append(FactRow(fact.day, label, _url(slug, fact), department, part))
    return rows
