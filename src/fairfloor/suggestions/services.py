"""Verbs on suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from fairfloor.conversations.public import Receipt, open_conversation, say
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.workflow import Status, may_move

SUPPLIER = "suggestions"


class MoveNotAllowed(ValueError):
    """The suggestion is not in a state from which this can be done."""

    def __init__(self, old: str, new: str):
        super().__init__(f"{old} → {new}")
        self.old, self.new = old, new


class StaleEdit(ValueError):
    """Somebody changed the suggestion since the form was opened (409)."""


@dataclass(frozen=True)
class Submitted:
    """What a send gave: the suggestion, the receipt to keep, and whether it was new."""

    suggestion: Suggestion
    receipt: Receipt
    is_new: bool


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("S")
        if not Suggestion.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free suggestion code was found.")


@transaction.atomic
def submit_suggestion(
    *,
    actor: Actor,
    client_id: str,
    text: str,
    day: date,
    at: datetime,
    channel: str = "QR",
    title: str = "",
    category: str = "",
    department_code: str = "",
    sex: str = "",
    level: str = "",
    proposer_code: str = "",
    language: str = "",
) -> Submitted:
    """Take an idea from a worker's phone, or one staff enter on a worker's behalf.

    ``client_id`` is minted when Send is pressed; the same id and content give the same receipt. ``day`` is the
    enterprise's own. Raises ``ContentDiffers`` for the same id with other content.
    """
    require(actor, "suggestions.submit" if actor.kind == "worker" else "suggestions.enter")
    content = {"text": text, "title": title, "category": category, "department": department_code}
    conversation, receipt, is_new = open_conversation(
        enterprise_id=actor.enterprise_id, client_id=client_id, content=content, language=language, day=day
    )
    if not is_new:
        return Submitted(Suggestion.objects.get(conversation=conversation), receipt, False)
    suggestion = Suggestion.objects.create(
        code=_fresh_code(),
        submitted_date=day,
        channel=channel,
        proposer_code=proposer_code,
        sex=sex,
        level=level,
        department_code=department_code,
        category=category,
        title=title.strip(),
        text=text.strip(),
        conversation=conversation,
    )
    audit.record(actor, "suggestion.submitted", suggestion, at, channel=channel)
    mark_stale(SUPPLIER, day)
    return Submitted(suggestion, receipt, True)


def _move(
    actor: Actor, suggestion_id: int, version: int | None, new: Status, at: datetime, day: date, **values
) -> Suggestion:
    """Load in scope, check the move and the version the form saw, change and record."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if version is not None and suggestion.version != version:
        raise StaleEdit
    old = suggestion.status
    if not may_move(old, new):
        raise MoveNotAllowed(old, new)
    suggestion.status = new.value
    if new not in {Status.IN_MEETING, Status.IMPLEMENTED, Status.CONFIRMED, Status.WITHDRAWN}:
        suggestion.decided_date = suggestion.decided_date or day
    for name, value in values.items():
        setattr(suggestion, name, value)
    suggestion.version += 1
    suggestion.save()
    detail = {name: str(getattr(value, "code", value)) for name, value in values.items() if value}
    audit.record(actor, f"suggestion.{new.lower()}", suggestion, at, before=old, **detail)
    mark_stale(SUPPLIER, suggestion.submitted_date)
    return suggestion


def _answer(suggestion: Suggestion, actor: Actor, text: str, day: date) -> None:
    if text.strip() and suggestion.conversation_id:
        say(
            conversation_id=suggestion.conversation_id,
            text=text,
            is_from_staff=True,
            day=day,
            author_name=actor.name,
        )


@transaction.atomic
def accept_suggestion(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, answer: str = "", version: int | None = None
) -> Suggestion:
    """Accept an idea and tell its writer."""
    require(actor, "suggestions.triage")
    suggestion = _move(actor, suggestion_id, version, Status.ACCEPTED, at, day, reason="")
    _answer(suggestion, actor, answer, day)
    return suggestion


@transaction.atomic
def decline_suggestion(
    *, actor: Actor, suggestion_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Decline an idea; the reason is what its writer reads. Raises ``ValueError`` without one."""
    require(actor, "suggestions.triage")
    if not reason.strip():
        raise ValueError("A declined suggestion needs a reason.")
    suggestion = _move(actor, suggestion_id, version, Status.DECLINED, at, day, reason=reason.strip())
    _answer(suggestion, actor, reason, day)
    return suggestion


@transaction.atomic
def take_to_meeting(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Put an idea on the agenda of the team's next meeting."""
    require(actor, "suggestions.triage")
    return _move(actor, suggestion_id, version, Status.IN_MEETING, at, day)


@transaction.atomic
def merge_suggestion(
    *, actor: Actor, suggestion_id: int, into_id: int, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Join an idea to another one that says the same; its receipt then shows the other's answer."""
    require(actor, "suggestions.triage")
    into = Suggestion.objects.get(pk=into_id)
    if into_id == suggestion_id or into.status in {Status.MERGED, Status.WITHDRAWN}:
        raise MoveNotAllowed(into.status, Status.MERGED)
    return _move(actor, suggestion_id, version, Status.MERGED, at, day, merged_into=into)


@transaction.atomic
def mark_passed_to_safety(
    *, actor: Actor, suggestion_id: int, hazard_code: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Record that an idea became a hazard; called by the page that reports the hazard in the same transaction."""
    require(actor, "suggestions.triage")
    return _move(actor, suggestion_id, version, Status.TO_SAFETY, at, day, hazard_code=hazard_code)


@transaction.atomic
def record_project(
    *, actor: Actor, suggestion_id: int, project_code: str, day: date, at: datetime
) -> Suggestion:
    """Record the project that carries an idea out; an idea not decided yet is accepted by that."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if suggestion.status in {Status.NEW, Status.IN_MEETING, Status.DECLINED}:
        return _move(actor, suggestion_id, None, Status.ACCEPTED, at, day, project_code=project_code)
    suggestion.project_code = project_code
    suggestion.version += 1
    suggestion.save(update_fields=["project_code", "version"])
    audit.record(actor, "suggestion.linked", suggestion, at, project_code=project_code)
    return suggestion


@transaction.atomic
def record_outcome(*, actor: Actor, project_code: str, answer: str, day: date, at: datetime) -> int:
    """Record on all ideas of a finished project that they are carried out; returns how many."""
    count = 0
    for suggestion in Suggestion.objects.filter(project_code=project_code, status=Status.ACCEPTED).order_by(
        "id"
    ):
        moved = _move(actor, suggestion.id, None, Status.IMPLEMENTED, at, day)
        _answer(moved, actor, answer, day)
        count += 1
    return count


@transaction.atomic
def confirm_outcome(*, actor: Actor, suggestion_id: int, is_fixed: bool, text: str, day: date, at: datetime):
    """The writer says whether it is fixed; "not fixed" opens the idea again."""
    require(actor, "suggestions.submit")
    new = Status.CONFIRMED if is_fixed else Status.ACCEPTED
    suggestion = _move(actor, suggestion_id, None, new, at, day)
    if text.strip() and suggestion.conversation_id:
        say(conversation_id=suggestion.conversation_id, text=text, is_from_staff=False, day=day)
    return suggestion


@transaction.atomic
def answer_suggestion(*, actor: Actor, suggestion_id: int, text: str, day: date, at: datetime) -> None:
    """Write to the worker without deciding yet."""
    require(actor, "suggestions.triage")
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    _answer(suggestion, actor, text, day)
    audit.record(actor, "suggestion.answered", suggestion, at)
