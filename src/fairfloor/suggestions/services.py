"""Verbs on suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from fairfloor.conversations.public import Receipt, open_conversation
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.safety.public import Channel as HazardChannel
from fairfloor.safety.public import report_hazard
from fairfloor.suggestions.merging import merge_suggestion as merge_suggestion
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.moves import SUPPLIER, acknowledge, load, moment, move, tell_writer
from fairfloor.suggestions.workflow import Status, may_correct_text, may_move
from fairfloor.suggestions.writer import add_writer_group as add_writer_group
from fairfloor.suggestions.writer import ask_back as ask_back
from fairfloor.suggestions.writer import confirm_outcome as confirm_outcome


@dataclass(frozen=True)
class Submitted:
    """What a send gave: the suggestion, the receipt to keep, and whether it was new."""

    suggestion: Suggestion
    receipt: Receipt
    is_new: bool


def _fresh_code() -> str:
    # Asked rather than tried: what PostgreSQL refuses it writes into its log, a worker's words and the time among it.
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
    is_held: bool = False,
) -> Submitted:
    """Take an idea from a worker's phone, or one staff enter on a worker's behalf.

    ``client_id`` is minted when Send is pressed; the same id and content give the same receipt. ``day`` is the
    enterprise's own. Raises ``ContentDiffers`` for the same id with other content.
    """
    require(actor, "suggestions.submit" if actor.kind == "worker" else "suggestions.enter")
    text, title = text.strip(), title.strip()
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
        title=title,
        text=text,
        conversation=conversation,
        is_held=is_held,
        acknowledged_date=None if actor.kind == "worker" else day,
    )
    audit.record(actor, "suggestion.submitted", suggestion, moment(actor, day, at), channel=channel)
    mark_stale(SUPPLIER, day)
    return Submitted(suggestion, receipt, True)


@transaction.atomic
def accept_suggestion(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, answer: str = "", version: int | None = None
) -> Suggestion:
    """Accept an idea and tell its writer."""
    require(actor, "suggestions.triage")
    suggestion = move(
        actor, suggestion_id, version, Status.ACCEPTED, at, day, reason="", answer=answer.strip()
    )
    tell_writer(suggestion, actor, answer, day)
    return suggestion


@transaction.atomic
def decline_suggestion(
    *, actor: Actor, suggestion_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Decline an idea; the reason is what its writer reads. Raises ``ValueError`` without one."""
    require(actor, "suggestions.triage")
    if not reason.strip():
        raise ValueError("A declined suggestion needs a reason.")
    suggestion = move(
        actor, suggestion_id, version, Status.DECLINED, at, day, reason=reason.strip(), answer=""
    )
    tell_writer(suggestion, actor, reason, day)
    return suggestion


@transaction.atomic
def take_to_meeting(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, answer: str = "", version: int | None = None
) -> Suggestion:
    """Put an idea on the agenda of the team's next meeting, with a word to its writer if there is one."""
    require(actor, "suggestions.triage")
    suggestion = move(actor, suggestion_id, version, Status.IN_MEETING, at, day)
    tell_writer(suggestion, actor, answer, day)
    return suggestion


