"""Verbs of the writer of a suggestion, who comes with a receipt and without a name."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.conversations.public import say, set_waiting, thank
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Level, Sex, group_to_keep, latest_workforce
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.moves import SUPPLIER, moment, move
from fairfloor.suggestions.workflow import Status


def _key(conversation_id: int) -> int:
    return Suggestion.objects.values_list("pk", flat=True).get(conversation_id=conversation_id)


def say_more(*, actor: Actor, conversation_id: int, text: str, day: date, at: datetime) -> None:
    """Ask or add something, by the thread of a receipt. Raises ``ThreadFull``."""
    ask_back(actor=actor, suggestion_id=_key(conversation_id), text=text, day=day, at=at)


def confirm_fixed(*, actor: Actor, conversation_id: int, day: date, at: datetime) -> None:
    """Say that it is fixed, by the thread of a receipt."""
    confirm_outcome(actor=actor, suggestion_id=_key(conversation_id), is_fixed=True, text="", day=day, at=at)


def say_not_fixed(*, actor: Actor, conversation_id: int, text: str, day: date, at: datetime) -> None:
    """Say that it is not fixed, with a word why if one likes, by the thread of a receipt."""
    confirm_outcome(
        actor=actor, suggestion_id=_key(conversation_id), is_fixed=False, text=text, day=day, at=at
    )


@transaction.atomic
def say_thanks(*, actor: Actor, conversation_id: int, day: date, at: datetime) -> None:
    """Say thanks with one tap, by the thread of a receipt: recognition, and no clock starts."""
    require(actor, "suggestions.submit")
    suggestion = Suggestion.objects.get(conversation_id=conversation_id)
    if thank(conversation_id=conversation_id, day=day):
        audit.record(actor, "suggestion.thanked", suggestion, moment(actor, day, at))


def tell_group(*, actor: Actor, conversation_id: int, sex: str, level: str, day: date, at: datetime) -> None:
    """Tell one's sex and level, by the thread of a receipt."""
    add_writer_group(actor=actor, suggestion_id=_key(conversation_id), sex=sex, level=level, day=day, at=at)


@transaction.atomic
def confirm_outcome(
    *, actor: Actor, suggestion_id: int, is_fixed: bool, text: str, day: date, at: datetime
) -> Suggestion:
    """The writer says whether it is fixed; "not fixed" opens the idea again and waits for an answer."""
    require(actor, "suggestions.submit")
    new = Status.CONFIRMED if is_fixed else Status.ACCEPTED
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if suggestion.status not in {Status.IMPLEMENTED, Status.CONFIRMED}:
        raise MoveNotAllowed(suggestion.status, new)
    suggestion = move(actor, suggestion_id, None, new, at, day)
    if suggestion.conversation_id:
        if text.strip():
            say(conversation_id=suggestion.conversation_id, text=text, is_from_staff=False, day=day)
        set_waiting(conversation_id=suggestion.conversation_id, is_waiting=not is_fixed, day=day)
    return suggestion


@transaction.atomic
def ask_back(*, actor: Actor, suggestion_id: int, text: str, day: date, at: datetime) -> None:
    """The writer adds something or asks; the thread then waits for an answer. Raises ``ThreadFull``."""
    require(actor, "suggestions.submit")
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if not text.strip() or not suggestion.conversation_id:
        raise ValueError("There is nothing to say, or no thread to say it in.")
    say(conversation_id=suggestion.conversation_id, text=text, is_from_staff=False, day=day)
    audit.record(actor, "suggestion.asked", suggestion, moment(actor, day, at))


@transaction.atomic
def add_writer_group(
    *, actor: Actor, suggestion_id: int, sex: str, level: str, day: date, at: datetime
) -> Suggestion:
    """Keep what the writer says about their sex and level, once, and only where it cannot single them out.

    Kept is what at least five people of the workforce share, in the department the idea names (``group_to_keep``);
    a second answer changes nothing, so that nobody who finds the receipt can rewrite it.
    """
    require(actor, "suggestions.submit")
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion_id)
    if suggestion.sex or suggestion.level:
        return suggestion
    sex = Sex(sex).value if sex else ""
    level = Level(level).value if level else ""
    people = [(row.department_code, row.sex, row.level, row.headcount) for row in latest_workforce()]
    suggestion.sex, suggestion.level = group_to_keep(people, suggestion.department_code, sex, level)
    if suggestion.sex or suggestion.level:
        suggestion.version += 1
        suggestion.save(update_fields=["sex", "level", "version"])
        mark_stale(SUPPLIER, suggestion.submitted_date)
    # Recorded without the values: what was not kept must not stand here either.
    audit.record(
        actor, "suggestion.group_given", suggestion, moment(actor, day, at), version=suggestion.version
    )
    return suggestion
