"""Who has reported which month, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.indicators.courses import next_month
from fairfloor.indicators.models import IndicatorPlan, Reading
from fairfloor.indicators.periods import month_before
from fairfloor.indicators.plans import counted_months, has_new_definition, plans
from fairfloor.indicators.sayings import month_words
from fairfloor.measure.cells import Fact, Period, RecordRef

GOOD_GRADES = ("A", "B")
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
    """One month of one indicator: its grade, or GIVEN without one, MISSING, AWAITED until it is due, or NOT_ASKED
    before anybody was to report it.
    """

    month: date
    state: str

    @property
    def is_counted(self) -> bool:
        """Whether the month was reported or is due, so that it says something about completeness."""
        return self.state not in {"NOT_ASKED", "AWAITED"}

    @property
    def is_good(self) -> bool:
        """Whether the month was reported with a grade that can be built on."""
        return self.state in GOOD_GRADES


def _mark(plan: IndicatorPlan, month: date, quality: str | None, day: date) -> Mark:
    """The mark of a month as seen on ``day``; ``quality`` is ``None`` where nothing was reported."""
    if quality is not None:
        return Mark(month, quality or "GIVEN")
    if month < month_before(plan.since_date):
        return Mark(month, "NOT_ASKED")
    return Mark(month, "MISSING" if due_date(month) < day else "AWAITED")


@dataclass(frozen=True)
class Line:
    """One indicator in the grid. ``coverage`` is the share of its months reported or due that have grade A or B."""

    plan: IndicatorPlan
    marks: tuple[Mark, ...]
    coverage: Decimal | None


def _qualities(plans_in_use: list[IndicatorPlan], first: date, last: date) -> dict[tuple[str, date], str]:
    rows = Reading.objects.filter(
        indicator__in=[plan.indicator for plan in plans_in_use], month_date__range=(first, last)
    ).values_list("indicator", "month_date", "quality")
    return {(indicator, month): quality for indicator, month, quality in rows}


def completeness(day: date) -> list[Line]:
    """All indicators in use with their last months, in two queries."""
    months = months_to(day, MONTHS_IN_GRID)
    in_use = [plan for plan in plans().values() if plan.is_in_use]
    found = _qualities(in_use, months[0], months[-1])
    lines = []
    for plan in in_use:
        marks = tuple(_mark(plan, month, found.get((plan.indicator, month)), day) for month in months)
        counted = [mark for mark in marks if mark.is_counted]
        good = sum(mark.is_good for mark in counted)
        lines.append(Line(plan, marks, Decimal(good) / len(counted) if counted else None))
    return lines


def reporting_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Each month of each indicator in use that was reported or is due: with a good grade, or not.

    It belongs to the first day of the month, as the reading does.
    """
    day = timezone.now().date()
    in_use = [plan for plan in plans().values() if plan.is_in_use]
    found = _qualities(in_use, period.start_date, period.end_date)
    starts = [piece.start_date for piece in period.months() if piece.start_date.day == 1]
    for month in starts:
        for plan in in_use:
            mark = _mark(plan, month, found.get((plan.indicator, month)), day)
            if mark.is_counted:
                yield (
                    "reporting.complete",
                    Fact(
                        month,
                        numerator=Decimal(mark.is_good),
                        denominator=Decimal(1),
                        item=plan.indicator,
                        ref=RecordRef("readings:indicator", plan.indicator, mark.state),
                    ),
                )


def reporting_aging(since: date | None, today: date) -> list[date]:
    """Months that fell due since a day; all of them where none was counted before."""
    in_use = {code: plan.since_date for code, plan in plans().items() if plan.is_in_use}
    months = counted_months(in_use, min(in_use.values(), default=today), today)
    return sorted(month for month in months if since is None or since <= due_date(month) < today)


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
