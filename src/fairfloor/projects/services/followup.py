"""Verbs after the end of a project: is the improvement still in place?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Department
from fairfloor.projects.changes import SUPPLIER, MoveNotAllowed, Refused, change, load
from fairfloor.projects.models import ImprovementProject, Spread, Visit
from fairfloor.projects.workflow import COMPLETED, InPlace, Status, may_move, visit_due


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    project_id: int,
    state: str,
    day: date,
    at: datetime,
    words: str = "",
    version: int | None = None,
) -> ImprovementProject:
    """Record what somebody found who looked again 3, 6 or 12 months after the finish.

    A verified project that is still in place counts as sustained, and no longer where it is not; a recurring saving
    found gone counts for the months before only. "Partly" and "no" need words. Raises :class:`Refused` when no visit
    is due yet or this one was made.
    """
    require(actor, "projects.verify")
    project = load(project_id, version)
    if project.status not in COMPLETED:
        raise MoveNotAllowed(project.status, Status.SUSTAINED)
    done = project.visits.values_list("after_months", flat=True)
    after_months = visit_due(project.finish_date, done, day)
    if after_months is None:
        raise Refused("VISIT_NOT_DUE")
    if state not in set(InPlace):
        raise Refused("STATE_MISSING", "state")
    words = words.strip()
    if state != InPlace.YES and not words:
        raise Refused("WORDS_MISSING", "words")
    Visit.objects.create(
        project=project,
        after_months=after_months,
        visit_date=day,
        state=state,
        words=words,
        by_name=actor.name,
    )
    is_sustained = state == InPlace.YES and may_move(project.status, Status.SUSTAINED)
    if is_sustained:
        return change(project, actor, "sustained", day, at, {}, move_to=Status.SUSTAINED, note=words)
    if state != InPlace.YES and project.status == Status.SUSTAINED:
        # What is gone or half gone was verified once, and is no longer found to last.
        project.status = Status.VERIFIED
    project.version += 1
    project.changed_date = day
    project.save(update_fields=["status", "version", "changed_date"])
    mark_stale(SUPPLIER, project.finish_date)
    audit.record(
        actor,
        "project.visited",
        project,
        at,
        version=project.version,
        months=after_months,
        state=state,
        note=words,
    )
    return project


@transaction.atomic
def say_where_else(
    *,
    actor: Actor,
    project_id: int,
    department_code: str,
    day: date,
    at: datetime,
    is_adopted: bool = False,
    words: str = "",
    version: int | None = None,
) -> ImprovementProject:
    """Say where else a finished improvement could work, or that it works there now."""
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status not in COMPLETED:
        raise MoveNotAllowed(project.status, project.status)
    if not Department.objects.filter(code=department_code).exists():
        raise Refused("UNKNOWN_DEPARTMENT", "department_code")
    if department_code == project.department_code:
        raise Refused("OWN_DEPARTMENT", "department_code")
    Spread.objects.update_or_create(
        project=project,
        department_code=department_code,
        defaults={"is_adopted": is_adopted, "words": words.strip()},
    )
    project.version += 1
    project.changed_date = day
    project.save(update_fields=["version", "changed_date"])
    verb = "project.adopted_elsewhere" if is_adopted else "project.proposed_elsewhere"
    audit.record(
        actor, verb, project, at, version=project.version, note=words.strip(), department=department_code
    )
    return project
