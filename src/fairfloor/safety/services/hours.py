"""Verbs on hours worked, and the base rates are shown with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.stale import mark_stale
from fairfloor.measure.rates import HOUR_BASES, MILLION_HOURS
from fairfloor.organisations.public import Department, Sex
from fairfloor.safety.incident_figures import SUPPLIER
from fairfloor.safety.incident_workflow import hours_problem_of
from fairfloor.safety.models import HoursWorked, RateSetting
from fairfloor.safety.services.incidents import IncidentRefused


@transaction.atomic
def write_hours(
    *,
    actor: Actor,
    month_date: date,
    hours: Decimal | None,
    day: date,
    at: datetime,
    workers: Decimal | None = None,
    department_code: str = "",
    sex: str = "",
    is_estimate: bool = False,
) -> HoursWorked:
    """Keep the hours worked in a month, of all, or of one department or sex; writing again corrects them.

    A month is either one line or lines of one kind (by department, by sex, or both): a total beside its parts would be
    counted twice. Raises :class:`IncidentRefused` (also MIXED).
    """
    require(actor, "safety.write")
    month = month_date.replace(day=1)
    problem = hours_problem_of(hours, workers, month, day)
    if problem:
        raise IncidentRefused(*problem)
    if department_code and not Department.objects.filter(code=department_code).exists():
        raise IncidentRefused("department_code", "UNKNOWN")
    if sex and sex not in set(Sex):
        raise IncidentRefused("sex", "UNKNOWN")
    rows = list(HoursWorked.objects.select_for_update().filter(month_date=month))
    if any(bool(r.department_code) != bool(department_code) or bool(r.sex) != bool(sex) for r in rows):
        raise IncidentRefused("hours", "MIXED")
    row = next((r for r in rows if (r.department_code, r.sex) == (department_code, sex)), None)
    is_new = row is None
    row = row or HoursWorked(month_date=month, department_code=department_code, sex=sex)
    before = format(row.hours.normalize(), "f") if not is_new else ""
    row.hours, row.workers, row.is_estimate = hours, workers, is_estimate
    row.save()
    audit.record(
        actor,
        "hours_worked.recorded" if is_new else "hours_worked.corrected",
        row,
        at,
        changed={"hours": [before, format(Decimal(hours).normalize(), "f")]},
    )
    mark_stale(SUPPLIER.code, month)
    return row


@transaction.atomic
def remove_hours(*, actor: Actor, row_id: int, at: datetime) -> None:
    """Take a wrong line of hours out."""
    require(actor, "safety.correct")
    row = HoursWorked.objects.select_for_update().get(pk=row_id)
    audit.record(actor, "hours_worked.removed", row, at)
    mark_stale(SUPPLIER.code, row.month_date)
    row.delete()


def hour_base() -> int:
    """The base in hours the factory in scope shows its frequency rate with."""
    setting = RateSetting.objects.first()
    return setting.hour_base if setting else MILLION_HOURS


@transaction.atomic
def choose_base(*, actor: Actor, base: int, at: datetime) -> None:
    """Choose the base of the frequency rate; it stands beside every rate all the same."""
    require(actor, "safety.correct")
    if base not in HOUR_BASES:
        raise IncidentRefused("base", "UNKNOWN")
    before = hour_base()
    if base == before:
        return
    setting = RateSetting.objects.select_for_update().first() or RateSetting()
    setting.hour_base = base
    setting.save()
    audit.record(actor, "rate_setting.base_chosen", setting, at, changed={"hour_base": [before, base]})
