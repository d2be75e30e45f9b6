"""What becomes of a finding: a hazard, an action, a project, or nothing for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fairfloor.actions.public import add_action
from fairfloor.checklists.catalog import checklist_of
from fairfloor.checklists.figures import SUPPLIER
from fairfloor.checklists.models import Finding, FindingProject, WalkRound
from fairfloor.checklists.outcomes import outcomes_of
from fairfloor.checklists.workflow import TO_TAKE_UP, FindingStatus, RoundStatus, item_of
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.projects.public import ImprovementProject, note_origins, note_origins_gone, start_project
from fairfloor.safety.public import Channel, Hazard, report_hazard


class ReasonMissing(ValueError):
    """Nothing is needed only for a reason."""


def words_of(finding: Finding, question: str = "") -> str:
    """What the hazard or action says: the auditor's words, and the question they answer."""
    question = question or finding.question
    return f"{finding.words} ({question})" if finding.words else question


def _of_valid_round(finding: Finding, new: FindingStatus) -> None:
    if WalkRound.objects.filter(code=finding.round_code, status=RoundStatus.WITHDRAWN).exists():
        raise MoveNotAllowed(RoundStatus.WITHDRAWN, new)


def _waits(finding: Finding, at: datetime) -> bool:
    """Whether it can be taken up: for the first time, or because what it became was given up."""
    # Whether something is late does not matter here, so any day will do.
    return outcomes_of([finding], at.date())[finding.pk].standing in TO_TAKE_UP


def _open(actor: Actor, finding_id: int, version: int | None, new: FindingStatus, at: datetime) -> Finding:
    require(actor, "checklists.run")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    check_version(finding, version)
    if not _waits(finding, at):
        raise MoveNotAllowed(finding.status, new)
    _of_valid_round(finding, new)
    return finding


# What became of a finding, as the record keeps it.
BECAME = {
    FindingStatus.HAZARD: "finding.became_hazard",
    FindingStatus.ACTION: "finding.became_action",
    FindingStatus.PROJECT: "finding.became_project",
    FindingStatus.NOTHING: "finding.became_nothing",
}


def _close(
    actor: Actor, finding: Finding, status: FindingStatus, at: datetime, outcome: str = "", reason: str = ""
) -> Finding:
    finding.status, finding.outcome_code, finding.reason = status.value, outcome, reason
    finding.version += 1
    finding.save(update_fields=["status", "outcome_code", "reason", "version"])
    audit.record(actor, BECAME[status], finding, at, outcome=outcome, reason=reason)
    mark_stale(SUPPLIER.code, finding.found_date)
    return finding


@transaction.atomic
def make_hazard(
    *, actor: Actor, finding_id: int, question: str, at: datetime, version: int | None = None
) -> Finding:
    """Report the finding as a hazard, with the kind and the rating its question suggests. One tap."""
    finding = _open(actor, finding_id, version, FindingStatus.HAZARD, at)
    walked = WalkRound.objects.get(code=finding.round_code)
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    item = item_of(checklist, finding.item) if checklist else None
    hazard = report_hazard(
        actor=actor,
        description=words_of(finding, question),
        day=finding.found_date,
        at=at,
        category=item.category if item else "",
        department_code=finding.department_code,
        likelihood=(item.likelihood or None) if item else None,
        severity=(item.severity or None) if item else None,
        photo_id=finding.photo_id,
        source=Channel.WALK_ROUND,
        source_code=finding.round_code,
    )
    return _close(actor, finding, FindingStatus.HAZARD, at, hazard.code)


class HazardUnknown(ValueError):
    """There is no hazard with this code."""


@transaction.atomic
def link_hazard(
    *, actor: Actor, finding_id: int, hazard_code: str, at: datetime, version: int | None = None
) -> Finding:
    """Say that the register of hazards knows it already. Raises :class:`HazardUnknown`."""
    finding = _open(actor, finding_id, version, FindingStatus.HAZARD, at)
    if not Hazard.objects.filter(code=hazard_code).exists():
        raise HazardUnknown
    return _close(actor, finding, FindingStatus.HAZARD, at, hazard_code)


@transaction.atomic
def make_action(
    *,
    actor: Actor,
    finding_id: int,
    question: str,
    owner_name: str,
    owner_user_id: int | None,
    due_date: date,
    day: date,
    at: datetime,
    version: int | None = None,
) -> Finding:
    """Make an action of the finding. One tap; the area's owner does it unless somebody else is named."""
    finding = _open(actor, finding_id, version, FindingStatus.ACTION, at)
    action = add_action(
        actor=actor,
        text=words_of(finding, question)[:500],
        owner_name=owner_name,
        owner_user_id=owner_user_id,
        due_date=due_date,
        about_feature="checklists",
        about_code=finding.round_code,
        day=day,
        at=at,
    )
    return _close(actor, finding, FindingStatus.ACTION, at, action.code)


