"""Verbs on hazards."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fairfloor.content import load as load_content
from fairfloor.conversations.public import messages_of, set_waiting
from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, StaleEdit, apply_changes, check_version
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Hazard
from fairfloor.safety.selectors import fix_days
from fairfloor.safety.workflow import (
    DONE,
    Channel,
    ControlType,
    Status,
    fix_due,
    hazard_rating,
    may_move,
)

__all__ = [
    "HazardRefused",
    "MoveNotAllowed",
    "SelfVerification",
    "StaleEdit",
    "assign_hazard",
    "close_hazard",
    "correct_hazard",
    "escalate_hazard",
    "fix_hazard",
    "reject_hazard",
    "report_hazard",
    "triage_hazard",
    "verify_hazard",
    "withdraw_hazard",
]


def moment(actor: Actor, day: date, at: datetime) -> datetime:
    """What the record keeps of the time: of a worker's act the enterprise's day and nothing finer."""
    return datetime.combine(day, time(), UTC) if actor.kind == "worker" else at


class SelfVerification(ValueError):
    """Whoever recorded the fix wants to check it too."""


class HazardRefused(ValueError):
    """The values do not fit together. ``code`` says why, ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("H")
        if not Hazard.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free hazard code was found.")


def _check_hazard(values: dict[str, Any]) -> None:
    """Raise :class:`HazardRefused` for values no hazard may have."""
    if "description" in values and not values["description"].strip():
        raise HazardRefused("description", "EMPTY")
    if values.get("category") and values["category"] not in load_content().hazard_categories:
        raise HazardRefused("category", "UNKNOWN")
    for name in ("likelihood", "severity"):
        if values.get(name) is not None and values[name] not in range(1, 6):
            raise HazardRefused(name, "OUTSIDE_SCALE")
    if (values.get("likelihood") is None) != (values.get("severity") is None):
        raise HazardRefused("severity", "HALF_RATED")
    if values.get("control_type") and values["control_type"] not in set(ControlType):
        raise HazardRefused("control_type", "UNKNOWN")
    if values.get("fixed_date") and values.get("found_date") and values["fixed_date"] < values["found_date"]:
        raise HazardRefused("fixed_date", "BEFORE")


@transaction.atomic
def report_hazard(
    *,
    actor: Actor,
    description: str,
    day: date,
    at: datetime,
    category: str = "",
    department_code: str = "",
    finder_code: str = "",
    sex: str = "",
    level: str = "",
    likelihood: int | None = None,
    severity: int | None = None,
    conversation_id: int | None = None,
    photo_id: int | None = None,
    form_id: UUID | None = None,
    source: str = "",
    source_code: str = "",
    is_urgent: bool = False,
) -> Hazard:
    """Record a hazard found on ``day``; its due day follows from the rating. Raises `HazardRefused`.

    A form sent twice (the same ``form_id``) gives the first hazard again. ``source`` is a ``Channel``, and
    ``source_code`` what it came from there, such as the round on which somebody saw it.
    """
    require(actor, "safety.report")
    if earlier := once.begin(form_id):
        return Hazard.objects.get(code=earlier)
    values = {
        "found_date": day,
        "description": description.strip(),
        "category": category,
        "department_code": department_code,
        "finder_code": finder_code,
        "sex": sex,
        "level": level,
        "likelihood": likelihood,
        "severity": severity,
    }
    channel = source or (Channel.WORKER if actor.kind == "worker" else Channel.STAFF)
    if channel not in set(Channel):
        raise HazardRefused("source", "UNKNOWN")
    _check_hazard(values)
    hazard = Hazard.objects.create(
        code=_fresh_code(),
        due_date=fix_due(day, hazard_rating(likelihood, severity), fix_days(), is_urgent=is_urgent),
        channel=channel,
        source_code=source_code,
        is_urgent=is_urgent,
        conversation_id=conversation_id,
        photo_id=photo_id,
        **values,
    )
    once.made(form_id, hazard.code)
    audit.record(actor, "hazard.reported", hazard, moment(actor, day, at))
    mark_stale(SUPPLIER.code, day)
    return hazard


