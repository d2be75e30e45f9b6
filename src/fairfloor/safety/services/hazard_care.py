"""Verbs around the life of hazards: deadlines, what is overdue, dangers that came back, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Hazard, HazardSetting
from fairfloor.safety.selectors import fix_days, long_unfixed, past_due
from fairfloor.safety.services.hazards import HazardRefused, assign_hazard
from fairfloor.safety.workflow import RECURS_WITHIN, Status, days_are_fit, hazard_rating

MOST_AT_ONCE = 200


@transaction.atomic
def set_fix_days(*, actor: Actor, days: Mapping[str, int], at: datetime) -> None:
    """Set the days to fix a hazard by band; days already given to hazards stay. Raises :class:`HazardRefused`."""
    require(actor, "safety.correct")
    before = fix_days()
    if set(days) != set(before) or not days_are_fit(days):
        raise HazardRefused("low_days", "DAYS_UNFIT")
    if dict(days) == before:
        return
    setting = HazardSetting.objects.select_for_update().first() or HazardSetting()
    for band, value in days.items():
        setattr(setting, f"{band.lower()}_days", value)
    setting.save()
    changed = {band: [before[band], days[band]] for band in before if before[band] != days[band]}
    audit.record(actor, "hazard_setting.days_set", setting, at, changed=changed)


@transaction.atomic
def escalate_overdue(*, actor: Actor, day: date, at: datetime) -> int:
    """Hand every hazard past its day up to the manager, once; a critical one stops the work there.

    Returns how many were handed up now. Safe to run twice; what is half a year late is a relic and left alone.
    """
    require(actor, "safety.watch")
    rows = list(
        Hazard.objects.select_for_update()
        .filter(past_due(day), escalated_date=None)
        .exclude(long_unfixed(day))
        .order_by("id")
    )
    for row in rows:
        rating = hazard_rating(row.likelihood, row.severity)
        row.escalated_date = day
        row.version += 1
        if rating is not None and rating.band == "CRITICAL":
            row.work_stopped_date = row.work_stopped_date or day
    Hazard.objects.bulk_update(rows, ["escalated_date", "work_stopped_date", "version"], batch_size=500)
    audit.record_many(actor, "hazard.overdue", rows, at)
    return len(rows)


@transaction.atomic
def link_recurrence(
    *, actor: Actor, hazard_id: int, earlier_code: str, at: datetime, version: int | None = None
) -> Hazard:
    """Say that a hazard is an earlier, closed one come back. Raises :class:`HazardRefused`."""
    require(actor, "safety.write")
    hazard = Hazard.objects.select_for_update().get(pk=hazard_id)
    check_version(hazard, version)
    earlier = Hazard.objects.filter(code=earlier_code).exclude(pk=hazard.pk).first()
    if earlier is None:
        raise HazardRefused("earlier_code", "UNKNOWN")
    if earlier.status != Status.CLOSED or earlier.fixed_date is None:
        raise HazardRefused("earlier_code", "NOT_CLOSED")
    if not hazard.found_date - RECURS_WITHIN <= earlier.fixed_date <= hazard.found_date:
        raise HazardRefused("earlier_code", "TOO_LONG_AGO")
    if changed := apply_changes(hazard, {"recurrence_of_id": earlier.pk}):
        hazard.save()
        audit.record(actor, "hazard.linked", hazard, at, changed=changed, earlier=earlier.code)
        mark_stale(SUPPLIER.code, hazard.found_date)
    return hazard


@transaction.atomic
def note_project(
    *,
    actor: Actor,
    hazard_id: int,
    project_code: str,
    words: str,
    at: datetime,
    is_finished: bool = False,
) -> None:
    """Note in a hazard's story that a project takes it up, or what came of it; its state stays for safety to say."""
    require(actor, "safety.view")
    hazard = Hazard.objects.get(pk=hazard_id)
    verb = "hazard.project_finished" if is_finished else "hazard.project_started"
    audit.record(actor, verb, hazard, at, project=project_code, reason=f"{project_code} · {words}")


@transaction.atomic
def assign_many(
    *, actor: Actor, codes: Sequence[str], responsible_name: str, due_date: date, at: datetime
) -> int:
    """Give several hazards to one person; all or none. Raises `HazardRefused` or ``MoveNotAllowed``."""
    require(actor, "safety.write")
    wanted = set(codes)
    if not wanted:
        raise HazardRefused("codes", "EMPTY")
    if len(wanted) > MOST_AT_ONCE:
        raise HazardRefused("codes", "TOO_MANY")
    keys = list(Hazard.objects.filter(code__in=wanted).order_by("id").values_list("pk", flat=True))
    if len(keys) != len(wanted):
        raise HazardRefused("codes", "UNKNOWN")
    for key in keys:
        assign_hazard(actor=actor, hazard_id=key, responsible_name=responsible_name, due_date=due_date, at=at)
    return len(keys)