@transaction.atomic
def drop_finding(
    *, actor: Actor, finding_id: int, reason: str, at: datetime, version: int | None = None
) -> Finding:
    """Say why nothing is needed. Raises :class:`ReasonMissing`."""
    finding = _open(actor, finding_id, version, FindingStatus.NOTHING, at)
    if not reason.strip():
        raise ReasonMissing
    return _close(actor, finding, FindingStatus.NOTHING, at, reason=reason.strip())


class ProjectUnknown(ValueError):
    """There is no project with this code."""


def _put_behind(
    actor: Actor, finding: Finding, project: ImprovementProject, version: int | None, at: datetime
) -> bool:
    """Link a locked finding to a project; whether that is new. One that waits has become the project by that."""
    if FindingProject.objects.filter(finding=finding, project=project).exists():
        return False
    check_version(finding, version)
    _of_valid_round(finding, FindingStatus.PROJECT)
    if finding.status == FindingStatus.NOTHING:
        raise MoveNotAllowed(finding.status, FindingStatus.PROJECT)
    waits = _waits(finding, at)
    FindingProject.objects.create(finding=finding, project=project)
    if waits:
        _close(actor, finding, FindingStatus.PROJECT, at, project.code)
        return True
    finding.version += 1
    finding.save(update_fields=["version"])
    audit.record(actor, "finding.project_linked", finding, at, outcome=project.code)
    return True


@transaction.atomic
def start_project_of(
    *, actor: Actor, finding_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementProject:
    """Start an improvement project because of a finding; ``values`` as for ``projects.public.start_project``."""
    require(actor, "checklists.run")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    # First, so that a form sent twice finds its project, and is not called stale for its own doing.
    project = start_project(actor=actor, day=day, at=at, **values)
    if _put_behind(actor, finding, project, version, at):
        note_origins(
            actor=actor, project_id=project.pk, what="findings", codes=[finding.code], day=day, at=at
        )
    return project


@transaction.atomic
def link_project(
    *, actor: Actor, finding_id: int, project_code: str, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Put a finding behind an unfinished project. Raises :class:`ProjectUnknown`; the same link twice is one."""
    require(actor, "checklists.run")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    project = ImprovementProject.objects.filter(code=project_code).first()
    if project is None:
        raise ProjectUnknown
    if _put_behind(actor, finding, project, version, at):
        note_origins(
            actor=actor, project_id=project.pk, what="findings", codes=[finding.code], day=day, at=at
        )
    return project


@transaction.atomic
def unlink_project(
    *, actor: Actor, finding_id: int, project_code: str, day: date, at: datetime, version: int | None = None
) -> bool:
    """Take a finding away from behind an unfinished project; whether it waits for somebody again by that.

    A link that is gone already is left so. Raises :class:`ProjectUnknown`, and :class:`MoveNotAllowed` for a
    project that is over or a round that was withdrawn.
    """
    require(actor, "checklists.run")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    project = ImprovementProject.objects.filter(code=project_code).first()
    if project is None:
        raise ProjectUnknown
    links = FindingProject.objects.filter(finding=finding)
    was_it = finding.status == FindingStatus.PROJECT and finding.outcome_code == project.code
    if not was_it and not links.filter(project=project).exists():
        return False
    check_version(finding, version)
    _of_valid_round(finding, FindingStatus.OPEN)
    links.filter(project=project).delete()
    if was_it:
        # Another project that is behind it is now what it became; without one it is as it was found.
        other = links.select_related("project").order_by("id").first()
        finding.outcome_code = other.project.code if other else ""
        finding.status = (FindingStatus.PROJECT if other else FindingStatus.OPEN).value
    finding.version += 1
    finding.save(update_fields=["status", "outcome_code", "version"])
    audit.record(actor, "finding.project_unlinked", finding, at, outcome=project.code)
    mark_stale(SUPPLIER.code, finding.found_date)
    note_origins_gone(
        actor=actor, project_id=project.pk, what="findings", codes=[finding.code], day=day, at=at
    )
    return finding.status == FindingStatus.OPEN


@transaction.atomic
def link_findings(
    *,
    actor: Actor,
    project_id: int,
    finding_ids: Iterable[int],
    day: date,
    at: datetime,
    version: int | None = None,
) -> int:
    """Put several findings behind an unfinished project whose ``version`` the form saw; gives how many are new."""
    require(actor, "checklists.run")
    wanted = set(finding_ids)
    findings = list(Finding.objects.select_for_update().filter(pk__in=wanted).order_by("id"))
    if len(findings) != len(wanted):
        raise Finding.DoesNotExist("A finding to link is not in this enterprise.")
    project = ImprovementProject.objects.get(pk=project_id)
    new = [each.code for each in findings if _put_behind(actor, each, project, None, at)]
    if new:
        note_origins(
            actor=actor,
            project_id=project_id,
            what="findings",
            codes=new,
            day=day,
            at=at,
            version=version,
        )
    return len(new)
