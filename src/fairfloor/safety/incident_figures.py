"""Facts about incidents and hours worked, by the month they fall in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier, month_of
from fairfloor.safety.incident_workflow import RECORDABLE, WITH_DAYS, InjuryClass, Kind, Stage
from fairfloor.safety.models import HoursWorked, Incident

ONE, ZERO = Decimal(1), Decimal(0)
SAFE_HOURS = Decimal(800)
"""Hours a month that five full-time people surely work: a group below is not told apart in any rate."""
RATES = ("incidents.ltifr", "incidents.trir", "incidents.severity")


def _hours(period: Period) -> dict[date, list[HoursWorked]]:
    found: dict[date, list[HoursWorked]] = defaultdict(list)
    rows = HoursWorked.objects.filter(
        month_date__range=(period.start_date.replace(day=1), period.end_date)
    ).order_by("month_date", "department_code", "sex", "id")
    for row in rows:
        # Hours belong to a whole month: a period that covers a part of one has no rate for that part.
        if row.month_date in period and month_of(row.month_date).end_date in period:
            found[row.month_date].append(row)
    return found


def _kept(rows: list[HoursWorked]) -> tuple[bool, bool]:
    """Whether departments and sexes of a month may be told apart: each has hours enough, and all are known."""
    by_department: dict[str, Decimal] = defaultdict(Decimal)
    by_sex: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        by_department[row.department_code] += row.hours
        by_sex[row.sex] += row.hours
    both = min((row.hours for row in rows), default=ZERO)
    department = bool(rows) and "" not in by_department and min(by_department.values()) >= SAFE_HOURS
    sex = bool(rows) and "" not in by_sex and min(by_sex.values()) >= SAFE_HOURS
    if department and sex and both < SAFE_HOURS:
        sex = False
    return department, sex


def incident_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Counts of incidents, days lost, hours, and the rates' two sides.

    Counts say the department and never the sex: one accident is one person. A rate is split only where hours are, and
    only where every group has hours of five people; else all its facts of the month stand together.
    """
    hours = _hours(period)
    kept = {month: _kept(rows) for month, rows in hours.items()}
    for month, rows in hours.items():
        department, sex = kept[month]
        for row in rows:
            group = {
                "department": row.department_code if department else "",
                "sex": row.sex if sex else "",
            }
            yield "incidents.hours_worked", Fact(month, numerator=row.hours, **group)
            for code in RATES:
                yield code, Fact(month, numerator=ZERO, denominator=row.hours, **group)
    incidents = (
        Incident.objects.filter(incident_date__range=(period.start_date, period.end_date))
        .exclude(status=Stage.WITHDRAWN)
        .order_by("incident_date", "id")
        .only("code", "incident_date", "department_code", "kind", "injury_class", "sex", "days_lost")
    )
    for row in incidents:
        yield from _facts_of(row, kept)


def _facts_of(row: Incident, kept: dict[date, tuple[bool, bool]]) -> Iterator[tuple[str, Fact]]:
    # The label names the row and no more: it stands where others than the safety people read.
    ref = RecordRef("safety:incident", row.code, row.code)
    day = row.incident_date
    place = {"department": row.department_code, "ref": ref}
    if row.kind == Kind.NEAR_MISS:
        yield "incidents.near_misses", Fact(day, **place)
        yield "incidents.near_misses_per_accident", Fact(day, numerator=ONE, denominator=ZERO, **place)
        return
    grade = row.injury_class
    if not grade:
        return
    if grade == InjuryClass.FIRST_AID:
        yield "incidents.first_aid", Fact(day, **place)
        return
    # An accident in a month without hours is in no rate: above the line alone it would make the rate too high.
    month = month_of(day).start_date
    has_hours = month in kept
    department, sex = kept.get(month, (False, False))
    group = {
        "department": row.department_code if department else "",
        "sex": row.sex if sex else "",
        "ref": ref,
    }
    if grade in RECORDABLE:
        yield "incidents.recordable", Fact(day, **place)
        yield "incidents.near_misses_per_accident", Fact(day, numerator=ZERO, denominator=ONE, **place)
        if has_hours:
            yield "incidents.trir", Fact(day, **group)
    if grade in WITH_DAYS:
        if row.kind == Kind.INJURY:
            yield "incidents.lost_time", Fact(day, **place)
            if has_hours:
                yield "incidents.ltifr", Fact(day, **group)
        if row.days_lost:
            days = Decimal(row.days_lost)
            yield "incidents.days_lost", Fact(day, numerator=days, **place)
            if has_hours:
                yield "incidents.severity", Fact(day, numerator=days, **group)


SUPPLIER = Supplier(code="incidents", flows=incident_flows)