def move(
    actor: Actor, hazard_id: int, version: int | None, new: Status, at: datetime, **values: Any
) -> Hazard:
    """Load in scope, check version and move, change and record."""
    hazard = Hazard.objects.select_for_update().get(pk=hazard_id)
    check_version(hazard, version)
    old = hazard.status
    if not may_move(old, new):
        raise MoveNotAllowed(old, new)
    changed = apply_changes(hazard, {"status": new.value, **values})
    if not changed:
        return hazard
    hazard.save()
    audit.record(actor, f"hazard.{new.lower()}", hazard, at, changed=changed)
    mark_stale(SUPPLIER.code, hazard.found_date)
    return hazard


# A hazard that comes back is not fixed any more, and the clock of who takes it on begins again.
NOT_FIXED: dict[str, Any] = {
    "fixed_date": None,
    "fixed_by_user_id": None,
    "closed_date": None,
    "finder_word": "",
    "escalated_date": None,
    "reason": "",
}


@transaction.atomic
def triage_hazard(
    *,
    actor: Actor,
    hazard_id: int,
    likelihood: int,
    severity: int,
    at: datetime,
    category: str = "",
    version: int | None = None,
) -> Hazard:
    """Rate a hazard; by when it is to be fixed follows from the rating. Raises :class:`HazardRefused`."""
    require(actor, "safety.write")
    if likelihood is None or severity is None:
        raise HazardRefused("severity", "HALF_RATED")
    hazard = Hazard.objects.get(pk=hazard_id)
    values: dict[str, Any] = {"likelihood": likelihood, "severity": severity}
    if category:
        values["category"] = category
    _check_hazard(values)
    values["due_date"] = fix_due(hazard.found_date, hazard_rating(likelihood, severity), fix_days())
    return move(actor, hazard_id, version, Status.TRIAGED, at, **values)


@transaction.atomic
def assign_hazard(
    *,
    actor: Actor,
    hazard_id: int,
    responsible_name: str,
    due_date: date,
    at: datetime,
    likelihood: int | None = None,
    severity: int | None = None,
    version: int | None = None,
) -> Hazard:
    """Give a hazard to somebody to fix by a day, rating it where it has no rating yet."""
    require(actor, "safety.write")
    if not responsible_name.strip():
        raise HazardRefused("responsible_name", "EMPTY")
    values: dict[str, Any] = {"responsible_name": responsible_name.strip(), "due_date": due_date}
    if likelihood is not None or severity is not None:
        values |= {"likelihood": likelihood, "severity": severity}
        _check_hazard(values)
    values |= NOT_FIXED
    return move(actor, hazard_id, version, Status.ASSIGNED, at, **values)


def _answered_by_deed(hazard: Hazard, day: date) -> None:
    """A fix answers "it is still there" where no words of the finder wait."""
    if hazard.conversation_id is None:
        return
    thread = messages_of(hazard.conversation_id)
    if not thread or thread[-1].is_from_staff or thread[-1].is_thanks:
        set_waiting(conversation_id=hazard.conversation_id, is_waiting=False, day=day)


@transaction.atomic
def fix_hazard(
    *,
    actor: Actor,
    hazard_id: int,
    control_type: str,
    day: date,
    at: datetime,
    control: str = "",
    photo_id: int | None = None,
    version: int | None = None,
) -> Hazard:
    """Record what was done about a hazard, with a photo where there is one."""
    require(actor, "safety.write")
    if control_type not in set(ControlType):
        raise HazardRefused("control_type", "EMPTY" if not control_type else "UNKNOWN")
    hazard = Hazard.objects.get(pk=hazard_id)
    if day < hazard.found_date:
        raise HazardRefused("fixed_date", "BEFORE")
    values: dict[str, Any] = {
        "control_type": control_type,
        "control": control.strip(),
        "fixed_date": day,
        "fixed_by_user_id": actor.user_id,
    }
    if photo_id is not None:
        values["photo_after_id"] = photo_id
    moved = move(actor, hazard_id, version, Status.FIXED, at, **values)
    _answered_by_deed(moved, day)
    return moved


