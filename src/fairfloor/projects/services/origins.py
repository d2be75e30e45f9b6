"""What other features put behind a project; they keep the links themselves, the project's story tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.projects.changes import MoveNotAllowed, load
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.workflow import OPEN


@transaction.atomic
def note_origins(
    *,
    actor: Actor,
    project_id: int,
    what: str,
    codes: Sequence[str],
    day: date,
    at: datetime,
    version: int | None = None,
) -> ImprovementProject:
    """Note that ``what`` ("findings") with these codes stand behind an unfinished project from now on.

    Raises :class:`StaleEdit` when the form saw another version, :class:`MoveNotAllowed` for a project that is over.
    """
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status not in OPEN:
        raise MoveNotAllowed(project.status, project.status)
    if codes:
        project.version += 1
        project.changed_date = day
        project.save(update_fields=["version", "changed_date"])
        note = ", ".join(codes)
        audit.record(actor, f"project.{what}_linked", project, at, version=project.version, note=note)
    return project


def note_origins_gone(
    *, actor: Actor, project_id: int, what: str, codes: Sequence[str], day: date, at: datetime
) -> ImprovementProject:
    """Note that ``what`` with these codes stand behind an unfinished project no longer; refusals as above."""
    require(actor, "projects.write")
    project = load(project_id, None)
    if project.status not in OPEN:
        raise MoveNotAllowed(project.status, project.status)
    project.version += 1
    project.changed_date = day
    project.save(update_fields=["version", "changed_date"])
    note = ", ".join(codes)
    audit.record(actor, f"project.{what}_unlinked", project, at, version=project.version, note=note)
    return project
