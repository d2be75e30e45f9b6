"""Verbs of whoever found a hazard, who comes with a receipt and without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.conversations.public import Receipt, open_conversation, say, set_waiting
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, apply_changes
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Level, Sex, group_to_keep, latest_workforce
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Hazard
from fairfloor.safety.services.hazards import NOT_FIXED, HazardRefused, moment, report_hazard
from fairfloor.safety.workflow import DONE, FinderWord, Status


@dataclass(frozen=True)
class SentDanger:
    """What a send gave: the hazard, the receipt to keep, and whether it was new."""

    hazard: Hazard
    receipt: Receipt
    is_new: bool


@transaction.atomic
def report_danger(
    *,
    actor: Actor,
    client_id: str,
    text: str,
    day: date,
    at: datetime,
    category: str = "",
    department_code: str = "",
    is_urgent: bool = False,
    language: str = "",
) -> SentDanger:
    """Take a danger from a worker's phone: words, or the picture of its kind alone.

    The same ``client_id`` and content give the same receipt. Raises :class:`HazardRefused` when there is neither,
    ``ContentDiffers`` for the same id with other content.
    """
    require(actor, "safety.report")
    text = text.strip()
    if not text and not category:
        raise HazardRefused("text", "EMPTY")
    content = {"text": text, "category": category, "department": department_code, "urgent": is_urgent}
    conversation, receipt, is_new = open_conversation(
        enterprise_id=actor.enterprise_id, client_id=client_id, content=content, language=language, day=day
    )
    if not is_new:
        return SentDanger(Hazard.objects.get(conversation=conversation), receipt, False)
    if not text:
        kind = load_content().hazard_categories.get(category)
        if kind is None:
            raise HazardRefused("category", "UNKNOWN")
        text = translate(kind.name, language or "en")
    hazard = report_hazard(
        actor=actor,
        description=text,
        category=category,
        department_code=department_code,
        conversation_id=conversation.pk,
        is_urgent=is_urgent,
        day=day,
        at=at,
    )
    return SentDanger(hazard, receipt, True)


def _of(conversation_id: int) -> Hazard:
    return Hazard.objects.select_for_update().get(conversation_id=conversation_id)


@transaction.atomic
def confirm_gone(*, actor: Actor, conversation_id: int, day: date, at: datetime) -> None:
    """The finder says that the danger is gone; whoever checks it still looks. Raises ``MoveNotAllowed``."""
    require(actor, "safety.report")
    hazard = _of(conversation_id)
    if hazard.status not in DONE:
        raise MoveNotAllowed(hazard.status, FinderWord.GONE)
    if apply_changes(hazard, {"finder_word": FinderWord.GONE.value}):
        hazard.save()
        audit.record(actor, "hazard.confirmed_gone", hazard, moment(actor, day, at))
    set_waiting(conversation_id=conversation_id, is_waiting=False, day=day)


@transaction.atomic
def say_not_gone(*, actor: Actor, conversation_id: int, text: str, day: date, at: datetime) -> None:
    """The finder says that the danger is still there: it opens again, urgent as it was. Raises ``MoveNotAllowed``."""
    require(actor, "safety.report")
    hazard = _of(conversation_id)
    if hazard.status not in DONE:
        raise MoveNotAllowed(hazard.status, Status.OPEN)
    values = NOT_FIXED | {"status": Status.OPEN.value, "finder_word": FinderWord.NOT_GONE.value}
    changed = apply_changes(hazard, values)
    hazard.save()
    # Who recorded the fix stays in the story; it names nobody who found the hazard.
    changed.pop("fixed_by_user_id", None)
    audit.record(actor, "hazard.reopened", hazard, moment(actor, day, at), changed=changed)
    mark_stale(SUPPLIER.code, hazard.found_date)
    if text.strip():
        say(conversation_id=conversation_id, text=text, is_from_staff=False, day=day)
    set_waiting(conversation_id=conversation_id, is_waiting=True, day=day)


@transaction.atomic
def tell_group(*, actor: Actor, conversation_id: int, sex: str, level: str, day: date, at: datetime) -> None:
    """Keep what the finder says about sex and level, once, and only what five people of the place share."""
    require(actor, "safety.report")
    hazard = _of(conversation_id)
    if hazard.sex or hazard.level:
        return
    sex = Sex(sex).value if sex else ""
    level = Level(level).value if level else ""
    people = [(row.department_code, row.sex, row.level, row.headcount) for row in latest_workforce()]
    kept_sex, kept_level = group_to_keep(people, hazard.department_code, sex, level)
    if apply_changes(hazard, {"sex": kept_sex, "level": kept_level}):
        hazard.save()
        mark_stale(SUPPLIER.code, hazard.found_date)
    # Recorded without the values: what was not kept must not stand here either.
    audit.record(actor, "hazard.group_given", hazard, moment(actor, day, at))