@transaction.atomic
def verify_hazard(*, actor: Actor, hazard_id: int, at: datetime, version: int | None = None) -> Hazard:
    """Somebody else looked: it holds. Raises :class:`SelfVerification` for whoever recorded the fix."""
    require(actor, "safety.write")
    hazard = Hazard.objects.get(pk=hazard_id)
    if actor.user_id is not None and hazard.fixed_by_user_id == actor.user_id:
        raise SelfVerification
    return move(actor, hazard_id, version, Status.VERIFIED, at)


@transaction.atomic
def close_hazard(
    *, actor: Actor, hazard_id: int, at: datetime, day: date | None = None, version: int | None = None
) -> Hazard:
    """Close a hazard whose fix was checked. ``day`` is the enterprise's own; without it the clock in force."""
    require(actor, "safety.write")
    closed = day or timezone.localdate(at)
    return move(actor, hazard_id, version, Status.CLOSED, at, closed_date=closed)


def _with_reason(
    actor: Actor, hazard_id: int, new: Status, reason: str, at: datetime, version: int | None
) -> Hazard:
    if not reason.strip():
        raise HazardRefused("reason", "EMPTY")
    return move(actor, hazard_id, version, new, at, reason=reason.strip())


@transaction.atomic
def reject_hazard(
    *, actor: Actor, hazard_id: int, reason: str, at: datetime, version: int | None = None
) -> Hazard:
    """Say why this is no hazard; it still counts as reported."""
    require(actor, "safety.write")
    return _with_reason(actor, hazard_id, Status.REJECTED, reason, at, version)


@transaction.atomic
def escalate_hazard(
    *, actor: Actor, hazard_id: int, reason: str, at: datetime, version: int | None = None
) -> Hazard:
    """Hand a hazard to management: what is needed is beyond the floor."""
    require(actor, "safety.write")
    return _with_reason(actor, hazard_id, Status.ESCALATED, reason, at, version)


@transaction.atomic
def withdraw_hazard(
    *, actor: Actor, hazard_id: int, reason: str, at: datetime, version: int | None = None
) -> Hazard:
    """Take a wrong entry out of the count; it stays to be seen."""
    require(actor, "safety.correct")
    return _with_reason(actor, hazard_id, Status.WITHDRAWN, reason, at, version)


CORRECTABLE = (
    "found_date",
    "sex",
    "level",
    "department_code",
    "category",
    "description",
    "likelihood",
    "severity",
    "due_date",
    "fixed_date",
    "control_type",
    "control",
    "responsible_name",
)


@transaction.atomic
def correct_hazard(
    *, actor: Actor, hazard_id: int, values: dict[str, Any], at: datetime, version: int | None = None
) -> Hazard:
    """Correct what was written down; the trail keeps old and new. Raises ``KeyError`` for other fields."""
    require(actor, "safety.correct")
    hazard = Hazard.objects.select_for_update().get(pk=hazard_id)
    check_version(hazard, version)
    if set(values) - set(CORRECTABLE):
        raise KeyError(", ".join(sorted(set(values) - set(CORRECTABLE))))
    before = hazard.found_date
    _check_hazard({name: getattr(hazard, name) for name in CORRECTABLE} | values)
    changed = apply_changes(hazard, values)
    if hazard.status in DONE and hazard.fixed_date is None:
        raise HazardRefused("fixed_date", "MISSING_FOR_STATUS")
    if changed:
        hazard.save()
        audit.record(actor, "hazard.corrected", hazard, at, changed=changed)
        mark_stale(SUPPLIER.code, before, hazard.found_date)
    return hazard
