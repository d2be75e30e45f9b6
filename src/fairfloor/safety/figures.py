"""Facts about hazards, by the day they were found, and about job risks, by the day they were assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.utils import timezone

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.organisations.public import Level
from fairfloor.safety.models import Control, Hazard, JobRisk
from fairfloor.safety.workflow import ABOVE_ADMINISTRATIVE, CRITICAL_FROM, HIGH_LEVEL, Status, fixed_in_time

ONE, ZERO = Decimal(1), Decimal(0)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def safety_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Hazards reported, closed, from the front line (known levels only); job risks. No withdrawn ones."""
    hazards = (
        Hazard.objects.filter(found_date__range=(period.start_date, period.end_date))
        .exclude(status=Status.WITHDRAWN)
        .order_by("found_date", "id")
        .only(
            *("code", "found_date", "sex", "level", "department_code", "category", "description", "status"),
            *("due_date", "fixed_date", "closed_date", "recurrence_of_id"),
        )
    )
    today = timezone.now().date()
    for row in hazards:
        ref = RecordRef("safety:hazard", row.code, _shortened(row.description))
        day = row.found_date
        group = {"department": row.department_code, "sex": row.sex, "level": row.level, "ref": ref}
        yield "hazards.reported", Fact(day, item=row.category, **group)
        if row.level:
            front_line = ONE if row.level == Level.FRONT_LINE else ZERO
            yield "hazards.front_line_share", Fact(day, numerator=front_line, denominator=ONE, **group)
        if row.status == Status.CLOSED:
            yield "hazards.closed", Fact(day, item=row.category, **group)
            # Older rows and imports know the day of the fix only.
            if closed := row.closed_date or row.fixed_date:
                yield "hazards.days_to_close", Fact(day, Decimal((closed - day).days), **group)
        if row.recurrence_of_id is not None:
            yield "hazards.recurred", Fact(day, item=row.category, **group)
        in_time = (
            None
            if row.status == Status.REJECTED
            else fixed_in_time(row.fixed_date, row.due_date, row.status == Status.CLOSED, today)
        )
        if in_time is not None:
            share = ONE if in_time else ZERO
            yield "hazards.closed_in_time", Fact(day, numerator=share, denominator=ONE, **group)
    risks = (
        JobRisk.objects.filter(
            assessed_date__range=(period.start_date, period.end_date), withdrawn_date__isnull=True
        )
        .order_by("assessed_date", "id")
        .only(
            *("assessed_date", "job", "step", "hazard", "department_code", "finder_level"),
            *("level_first", "level_now", "control_type"),
        )
    )
    for row in risks:
        ref = RecordRef("safety:job_risk", str(row.pk), _shortened(f"{row.job} · {row.step} · {row.hazard}"))
        day = row.assessed_date
        group = {"department": row.department_code, "level": row.finder_level, "ref": ref}
        yield "job_risks.identified", Fact(day, **group)
        if row.level_first >= HIGH_LEVEL:
            yield "job_risks.high_before", Fact(day, **group)
            # The surest measure in place stands on the risk itself.
            is_sure = ONE if row.control_type in ABOVE_ADMINISTRATIVE else ZERO
            yield "job_risks.high_controlled", Fact(day, numerator=is_sure, denominator=ONE, **group)
        if row.level_now >= HIGH_LEVEL:
            yield "job_risks.high_after", Fact(day, **group)
        if row.finder_level:
            front_line = ONE if row.finder_level == Level.FRONT_LINE else ZERO
            yield "job_risks.front_line_share", Fact(day, numerator=front_line, denominator=ONE, **group)


def safety_states(period: Period) -> Iterator[tuple[str, Fact]]:
    """Planned measures past their day at the end of the period; what was put in place later was still late then.

    A period that has not ended is looked at today: what is due tomorrow is late for nobody.
    """
    day = min(period.end_date, max(period.start_date, timezone.now().date()))
    late = (
        Control.objects.filter(due_date__lt=day, dropped_date__isnull=True, risk__withdrawn_date__isnull=True)
        .filter(Q(is_in_place=False) | Q(is_in_place=True, done_date__gt=day))
        .select_related("risk")
        .order_by("due_date", "id")
    )
    for row in late:
        ref = RecordRef("safety:job_risk", str(row.risk_id), _shortened(row.text))
        yield "job_risks.measures_overdue", Fact(day, department=row.risk.department_code, ref=ref)
    critical = (
        Hazard.objects.annotate(score=F("likelihood") * F("severity"))
        .filter(score__gte=CRITICAL_FROM, found_date__lte=day)
        .filter(Q(fixed_date=None) | Q(fixed_date__gt=day))
        .exclude(status__in=(Status.WITHDRAWN, Status.REJECTED))
        .order_by("found_date", "id")
    )
    for row in critical:
        ref = RecordRef("safety:hazard", row.code, _shortened(row.description))
        yield "hazards.open_critical", Fact(day, department=row.department_code, ref=ref)


def safety_aging(since: date | None, today: date) -> list[date]:
    """Days of the hazards whose day has come since a day, unfixed; and today, which may have made a measure late."""
    rows = Hazard.objects.filter(fixed_date=None, due_date__lte=today)
    if since is not None:
        rows = rows.filter(due_date__gte=since - timedelta(days=1))
    return [today, *rows.values_list("found_date", flat=True).distinct()]


SUPPLIER = Supplier(code="safety", flows=safety_flows, states=safety_states, aging=safety_aging)
