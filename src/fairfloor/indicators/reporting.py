"""Who has reported which month, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.indicators.courses import next_month
from fairfloor.indicators.models import IndicatorPlan, Reading
from fairfloor.indicators.plans import has_new_definition, plans
from fairfloor.indicators.sayings import month_words
from fairfloor.indicators.signals import month_before

DUE_DAY = 10
"""A month's numbers are expected by this day of the month after."""
MONTHS_IN_GRID = 12
MONTHS_WAITING = 3
"""A month older than that is a gap, and no longer asked for."""


def months_to(day: date, count: int) -> list[date]:
    """The first days of the last ``count`` months that have ended by ``day``, the oldest first."""
    found = [month_before(day)]
    while len(found) < count:
        found.append(month_before(found[-1]))
    return found[::-1]


def due_date(month: date) -> date:
    """The day by which a month is expected."""
    return next_month(month).replace(day=DUE_DAY)


@dataclass(frozen=True)
class Mark:
    """One month of one indicator in the grid: its grade, MISSING, or NOT_ASKED before anybody was to report it."""

    month: date
    state: str
    reading_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One indicator in the grid. ``coverage`` is the share of months asked for that have grade A or B."""

    plan: IndicatorPlan
    marks: tuple[Mark, ...]
    missing: int
    coverage: Decimal | None


def completeness(day: date) -> list[Line]:
    """All indicators in use with their last months, in two queries."""
    months = months_to(day, MONTHS_IN_GRID)
    in_use = [plan for plan in plans().values() if plan.is_in_use]
    rows = Reading.objects.filter(
        indicator__in=[plan.indicator for plan in in_use], month_date__range=(months[0], months[-1])
    )
    found = {(row.indicator, row.month_date): row for row in rows}
    lines = []
    for plan in in_use:
        marks = []
        for month in months:
            row = found.get((plan.indicator, month))
            if row is not None:
                marks.append(Mark(month, row.quality or "GIVEN", row.pk))
            else:
                marks.append(
                    Mark(month, "MISSING" if month >= month_before(plan.since_date) else "NOT_ASKED")
                )
        asked = [mark for mark in marks if mark.state != "NOT_ASKED"]
        good = sum(mark.state in {"A", "B"} for mark in asked)
        missing = sum(mark.state == "MISSING" for mark in asked)
        lines.append(Line(plan, tuple(marks), missing, Decimal(good) / len(asked) if asked else None))
    return lines


def own_plans(user_id: int | None, known: Mapping[str, IndicatorPlan] | None = None) -> list[IndicatorPlan]:
    """The indicators a person reports, in the order of the packs; ``known``: all plans, where they are read already."""
    if user_id is None:
        return []
    every = plans() if known is None else known
    return [plan for plan in every.values() if plan.is_in_use and plan.reporter_user_id == user_id]


def owed(
    user_id: int | None, day: date, known: Mapping[str, IndicatorPlan] | None = None
) -> dict[date, list[IndicatorPlan]]:
    """Months that have ended, the oldest first, with what the person has not reported of them."""
    own = own_plans(user_id, known)
    if not own:
        return {}
    months = months_to(day, MONTHS_WAITING)
    rows = Reading.objects.filter(
        indicator__in=[plan.indicator for plan in own], month_date__range=(months[0], months[-1])
    )
    there = set(rows.values_list("indicator", "month_date"))
    found = {
        month: [
            plan
            for plan in own
            if month >= month_before(plan.since_date) and (plan.indicator, month) not in there
        ]
        for month in months
    }
    return {month: left for month, left in found.items() if left}


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """Months a person still owes numbers for, and for those who plan, definitions that changed."""
    found: list[Waiting] = []
    may_plan = actor.may("readings.plan")
    if not (may_plan or actor.may("readings.write")):
        return found
    every = plans()
    if actor.may("readings.write"):
        for month, left in owed(actor.user_id, day, every).items():
            text = ngettext(
                "%(count)s number of %(month)s waits for you.",
                "%(count)s numbers of %(month)s wait for you.",
                len(left),
            ) % {"count": len(left), "month": month_words(month)}
            due = due_date(month)
            found.append(Waiting(text, "readings:month", "", due, due < day, f"month={month:%Y-%m}"))
    if may_plan and any(plan.is_in_use and has_new_definition(plan) for plan in every.values()):
        text = _("What a number counts was defined anew. Choose a new baseline for it.")
        found.append(Waiting(text, "readings:plans", ""))
    return found
