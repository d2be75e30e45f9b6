"""Verbs on actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fairfloor.actions.models import ActionItem
from fairfloor.actions.workflow import Status, may_move
from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, check_version
from fairfloor.core.randomness import random_code


class TextMissing(ValueError):
    """An action says what is to be done."""


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("A")
        if not ActionItem.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free action code was found.")


@transaction.atomic
def add_action(
    *,
    actor: Actor,
    text: str,
    owner_name: str,
    due_date: date | None,
    about_feature: str,
    about_code: str,
    day: date,
    at: datetime,
    owner_user_id: int | None = None,
    form_id: UUID | None = None,
) -> ActionItem:
    """Write down who does what by when, for the record it belongs to. Raises `TextMissing` without words.

    A form sent twice (the same ``form_id``) gives the first action again.
    """
    require(actor, "actions.write")
    if earlier := once.begin(form_id):
        return ActionItem.objects.get(code=earlier)
    if not text.strip():
        raise TextMissing
    action = ActionItem.objects.create(
        code=_fresh_code(),
        text=text.strip(),
        owner_name=owner_name.strip(),
        owner_user_id=owner_user_id,
        created_date=day,
        due_date=due_date,
        about_feature=about_feature,
        about_code=about_code,
    )
    once.made(form_id, action.code)
    audit.record(actor, "action.added", action, at, due_date=due_date.isoformat() if due_date else "")
    return action


def _load(action_id: int, version: int | None) -> ActionItem:
    action = ActionItem.objects.select_for_update().get(pk=action_id)
    check_version(action, version)
    return action


def _move(
    actor: Actor,
    action_id: int,
    version: int | None,
    new: Status,
    at: datetime,
    done_date: date | None,
    **detail: Any,
) -> ActionItem:
    """Load in scope, check the move and the version the form saw, change and record."""
    action = _load(action_id, version)
    old = action.status
    if not may_move(old, new):
        raise MoveNotAllowed(old, new)
    action.status, action.done_date = new.value, done_date
    action.version += 1
    action.save(update_fields=["status", "done_date", "version"])
    verb = {Status.DONE: "completed", Status.CANCELLED: "cancelled", Status.OPEN: "reopened"}[new]
    audit.record(actor, f"action.{verb}", action, at, before=old, **detail)
    return action


@transaction.atomic
def complete_action(
    *, actor: Actor, action_id: int, day: date, at: datetime, version: int | None = None
) -> ActionItem:
    """Tick an action off."""
    require(actor, "actions.write")
    return _move(actor, action_id, version, Status.DONE, at, day)


@transaction.atomic
def reopen_action(*, actor: Actor, action_id: int, at: datetime, version: int | None = None) -> ActionItem:
    """Take a tick or a cancellation back."""
    require(actor, "actions.write")
    return _move(actor, action_id, version, Status.OPEN, at, None)


@transaction.atomic
def cancel_action(
    *, actor: Actor, action_id: int, reason: str, at: datetime, version: int | None = None
) -> ActionItem:
    """Say that an action is not needed any more; the reason stays in its story."""
    require(actor, "actions.write")
    return _move(actor, action_id, version, Status.CANCELLED, at, None, reason=reason.strip())


@transaction.atomic
def change_action(
    *,
    actor: Actor,
    action_id: int,
    text: str,
    owner_name: str,
    due_date: date | None,
    at: datetime,
    owner_user_id: int | None = None,
    version: int | None = None,
) -> ActionItem:
    """Change the words, the owner or the day; the story keeps what they were. Raises :class:`TextMissing`."""
    require(actor, "actions.write")
    if not text.strip():
        raise TextMissing
    action = _load(action_id, version)
    wanted = {
        "text": text.strip(),
        "owner_name": owner_name.strip(),
        "owner_user_id": owner_user_id,
        "due_date": due_date,
    }
    before = {name: getattr(action, name) for name in wanted if getattr(action, name) != wanted[name]}
    if not before:
        return action
    for name in before:
        setattr(action, name, wanted[name])
    action.version += 1
    action.save(update_fields=[*before, "version"])
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    audit.record(actor, "action.changed", action, at, before=plain)
    return action
