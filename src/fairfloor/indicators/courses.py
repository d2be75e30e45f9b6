"""An indicator month by month: its control chart, what may be said of it, and where a project ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairfloor.content import Indicator
from fairfloor.indicators.models import IndicatorPlan, Reading
from fairfloor.indicators.plans import has_new_definition, value_of
from fairfloor.measure.control_charts import (
    ChartPoint,
    ChartRefused,
    ControlChart,
    Observation,
    control_chart,
)
from fairfloor.measure.interrupted import Interruption, interrupted_series
from fairfloor.measure.verdict import MINIMUM_BASELINE, Code, is_flat, verdict_of_chart

MONTHS_SHOWN = 60


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True)
class Month:
    """One month of an indicator; without a value where nobody reported it or nothing was there to divide by."""

    start: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    quality: str = ""
    reading_id: int | None = None
    point: ChartPoint | None = None
    is_baseline: bool = False
    # Whether it was measured as the plan's baseline was.
    is_comparable: bool = True


@dataclass(frozen=True)
class Course:
    """An indicator's months with their limits, and the verdict, whose code no one chooses.

    ``why`` says what is missing where the verdict is NOT_ENOUGH_DATA: NO_PLAN, NEW_DEFINITION, NO_BASELINE,
    SHORT_BASELINE, NOTHING_AFTER, FLAT, TOO_FEW, NO_CHART; else "". ``before`` and ``after`` are the figures of the
    baseline window and of the months since. ``earlier``: months before the baseline, which no chart shows.
    """

    indicator: Indicator
    months: tuple[Month, ...]
    chart: ControlChart | None
    verdict: Code
    why: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    points_before: int = 0
    points_after: int = 0
    earlier: tuple[Month, ...] = ()

    def over(self, start: date, end: date) -> Decimal | None:
        """The figure of the months from ``start`` to ``end``, numerators and denominators added up.

        ``None`` too where some of them were measured by another definition (``compares``).
        """
        inside = [m for m in self.months if start <= m.start <= end and m.value is not None]
        if not self.compares(start, end):
            return None
        above = sum((m.numerator or Decimal(0) for m in inside), Decimal(0))
        return value_of(self.indicator, above, sum((m.denominator or Decimal(0) for m in inside), Decimal(0)))

    def compares(self, start: date, end: date) -> bool:
        """Whether all months from ``start`` to ``end`` were measured as the baseline was."""
        return all(month.is_comparable for month in self.months if start <= month.start <= end)

    @property
    def is_judged(self) -> bool:
        """Whether there are months enough to tell one that stands out; with fewer, nobody could."""
        return sum(month.point is not None for month in self.months) > MINIMUM_BASELINE

    @property
    def is_baseline_restless(self) -> bool:
        """Whether months of the baseline stand out themselves, so that a change may have begun in it."""
        return self.is_judged and any(
            month.is_baseline and month.point and month.point.signals for month in self.months
        )


def _rows(indicator: Indicator, until: date) -> list[Reading]:
    rows = Reading.objects.filter(indicator=indicator.code, month_date__lte=until).order_by("-month_date")
    return list(reversed(rows[:MONTHS_SHOWN]))


def _scaled(point: ChartPoint, indicator: Indicator) -> ChartPoint:
    """A point in the indicator's own unit, its limits kept where values can be."""
    scale = indicator.base if indicator.unit == "RATE" else 1
    upper = min(1.0, point.upper) if indicator.is_fraction else point.upper * scale
    return ChartPoint(point.label, point.value * scale, max(0.0, point.lower * scale), upper, point.signals)


def _together(indicator: Indicator, rows: list[Reading]) -> Decimal | None:
    above = sum((row.numerator for row in rows), Decimal(0))
    return value_of(indicator, above, sum((row.denominator for row in rows), Decimal(0)))


def _reason(plan: IndicatorPlan | None, inside: int, later: int) -> str:
    if plan is None:
        return "NO_PLAN"
    if has_new_definition(plan):
        return "NEW_DEFINITION"
    if plan.baseline is None:
        return "NO_BASELINE"
    if inside < MINIMUM_BASELINE:
        return "SHORT_BASELINE"
    return "" if later else "NOTHING_AFTER"


def course_of(indicator: Indicator, plan: IndicatorPlan | None, until: date = date.max) -> Course:
    """The course of one indicator of the enterprise in scope: one query, at most ``MONTHS_SHOWN`` months.

    ``until``: the last day whose month may be looked at, for a report on a time gone by.
    """
    return _course(indicator, plan, _rows(indicator, until))


