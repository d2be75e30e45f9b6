"""What the case report claims, measured: plain values that know no language. Every number is a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fairfloor.content import ClaimDefinition, ReportDefinition
from fairfloor.content import load as load_content
from fairfloor.indicators.public import Figure, change_of, course_of, figures, plans, splits
from fairfloor.measure.cells import Period, month_of
from fairfloor.measure.rounding import round_half_up
from fairfloor.surveys.public import closed_rounds, quality_flags

REPORT = "case-report"
SHARE_PLACES = 4
MINIMUM_GROUP = 5
FEW = 30

# Shares that count only records whose level is known → the figure that counts all of them.
_ALL_OF = {
    "team.front_line_share": "team.members",
    "suggestions.front_line_share": "suggestions.received",
    "hazards.front_line_share": "hazards.reported",
}


def definition() -> ReportDefinition:
    """The case report's definition, from its content pack."""
    return load_content().reports[REPORT]


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON keeps it: an integer when it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _share(value: Decimal | None) -> float | None:
    return None if value is None else float(round_half_up(value, SHARE_PLACES))


@dataclass(frozen=True)
class Measured:
    """All figures the claims need, read once."""

    whole: Mapping[str, Figure]
    by_item: Mapping[str, Mapping[str, Figure]]
    by_sex: Mapping[str, Mapping[str, Figure]]
    # Doubts about survey rounds: round → flags.
    doubts: Mapping[str, tuple[Any, ...]]
    # What may be said of the months of a measured number up to the period's end: indicator → plain change.
    changes: Mapping[str, dict[str, Any]]


def read(period: Period) -> Measured:
    """Read the figures of a period for the enterprise in scope."""
    claims = definition().claims()
    keyed = {c.indicator for c in claims if c.kind in {"KEYED_SHARE", "MODULES", "AREAS"}}
    return Measured(
        figures(sorted({c.indicator for c in claims} | set(_ALL_OF.values())), period),
        splits(sorted(keyed | {"surveys.favourable"}), period, "item"),
        splits(sorted({c.indicator for c in claims if c.sex}), period, "sex"),
        {str(row.number): quality_flags(row.number) for row in closed_rounds(period)},
        _changes({c.indicator for c in claims}, period),
    )


def _changes(codes: set[str], period: Period) -> dict[str, dict[str, Any]]:
    """The changes since a baseline that was over by the end of the period."""
    known = load_content().indicators
    return {
        code: change_of(course_of(known[code], plan, period.end_date), plan).as_plain()
        for code, plan in plans().items()
        if code in codes
        and plan.baseline_end_date
        and plan.baseline_end_date < month_of(period.end_date).start_date
    }


def measure(measured: Measured, currency: str = "") -> list[dict[str, Any]]:
    """The claims in the report's order, without words; money in ``currency``. ``document`` freezes exactly this."""
    found: list[dict[str, Any]] = []
    for section in definition().sections:
        for claim in section.claims:
            money = {"currency": currency} if claim.kind == "MONEY" else {}
            change = measured.changes.get(claim.indicator)
            more = {**money, **({"change": change} if change else {})}
            found += [{"section": section.code, **row, **more} for row in _rows(claim, measured)]
    return found


def _rows(claim: ClaimDefinition, measured: Measured) -> list[dict[str, Any]]:
    whole = measured.whole[claim.indicator]
    if claim.is_optional and not whole.is_suppressed and (whole.value is None or not whole.n):
        return []
    if claim.kind == "KEYED_SHARE":
        groups = measured.by_item[claim.indicator]
        return [_share_row(claim, groups[key], measured, key) for key in sorted(groups, key=_in_order)]
    if claim.kind == "SHARE":
        return [_share_row(claim, whole, measured, "")]
    if claim.kind in {"RATE", "DAYS"}:
        return [_rounded_row(claim, whole)]
    row = _row(claim, whole)
    if claim.kind == "MODULES":
        items = [item.partition(":") for item in measured.by_item[claim.indicator]]
        row["value"] = {code: label for code, _colon, label in sorted(items, key=lambda i: _in_order(i[2]))}
    elif claim.kind == "AREAS":
        recorded = measured.by_item[claim.indicator]
        areas = load_content().equality_areas
        row["value"] = [area.claim_name for area in areas.values()]
        row["practices"] = {
            letter: plain(recorded[letter].value) if letter in recorded else 0 for letter in areas
        }
    elif claim.sex:
        part = measured.by_sex[claim.indicator].get(claim.sex)
        row["value"] = plain(part.value) if part else 0
    return [row]


