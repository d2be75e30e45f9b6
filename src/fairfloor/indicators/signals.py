"""Which indicators the factory measures itself show a signal in a month: a change that is more than chance."""

from __future__ import annotations

from datetime import date

from fairfloor.content import Indicator
from fairfloor.content import load as load_content
from fairfloor.indicators.courses import course_of
from fairfloor.indicators.models import Reading
from fairfloor.indicators.plans import plans


def signals_in(month: date) -> list[tuple[Indicator, tuple[str, ...]]]:
    """The indicators whose newest reading is of a month and meets a run rule, with the rules' names, as on their chart.

    One with fewer months than a baseline needs is left out: nobody could tell a signal there. One query for each
    indicator that has a reading of the month, and two more.
    """
    codes = set(Reading.objects.filter(month_date=month).values_list("indicator", flat=True))
    if not codes:
        return []
    planned, found = plans(), []
    for code, indicator in load_content().indicators.items():
        if code not in codes or not indicator.is_reading:
            continue
        course = course_of(indicator, planned.get(code))
        points = [each for each in course.months if each.point]
        if not course.is_judged or points[-1].start != month:
            continue
        if points[-1].point is not None and points[-1].point.signals:
            found.append((indicator, points[-1].point.signals))
    return found
