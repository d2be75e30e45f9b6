"""Which indicators the factory measures itself show a signal in a month: a change that is more than chance."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from fairfloor.content import Indicator
from fairfloor.content import load as load_content
from fairfloor.indicators.courses import course_of
from fairfloor.indicators.models import Reading
from fairfloor.indicators.plans import plans
from fairfloor.measure.control_charts import ChartRefused, Observation, control_chart
from fairfloor.measure.verdict import MINIMUM_BASELINE

MONTHS_READ = 36


def _months_back(month: date, count: int) -> date:
    place = month.year * 12 + month.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)


def month_before(day: date) -> date:
    """The first day of the month before a day's.

    >>> month_before(date(2026, 1, 9))
    datetime.date(2025, 12, 1)
    """
    return _months_back(day, 1)


def signals_in(month: date) -> list[tuple[Indicator, tuple[str, ...]]]:
    """The indicators whose reading of a month meets a run rule, with the rules' names, in the order of the packs.

    Where a plan names a baseline its own chart decides, so that the meeting and the indicator's page say the same.
    Elsewhere it is an XmR chart of the readings of up to three years, with limits from the months before. An indicator
    with fewer months than a baseline needs is left out: nobody could tell a signal there. Two queries and one for each
    plan.
    """
    known = {code: each for code, each in load_content().indicators.items() if each.is_reading}
    rows = Reading.objects.filter(
        indicator__in=known, month_date__range=(_months_back(month, MONTHS_READ), month)
    ).order_by("indicator", "month_date", "id")
    series: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        if row.denominator:
            series[row.indicator].append(row)
    found = []
    made = plans()
    for code, indicator in known.items():
        if (plan := made.get(code)) is not None and plan.baseline is not None:
            course = course_of(indicator, plan)
            last = next((each.point for each in course.months if each.start == month), None)
            if not course.why and last is not None and last.signals:
                found.append((indicator, last.signals))
            continue
        points = series.get(code, [])
        if len(points) <= MINIMUM_BASELINE or points[-1].month_date != month:
            continue
        values = [Observation(p.month_date.isoformat(), p.numerator / p.denominator) for p in points]
        try:
            chart = control_chart("xmr", values, len(points) - 1)
        except ChartRefused:
            continue
        if chart.points[-1].signals:
            found.append((indicator, chart.points[-1].signals))
    return found