def courses_of(planned: Mapping[Indicator, IndicatorPlan], since: date) -> list[Course]:
    """The courses of several indicators from their months since a day, in one query."""
    months: dict[str, list[Reading]] = {indicator.code: [] for indicator in planned}
    for row in Reading.objects.filter(indicator__in=list(months), month_date__gte=since).order_by(
        "month_date"
    ):
        months[row.indicator].append(row)
    return [
        _course(indicator, plan, months[indicator.code][-MONTHS_SHOWN:])
        for indicator, plan in planned.items()
    ]


def _course(indicator: Indicator, plan: IndicatorPlan | None, rows: list[Reading]) -> Course:
    old: list[Reading] = []
    if plan is not None and plan.baseline_start_date is not None:
        # Limits come from the first points of a chart, so months before the baseline stand outside it.
        old = [row for row in rows if row.month_date < plan.baseline_start_date]
        rows = rows[len(old) :]
    definitions = {"", plan.definition if plan else indicator.pin}
    charted = [row for row in rows if row.denominator and row.definition in definitions]
    has_baseline = plan is not None and plan.baseline is not None and not has_new_definition(plan)
    end = plan.baseline_end_date if has_baseline and plan is not None else None
    inside = [row for row in charted if end is not None and row.month_date <= end]
    later = charted[len(inside) :] if end is not None else []
    is_counted = indicator.chart != "xmr"
    observations = [
        Observation(row.month_date.isoformat(), row.numerator, row.denominator)
        if is_counted
        else Observation(row.month_date.isoformat(), row.numerator / row.denominator)
        for row in charted
    ]
    chart: ControlChart | None = None
    why = _reason(plan, len(inside), len(later))
    try:
        chart = control_chart(indicator.chart, observations, len(inside) if len(inside) > 1 else None)
    except ChartRefused as refused:
        why = why or ("TOO_FEW" if refused.code in {"TOO_FEW", "BASELINE"} else "NO_CHART")
    verdict: Code = "NOT_ENOUGH_DATA"
    if chart is not None and not why:
        verdict = verdict_of_chart(chart, indicator.direction)
        why = "FLAT" if is_flat(chart) else ""
    points = {} if chart is None else {each.label: _scaled(each, indicator) for each in chart.points}
    return Course(
        indicator,
        _months(indicator, rows, points, {row.pk for row in inside}, definitions),
        chart,
        verdict,
        why,
        _together(indicator, inside),
        _together(indicator, later),
        len(inside),
        len(later),
        _months(indicator, old, {}, set(), definitions),
    )


def _months(
    indicator: Indicator,
    rows: list[Reading],
    points: dict[str, ChartPoint],
    inside: set[int],
    definitions: set[str],
) -> tuple[Month, ...]:
    """Every month from the first to the last, those without a value as gaps."""
    by_month = {row.month_date: row for row in rows}
    months: list[Month] = []
    month = rows[0].month_date if rows else None
    while rows and month is not None and month <= rows[-1].month_date and len(months) < MONTHS_SHOWN * 2:
        row = by_month.get(month)
        if row is None:
            months.append(Month(month))
        else:
            months.append(
                Month(
                    month,
                    row.numerator,
                    row.denominator,
                    value_of(indicator, row.numerator, row.denominator),
                    row.quality,
                    row.pk,
                    points.get(month.isoformat()),
                    row.pk in inside,
                    row.definition in definitions,
                )
            )
        month = next_month(month)
    return tuple(months)


def _joined(course: Course) -> list[Month]:
    """All months of a course, those before its baseline too, with gaps where nothing was written down."""
    found = list(course.earlier)
    while found and course.months and next_month(found[-1].start) < course.months[0].start:
        found.append(Month(next_month(found[-1].start)))
    return [*found, *course.months]


def around(course: Course, finished: date) -> Interruption:
    """The course up to and after the month of a day; that month, half of which was before, counts as before.

    A month without a value breaks the even steps the method needs, so the unbroken run around the day counts alone.
    """
    month = finished.replace(day=1)
    before: list[Decimal] = []
    after: list[Decimal] = []
    for each in _joined(course):
        side = before if each.start <= month else after
        if each.value is not None and each.is_comparable:
            side.append(each.value)
        elif each.start <= month:
            before.clear()
        else:
            break
    return interrupted_series([*before, *after], len(before), course.indicator.direction)