def _in_order(text: str) -> tuple[int, str]:
    """Numbers by size, the rest by letters."""
    return (int(text), "") if text.isdecimal() else (1 << 30, text)


def _row(claim: ClaimDefinition, figure: Figure) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "indicator": f"{claim.indicator}@{load_content().indicators[claim.indicator].version}",
        "key": "",
        "value": plain(figure.value),
        "numerator": None,
        "denominator": None,
        "n": figure.n,
        "lower": None,
        "upper": None,
        "quality": figure.quality,
        "is_suppressed": figure.is_suppressed,
        "warnings": _hidden() if figure.is_suppressed else [],
    }


def _rounded_row(claim: ClaimDefinition, figure: Figure) -> dict[str, Any]:
    """A rate with both its sides, or a median, rounded: a base stands in the sentence."""

    def rounded(value: Decimal | None) -> float | None:
        return None if value is None else float(round_half_up(value, SHARE_PLACES))

    return _row(claim, figure) | {
        "value": rounded(figure.value),
        "numerator": plain(figure.numerator),
        "denominator": plain(figure.denominator),
        "lower": rounded(figure.lower),
        "upper": rounded(figure.upper),
    }


def _hidden() -> list[dict[str, Any]]:
    return [{"code": "SUPPRESSED", "minimum": MINIMUM_GROUP}]


def _share_row(claim: ClaimDefinition, figure: Figure, measured: Measured, key: str) -> dict[str, Any]:
    row = _row(claim, figure)
    row["key"] = key
    rounds = measured.by_item["surveys.favourable"]
    if figure.is_suppressed or (
        claim.indicator == "surveys.favourable_min"
        and figure.value is None
        and any(hidden.is_suppressed for hidden in rounds.values())
    ):
        return row | {"value": None, "n": None, "is_suppressed": True, "warnings": _hidden()}
    row |= {
        "value": _share(figure.value),
        "numerator": plain(figure.numerator),
        "denominator": plain(figure.denominator),
        "lower": _share(figure.lower),
        "upper": _share(figure.upper),
    }
    if claim.indicator in _ALL_OF:
        row["n"] = measured.whole[_ALL_OF[claim.indicator]].n
    elif claim.kind == "KEYED_SHARE":
        # One fact stands for many people here (a round, a line of a snapshot): the people are what was looked at.
        row["n"] = plain(figure.denominator)
    row["warnings"] = _warnings(claim, figure, row, measured)
    return row


def _warnings(
    claim: ClaimDefinition, figure: Figure, row: dict[str, Any], measured: Measured
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if claim.indicator == "team.front_line_share" and figure.denominator and not figure.numerator:
        found.append({"code": "FRONT_LINE_ABSENT"})
    if claim.indicator == "surveys.favourable_min":
        # The doubt itself, once: it does not say how a single round was answered.
        flags = [
            flag for number in sorted(measured.doubts, key=_in_order) for flag in measured.doubts[number]
        ]
        if any(flag.code == "CEILING" for flag in flags):
            found.append({"code": "CEILING"})
    if claim.indicator == "surveys.response_rate":
        found += [
            {"code": flag.code, "numerator": flag.numerator, "denominator": flag.denominator}
            for flag in measured.doubts.get(row["key"], ())
            if flag.code in {"LOW_RESPONSE", "STRAIGHT_LINING"}
        ]
    if claim.indicator in _ALL_OF and figure.denominator is not None:
        unknown = int(row["n"] - figure.denominator)
        if unknown:
            found.append({"code": "LEVEL_UNKNOWN", "count": unknown})
    base = figure.n if figure.indicator.is_protected else figure.denominator
    if figure.denominator and base is not None and base < FEW:
        found.append({"code": "SMALL_NUMBERS", "n": plain(Decimal(base))})
    return found
