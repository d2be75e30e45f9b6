"""Verbs on red tags: hang one up, decide, say that it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from fairfloor.checklists.models import RedTag
from fairfloor.checklists.services.rounds import fresh_code
from fairfloor.checklists.workflow import TAG_DAYS, TagDecision
from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, apply_changes, check_version


class TagRefused(ValueError):
    """The values do not fit together. ``code`` says why (EMPTY, UNKNOWN, BEFORE), ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@transaction.atomic
def hang_tag(
    *,
    actor: Actor,
    item: str,
    area_code: str,
    reason: str,
    day: date,
    at: datetime,
    form_id: UUID | None = None,
) -> RedTag:
    """Tag a thing that may not be needed; it is to be decided on within 30 days. A form sent twice makes one tag."""
    require(actor, "checklists.run")
    if earlier := once.begin(form_id):
        return RedTag.objects.get(code=earlier)
    if not item.strip():
        raise TagRefused("item", "EMPTY")
    tag = RedTag.objects.create(
        code=fresh_code(RedTag, "T"),
        item=item.strip(),
        area_code=area_code,
        reason=reason.strip(),
        tagged_date=day,
        tagged_by_name=actor.name,
        due_date=day + timedelta(days=TAG_DAYS),
    )
    once.made(form_id, tag.code)
    audit.record(actor, "red_tag.hung", tag, at)
    return tag


@transaction.atomic
def decide_tag(
    *, actor: Actor, tag_id: int, decision: str, due_date: date, at: datetime, version: int | None = None
) -> RedTag:
    """Decide what happens to the thing, and by when."""
    require(actor, "checklists.run")
    if decision not in set(TagDecision):
        raise TagRefused("decision", "UNKNOWN" if decision else "EMPTY")
    tag = _open(tag_id, version)
    if due_date < tag.tagged_date:
        raise TagRefused("due_date", "BEFORE")
    return _keep(actor, tag, "red_tag.decided", at, decision=TagDecision(decision).value, due_date=due_date)


@transaction.atomic
def finish_tag(*, actor: Actor, tag_id: int, day: date, at: datetime, version: int | None = None) -> RedTag:
    """Say that it was done. Raises ``MoveNotAllowed`` before a decision."""
    require(actor, "checklists.run")
    tag = _open(tag_id, version)
    if not tag.decision:
        raise MoveNotAllowed("", "DONE")
    return _keep(actor, tag, "red_tag.done", at, done_date=day)


def _open(tag_id: int, version: int | None) -> RedTag:
    tag = RedTag.objects.select_for_update().get(pk=tag_id)
    check_version(tag, version)
    if tag.done_date is not None:
        raise MoveNotAllowed("DONE", tag.decision)
    return tag


def _keep(actor: Actor, tag: RedTag, verb: str, at: datetime, **values) -> RedTag:
    if changed := apply_changes(tag, values):
        tag.save()
        audit.record(actor, verb, tag, at, changed=changed)
    return tag
