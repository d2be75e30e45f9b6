"""Reads on incidents: the rates of a year, and who took part in the work for safety."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from fairfloor.actions.public import ActionItem
from fairfloor.indicators.public import Figure, figures, splits
from fairfloor.measure.cells import Period, month_of
from fairfloor.measure.rates import THOUSAND_WORKERS, Rate, compare_rates, event_rate
from fairfloor.measure.suppression import GROUP_MINIMUM
from fairfloor.organisations.public import Sex, Worker
from fairfloor.safety.incident_workflow import UNFINISHED, Stage
from fairfloor.safety.models import (
    Consultation,
    Control,
    Hazard,
    HoursWorked,
    Incident,
    Investigation,
    InvestigationMember,
    JobRisk,
)
from fairfloor.safety.services.incidents import FEATURE
from fairfloor.safety.workflow import Status

RATE_CODES = ("incidents.ltifr", "incidents.trir", "incidents.severity", "incidents.near_misses_per_accident")
COUNT_CODES = (
    *("incidents.recordable", "incidents.lost_time", "incidents.days_lost"),
    *("incidents.first_aid", "incidents.near_misses", "incidents.hours_worked"),
)


@dataclass(frozen=True)
class MonthRow:
    """One month of the table: counts, hours, and the two rates where hours are known."""

    month: Period
    counts: dict[str, Decimal]
    hours: Decimal | None
    is_estimate: bool
    ltifr: Figure | None
    trir: Figure | None


@dataclass(frozen=True)
class RatesPage:
    """Everything the page of rates shows for twelve months."""

    period: Period
    figures: dict[str, Figure]
    incidence: Rate | None
    average_workers: Decimal | None
    months: list[MonthRow]
    missing: list[Period]
    estimated: list[Period]
    by: dict[str, dict[str, Figure]]
    verdict: str
    before: Figure | None


def twelve_months(day: date) -> Period:
    """The twelve whole months before the month of a day."""
    end = day.replace(day=1) - timedelta(days=1)
    return Period(_year_before(end), end)


def _year_before(end: date) -> date:
    month = end.month % 12 + 1
    return date(end.year if end.month == 12 else end.year - 1, month, 1)


def rates_page(period: Period, today: date) -> RatesPage:
    """Rates of a period of whole months; the twelve months before it are held against it."""
    found = figures([*RATE_CODES, *COUNT_CODES], period)
    monthly = splits([*COUNT_CODES, "incidents.ltifr", "incidents.trir"], period, "month")
    rows = list(HoursWorked.objects.filter(month_date__range=(period.start_date, period.end_date)))
    estimated = {row.month_date for row in rows if row.is_estimate}
    workers: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.workers is not None:
            workers[row.month_date] += row.workers
    months = []
    for month in period.months():
        key = month.start_date.isoformat()
        parts = {code: monthly[code].get(key) for code in monthly}
        hours = parts["incidents.hours_worked"]
        months.append(
            MonthRow(
                month,
                {
                    code: (parts[code].value if parts[code] else Decimal(0)) or Decimal(0)
                    for code in COUNT_CODES
                },
                hours.value if hours else None,
                month.start_date in estimated,
                parts["incidents.ltifr"],
                parts["incidents.trir"],
            )
        )
    past = [row for row in months if row.month.end_date < today]
    missing = [row.month for row in past if row.hours is None]
    average = sum(workers.values(), Decimal(0)) / len(workers) if workers else None
    has_workers = bool(workers) and all(row.month.start_date in workers for row in past)
    earlier = Period(
        _year_before(period.start_date - timedelta(days=1)), period.start_date - timedelta(days=1)
    )
    before, now = figures(["incidents.ltifr"], earlier)["incidents.ltifr"], found["incidents.ltifr"]
    return RatesPage(
        period=period,
        figures=found,
        incidence=event_rate(found["incidents.lost_time"].value or 0, average, THOUSAND_WORKERS)
        if has_workers
        else None,
        average_workers=average if has_workers else None,
        months=months,
        missing=missing,
        estimated=[row.month for row in past if row.is_estimate],
        by={by: splits(["incidents.trir"], period, by)["incidents.trir"] for by in ("department", "sex")},
        verdict=compare_rates(
            (int(before.numerator or 0), before.denominator or 0),
            (int(now.numerator or 0), now.denominator or 0),
        ),
        before=before if before.denominator else None,
    )


def estimated_hours(month: date, headcount: int, hours_a_day: Decimal, days: int) -> Decimal:
    """Hours a month would have from people, hours a day and working days: to be looked at, never kept silently."""
    if headcount < 1 or hours_a_day <= 0 or days < 1 or days > month_of(month).end_date.day:
        raise ValueError("people, hours a day and working days must be above zero and fit the month")
    return Decimal(headcount) * hours_a_day * days


def unfinished_incidents() -> list[Incident]:
    """Incidents not closed yet, the oldest first."""
    return list(Incident.objects.filter(status__in=UNFINISHED).order_by("incident_date", "id"))


# --- who took part ---


@dataclass
class Part:
    """One kind of taking part over a period."""

    code: str
    first: date | None = None
    last: date | None = None
    occasions: int = 0
    people: Counter = field(default_factory=Counter)  # (level, sex) → times somebody took part
    unknown: int = 0

    def add(self, day: date, people: Iterable[tuple[str, str]]) -> None:
        """One occasion with its people as (level, sex); both empty where nobody knows."""
        self.occasions += 1
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)
        for level, sex in people:
            if level or sex:
                self.people[(level, sex)] += 1
            else:
                self.unknown += 1


# Other ways of taking part, each as (day, names of who was there); features above this one say what they know.
Walked = Callable[[Period], Iterable[tuple[date, tuple[str, ...]]]]
_walked: list[Walked] = []


def also_walked(source: Walked) -> None:
    """Have a function asked who walked through the factory looking for dangers, and when."""
    if source not in _walked:
        _walked.append(source)


def taking_part(period: Period) -> list[Part]:
    """Who found, walked, assessed, was asked, controlled and investigated in a period, by level and sex."""
    days = (period.start_date, period.end_date)
    finding, rating, asking = Part("FINDING"), Part("ASSESSING"), Part("ASKED")
    walking = Part("WALKING")
    controlling, looking = Part("CONTROLLING"), Part("INVESTIGATING")
    hazards = Hazard.objects.filter(found_date__range=days).exclude(status=Status.WITHDRAWN)
    for day, level, sex in hazards.order_by("found_date", "id").values_list("found_date", "level", "sex"):
        finding.add(day, [(level, sex)])
    risks = JobRisk.objects.filter(assessed_date__range=days, withdrawn_date__isnull=True)
    for day, level in risks.order_by("assessed_date", "id").values_list("assessed_date", "finder_level"):
        rating.add(day, [(level, "")])
    for held in Consultation.objects.filter(held_date__range=days).order_by("held_date", "id"):
        # Level and sex were counted apart: how many women are front-line is not known.
        asking.add(
            held.held_date,
            [("", Sex.FEMALE)] * held.women + [("", Sex.MALE)] * held.men,
        )
        asking.people[("FRONT_LINE", "")] += held.front_line
    roster = _by_name()
    walks = sorted(each for source in _walked for each in source(period))
    for day, names in walks:
        walking.add(day, [roster.get(name, ("", "")) for name in names] or [("", "")])
    for control in Control.objects.filter(done_date__range=days, dropped_date__isnull=True).order_by(
        "done_date", "id"
    ):
        controlling.add(control.done_date, [roster.get(control.owner_name, ("", ""))])
    done = ActionItem.objects.filter(about_feature__in=("safety", FEATURE), done_date__range=days)
    for action in done.order_by("done_date", "id"):
        controlling.add(action.done_date, [roster.get(action.owner_name, ("", ""))])
    held_ones = Investigation.objects.filter(held_date__range=days).exclude(incident__status=Stage.WITHDRAWN)
    members: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for member in InvestigationMember.objects.filter(investigation__in=held_ones):
        members[member.investigation_id].append((member.level, member.sex))
    for each in held_ones.order_by("held_date", "id"):
        looking.add(each.held_date, members[each.pk])
    return [finding, walking, rating, asking, controlling, looking]


def _by_name() -> dict[str, tuple[str, str]]:
    """Name → (level, sex) of everybody whose name stands once on the roster."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, level, sex in Worker.objects.exclude(name="").values_list("name", "level", "sex"):
        found[name].append((level, sex))
    return {name: people[0] for name, people in found.items() if len(people) == 1}


def small_groups() -> frozenset[tuple[str, str]]:
    """(level, sex) groups of the roster with fewer than five people: they are not told apart."""
    sizes = Counter(Worker.objects.values_list("level", "sex"))
    return frozenset(key for key, size in sizes.items() if size < GROUP_MINIMUM)