@transaction.atomic
def mark_passed_to_safety(
    *, actor: Actor, suggestion_id: int, hazard_code: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Record that an idea became a hazard; called in the transaction that reports the hazard."""
    require(actor, "suggestions.triage")
    return move(actor, suggestion_id, version, Status.TO_SAFETY, at, day, hazard_code=hazard_code)


@transaction.atomic
def record_project(
    *, actor: Actor, suggestion_id: int, project_code: str, day: date, at: datetime
) -> Suggestion:
    """Record the project that carries an idea out; an idea not decided yet is accepted by that."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if suggestion.status in {Status.NEW, Status.IN_MEETING, Status.DECLINED}:
        return move(actor, suggestion_id, None, Status.ACCEPTED, at, day, project_code=project_code)
    suggestion.project_code = project_code
    suggestion.version += 1
    suggestion.save(update_fields=["project_code", "version"])
    audit.record(
        actor, "suggestion.linked", suggestion, at, project_code=project_code, version=suggestion.version
    )
    return suggestion


@transaction.atomic
def record_outcome(*, actor: Actor, project_code: str, answer: str, day: date, at: datetime) -> int:
    """Record on all ideas of a finished project that they are carried out; returns how many."""
    count = 0
    for suggestion in Suggestion.objects.filter(project_code=project_code, status=Status.ACCEPTED).order_by(
        "id"
    ):
        moved = move(actor, suggestion.id, None, Status.IMPLEMENTED, at, day, answer=answer.strip())
        tell_writer(moved, actor, answer, day)
        count += 1
    return count


@transaction.atomic
def answer_suggestion(
    *, actor: Actor, suggestion_id: int, text: str, day: date, at: datetime, version: int | None = None
) -> None:
    """Write to the worker without deciding yet."""
    require(actor, "suggestions.triage")
    suggestion = load(suggestion_id, version)
    is_to_a_question = suggestion.conversation is not None and suggestion.conversation.is_waiting
    tell_writer(suggestion, actor, text, day)
    acknowledge(suggestion, actor, day)
    if not is_to_a_question:
        # It is about the idea, so that those whose ideas were merged into it read it too; what answers a question
        # stays in the thread of the one who asked.
        suggestion.answer = text.strip()
    suggestion.save(update_fields=["acknowledged_date", "answer"])
    audit.record(actor, "suggestion.answered", suggestion, at)


@transaction.atomic
def let_in(*, actor: Actor, suggestion_ids: list[int], day: date, at: datetime) -> int:
    """Say that ideas which came in a flood are honest: they count from now on; returns how many were held."""
    require(actor, "suggestions.triage")
    rows = list(
        Suggestion.objects.select_for_update().filter(pk__in=suggestion_ids, is_held=True).order_by("id")
    )
    for row in rows:
        row.is_held = False
    Suggestion.objects.bulk_update(rows, ["is_held"])
    audit.record_many(actor, "suggestion.let_in", rows, at)
    mark_stale(SUPPLIER, *{row.submitted_date for row in rows})
    return len(rows)


@transaction.atomic
def acknowledge_suggestions(*, actor: Actor, suggestion_ids: list[int], day: date, at: datetime) -> int:
    """Show the writers that their ideas were read; returns how many were new to it."""
    require(actor, "suggestions.triage")
    rows = list(
        Suggestion.objects.select_for_update()
        .filter(pk__in=suggestion_ids, acknowledged_date=None)
        .exclude(status=Status.WITHDRAWN)
        .order_by("id")
    )
    for row in rows:
        row.acknowledged_date = day
    Suggestion.objects.bulk_update(rows, ["acknowledged_date"])
    audit.record_many(actor, "suggestion.acknowledged", rows, at)
    return len(rows)


@transaction.atomic
def take_many_to_meeting(*, actor: Actor, suggestion_ids: list[int], day: date, at: datetime) -> int:
    """Put several new ideas on the agenda of the next meeting; those decided meanwhile are left alone."""
    require(actor, "suggestions.triage")
    ids = list(
        Suggestion.objects.filter(pk__in=suggestion_ids, status=Status.NEW)
        .order_by("id")
        .values_list("id", flat=True)
    )
    for suggestion_id in ids:
        move(actor, suggestion_id, None, Status.IN_MEETING, at, day)
    return len(ids)


@transaction.atomic
def pass_to_safety(
    *,
    actor: Actor,
    suggestion_id: int,
    description: str,
    day: date,
    at: datetime,
    category: str = "",
    answer: str = "",
    version: int | None = None,
) -> Suggestion:
    """Report the danger an idea speaks of, and close the idea with the hazard's code, both or neither."""
    require(actor, "suggestions.triage")
    suggestion = load(suggestion_id, version)
    if not may_move(suggestion.status, Status.TO_SAFETY):
        raise MoveNotAllowed(suggestion.status, Status.TO_SAFETY)
    hazard = report_hazard(
        actor=actor,
        description=description.strip() or suggestion.text,
        day=day,
        at=at,
        category=category,
        department_code=suggestion.department_code,
        finder_code=suggestion.proposer_code,
        sex=suggestion.sex,
        level=suggestion.level,
        source=HazardChannel.SUGGESTION,
        source_code=suggestion.code,
    )
    moved = mark_passed_to_safety(
        actor=actor, suggestion_id=suggestion_id, hazard_code=hazard.code, day=day, at=at, version=version
    )
    tell_writer(moved, actor, answer, day)
    return moved


@transaction.atomic
def translate_suggestion(
    *, actor: Actor, suggestion_id: int, translation: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Put a translation beside the worker's words; the words themselves stay."""
    require(actor, "suggestions.triage")
    suggestion = load(suggestion_id, version)
    before, suggestion.translation = suggestion.translation, translation.strip()
    acknowledge(suggestion, actor, day)
    suggestion.version += 1
    suggestion.save(update_fields=["translation", "acknowledged_date", "version"])
    audit.record(
        actor,
        "suggestion.translated",
        suggestion,
        at,
        version=suggestion.version,
        changes={"translation": [before, suggestion.translation]},
    )
    return suggestion


CORRECTABLE = (
    "submitted_date",
    "channel",
    "category",
    "department_code",
    "sex",
    "level",
    "proposer_code",
    "title",
    "text",
)


@transaction.atomic
def correct_suggestion(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> Suggestion:
    """Correct fields of the register; old and new stay in the record. ``values`` are fields of ``CORRECTABLE``.

    The words a worker sent from a phone are not corrected by anyone: ``ValueError`` for that, and for a day to come.
    """
    require(actor, "suggestions.correct")
    suggestion = load(suggestion_id, version)
    unknown = set(values) - set(CORRECTABLE)
    if unknown:
        raise ValueError(f"These cannot be corrected: {sorted(unknown)}")
    changes = {
        name: [str(getattr(suggestion, name)), str(value)]
        for name, value in values.items()
        if getattr(suggestion, name) != value
    }
    if not changes:
        return suggestion
    if "text" in changes and not may_correct_text(suggestion.channel):
        raise ValueError("A worker's own words are not corrected.")
    if values.get("submitted_date", day) > day:
        raise ValueError("A suggestion cannot come from a day to come.")
    old_day = suggestion.submitted_date
    for name in changes:
        setattr(suggestion, name, values[name])
    suggestion.version += 1
    suggestion.save()
    audit.record(actor, "suggestion.corrected", suggestion, at, version=suggestion.version, changes=changes)
    mark_stale(SUPPLIER, old_day, suggestion.submitted_date)
    return suggestion


@transaction.atomic
def withdraw_suggestion(
    *, actor: Actor, suggestion_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Take a wrong entry out of every count; row, story and reason stay. Raises ``ValueError`` without a reason."""
    require(actor, "suggestions.correct")
    if not reason.strip():
        raise ValueError("A withdrawn suggestion needs a reason.")
    return move(actor, suggestion_id, version, Status.WITHDRAWN, at, day, reason=reason.strip())
