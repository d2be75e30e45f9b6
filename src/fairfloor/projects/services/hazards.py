"""The hazards behind a project. Whether a danger is gone is for safety to say; a project only tells its outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.projects.changes import MoveNotAllowed, Refused, load
from fairfloor.projects.models import ImprovementProject, ProjectHazard
from fairfloor.projects.workflow import OPEN
from fairfloor.safety.public import Hazard, note_project
from fairfloor.safety.public import Status as HazardStatus

# Nothing is to be done about these.
GONE = frozenset({HazardStatus.REJECTED, HazardStatus.WITHDRAWN})


def link(project: ImprovementProject, hazard_ids: Iterable[int], actor: Actor, at: datetime) -> int:
    """Put hazards behind the project and note it in their story; those already there are left alone."""
    wanted = set(hazard_ids)
    there = set(ProjectHazard.objects.filter(project=project).values_list("hazard_id", flat=True))
    hazards = list(Hazard.objects.filter(pk__in=wanted - there).order_by("id"))
    if len(hazards) != len(wanted - there):
        raise Hazard.DoesNotExist("A hazard to link is not in this enterprise.")
    if any(hazard.status in GONE for hazard in hazards):
        raise Refused("HAZARD_CLOSED", "hazard_ids")
    for hazard in hazards:
        ProjectHazard.objects.create(project=project, hazard=hazard)
        note_project(actor=actor, hazard_id=hazard.pk, project_code=project.code, words=project.title, at=at)
    return len(hazards)


def note_on_hazards(project: ImprovementProject, actor: Actor, at: datetime) -> None:
    """Tell each hazard behind a finished project what came of it; it stays for safety to verify."""
    words = project.check_result or project.no_check_reason
    for hazard_id in project.hazard_links.order_by("id").values_list("hazard_id", flat=True):
        note_project(
            actor=actor,
            hazard_id=hazard_id,
            project_code=project.code,
            words=words,
            is_finished=True,
            at=at,
        )


@transaction.atomic
def link_hazards(
    *,
    actor: Actor,
    project_id: int,
    hazard_ids: Iterable[int],
    day: date,
    at: datetime,
    version: int | None = None,
) -> ImprovementProject:
    """Put more hazards behind an unfinished project. Raises :class:`Refused` for one that is no hazard any more."""
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status not in OPEN:
        raise MoveNotAllowed(project.status, project.status)
    count = link(project, hazard_ids, actor, at)
    if count:
        project.version += 1
        project.changed_date = day
        project.save(update_fields=["version", "changed_date"])
        audit.record(actor, "project.hazards_linked", project, at, version=project.version, hazards=count)
    return project
