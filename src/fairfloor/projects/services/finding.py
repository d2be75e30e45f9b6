"""Verbs on the way to a measure: the project's team, the causes, the small experiment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.organisations.public import Worker
from fairfloor.projects.changes import MoveNotAllowed, Refused, load
from fairfloor.projects.models import CauseAnalysis, ImprovementProject, ProjectMember, Trial
from fairfloor.projects.workflow import PLAN_EDITABLE, WHYS

# The six bones of the fish.
BONES = ("people", "machine", "material", "method", "measurement", "surroundings")


def _load(project_id: int, version: int | None) -> ImprovementProject:
    project = load(project_id, version)
    if project.status not in PLAN_EDITABLE:
        raise MoveNotAllowed(project.status, project.status)
    return project


def _touch(project: ImprovementProject, actor: Actor, verb: str, day: date, at: datetime, **detail) -> None:
    project.version += 1
    project.changed_date = day
    project.save(update_fields=["version", "changed_date"])
    audit.record(actor, f"project.{verb}", project, at, version=project.version, **detail)


@transaction.atomic
def name_causes(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None, **texts: str
) -> ImprovementProject:
    """Write the causes: a text for each of ``BONES`` (a cause a line), ``whys`` (at most five lines) and ``root``."""
    require(actor, "projects.write")
    if unknown := set(texts) - {*BONES, "whys", "root"}:
        raise TypeError(f"Not part of the causes: {', '.join(sorted(unknown))}")
    project = _load(project_id, version)
    tidy = {
        name: "\n".join(line.strip() for line in text.splitlines() if line.strip())
        for name, text in texts.items()
    }
    if len(tidy.get("whys", "").splitlines()) > WHYS:
        raise Refused("TOO_MANY_WHYS", "whys")
    CauseAnalysis.objects.update_or_create(project=project, defaults=tidy)
    _touch(project, actor, "causes_named", day, at, note=tidy.get("root", ""))
    return project


@transaction.atomic
def record_trial(
    *,
    actor: Actor,
    project_id: int,
    what: str,
    day: date,
    at: datetime,
    trial_date: date | None = None,
    has_worked: bool | None = None,
    learned: str = "",
    version: int | None = None,
) -> ImprovementProject:
    """Note a small experiment, how it went and what was learned. One that failed needs the lesson."""
    require(actor, "projects.write")
    project = _load(project_id, version)
    what, learned = what.strip(), learned.strip()
    if not what:
        raise Refused("TRIAL_MISSING", "what")
    if trial_date is not None and trial_date > day:
        raise Refused("TRIAL_IN_FUTURE", "trial_date")
    if has_worked is False and not learned:
        raise Refused("LEARNED_MISSING", "learned")
    Trial.objects.create(
        project=project,
        trial_date=trial_date or day,
        what=what,
        has_worked=has_worked,
        learned=learned,
        by_name=actor.name,
    )
    _touch(project, actor, "tried", day, at, note=what)
    return project


@transaction.atomic
def set_members(
    *,
    actor: Actor,
    project_id: int,
    worker_codes: Iterable[str],
    day: date,
    at: datetime,
    version: int | None = None,
) -> ImprovementProject:
    """Say who works on the project, by the roster's codes; sex and level are kept as they are on that day."""
    require(actor, "projects.write")
    project = _load(project_id, version)
    wanted = set(worker_codes)
    known = {worker.code: worker for worker in Worker.objects.filter(code__in=wanted)}
    if wanted - known.keys():
        raise Refused("UNKNOWN_PERSON", "worker_codes")
    there = set(project.members.values_list("worker_code", flat=True))
    if wanted == there:
        return project
    ProjectMember.objects.filter(project=project, worker_code__in=there - wanted).delete_only()
    ProjectMember.objects.bulk_create(
        ProjectMember(project=project, worker_code=code, sex=known[code].sex, level=known[code].level)
        for code in sorted(wanted - there)
    )
    _touch(project, actor, "members_set", day, at, count=len(wanted))
    return project
