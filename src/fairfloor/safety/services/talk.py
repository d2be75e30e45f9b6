"""The thread of a hazard: what the finder adds, and what the factory answers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.conversations.public import say, thank
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import check_version
from fairfloor.safety.models import Hazard
from fairfloor.safety.services.hazards import HazardRefused, moment


def _of(conversation_id: int) -> Hazard:
    return Hazard.objects.select_for_update().get(conversation_id=conversation_id)


@transaction.atomic
def say_more(*, actor: Actor, conversation_id: int, text: str, day: date, at: datetime) -> None:
    """The finder adds something or asks, and waits for an answer. Raises `HazardRefused` or ``ThreadFull``."""
    require(actor, "safety.report")
    if not text.strip():
        raise HazardRefused("text", "EMPTY")
    hazard = _of(conversation_id)
    say(conversation_id=conversation_id, text=text, is_from_staff=False, day=day)
    audit.record(actor, "hazard.asked", hazard, moment(actor, day, at))


@transaction.atomic
def say_thanks(*, actor: Actor, conversation_id: int, day: date, at: datetime) -> None:
    """The finder says thanks with one tap; nothing waits for an answer."""
    require(actor, "safety.report")
    hazard = _of(conversation_id)
    if thank(conversation_id=conversation_id, day=day):
        audit.record(actor, "hazard.thanked", hazard, moment(actor, day, at))


@transaction.atomic
def answer_finder(
    *, actor: Actor, hazard_id: int, text: str, day: date, at: datetime, version: int | None = None
) -> None:
    """Write to the finder, who reads it with the receipt. Raises `HazardRefused`, ``StaleEdit``, ``ThreadFull``."""
    require(actor, "safety.write")
    hazard = Hazard.objects.select_for_update().get(pk=hazard_id)
    check_version(hazard, version)
    if not text.strip():
        raise HazardRefused("answer", "EMPTY")
    if hazard.conversation_id is None:
        raise HazardRefused("answer", "NO_THREAD")
    say(
        conversation_id=hazard.conversation_id,
        text=text,
        is_from_staff=True,
        day=day,
        author_name=actor.name,
    )
    audit.record(actor, "hazard.answered", hazard, at)
