"""What all verbs on suggestions share: loading, moving on with a record, a word to the writer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from fairfloor.conversations.public import say
from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.edits import MoveNotAllowed, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.workflow import Status, may_move

SUPPLIER = "suggestions"


def moment(actor: Actor, day: date, at: datetime) -> datetime:
    """What the record keeps of the time. A worker's act keeps the enterprise's day and nothing finer: the day of the
    world's clock beside the local one would tell which side of midnight it was.
    """
    return datetime.combine(day, time(), UTC) if actor.kind == "worker" else at


def load(suggestion_id: int, version: int | None) -> Suggestion:
    """The row, locked, in scope; raises :class:`StaleEdit` when it is not the one the form saw."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    check_version(suggestion, version)
    return suggestion


def acknowledge(suggestion: Suggestion, actor: Actor, day: date) -> None:
    """Any act of a person of the team shows that the idea was read."""
    if actor.kind == "user" and suggestion.acknowledged_date is None:
        suggestion.acknowledged_date = day


def move(
    actor: Actor, suggestion_id: int, version: int | None, new: Status, at: datetime, day: date, **values: Any
) -> Suggestion:
    """Load in scope, check the move and the version the form saw, change and record."""
    suggestion = load(suggestion_id, version)
    old = suggestion.status
    if not may_move(old, new):
        raise MoveNotAllowed(old, new)
    suggestion.status = new.value
    if new not in {Status.IN_MEETING, Status.IMPLEMENTED, Status.CONFIRMED, Status.WITHDRAWN}:
        suggestion.decided_date = suggestion.decided_date or day
    for name, value in values.items():
        setattr(suggestion, name, value)
    acknowledge(suggestion, actor, day)
    suggestion.version += 1
    suggestion.save()
    # The thread keeps what was said; the story keeps who did what.
    detail = {
        name: str(getattr(value, "code", value))
        for name, value in values.items()
        if value and name != "answer"
    }
    audit.record(
        actor,
        f"suggestion.{new.lower()}",
        suggestion,
        moment(actor, day, at),
        before=old,
        version=suggestion.version,
        **detail,
    )
    mark_stale(SUPPLIER, suggestion.submitted_date)
    return suggestion


def tell_writer(suggestion: Suggestion, actor: Actor, text: str, day: date) -> None:
    """Say it in the thread, where there is one."""
    if text.strip() and suggestion.conversation_id:
        say(
            conversation_id=suggestion.conversation_id,
            text=text,
            is_from_staff=True,
            day=day,
            author_name=actor.name,
        )
