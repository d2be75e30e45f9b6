"""What becomes of a finding: a hazard, an action, or nothing for a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.actions.public import add_action
from fairfloor.checklists.catalog import checklist_of
from fairfloor.checklists.figures import SUPPLIER
from fairfloor.checklists.models import Finding, WalkRound
from fairfloor.checklists.workflow import FindingStatus, RoundStatus, item_of
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.safety.public import Channel, Hazard, report_hazard


class ReasonMissing(ValueError):
    """Nothing is needed only for a reason."""


def words_of(finding: Finding, question: str = "") -> str:
    """What the hazard or action says: the auditor's words, and the question they answer."""
    question = question or finding.question
    return f"{finding.words} ({question})" if finding.words else question


def _open(actor: Actor, finding_id: int, version: int | None, new: FindingStatus) -> Finding:
    require(actor, "checklists.run")
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    check_version(finding, version)
    if finding.status != FindingStatus.OPEN:
        raise MoveNotAllowed(finding.status, new)
    if WalkRound.objects.filter(code=finding.round_code, status=RoundStatus.WITHDRAWN).exists():
        raise MoveNotAllowed(RoundStatus.WITHDRAWN, new)
    return finding


# What became of a finding, as the record keeps it.
BECAME = {
    FindingStatus.HAZARD: "finding.became_hazard",
    FindingStatus.ACTION: "finding.became_action",
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
    finding = _open(actor, finding_id, version, FindingStatus.HAZARD)
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
    finding = _open(actor, finding_id, version, FindingStatus.HAZARD)
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
    finding = _open(actor, finding_id, version, FindingStatus.ACTION)
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
    finding = _open(actor, finding_id, version, FindingStatus.NOTHING)
    if not reason.strip():
        raise ReasonMissing
    return _close(actor, finding, FindingStatus.NOTHING, at, reason=reason.strip())
