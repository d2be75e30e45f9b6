"""The record of who did what. Written by services, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from fairfloor.core.access import Actor
from fairfloor.core.models import AuditEvent, SystemEvent
from fairfloor.core.tenancy import TenantModel


def _event(actor: Actor, verb: str, obj: TenantModel, at: datetime, detail: dict[str, Any]) -> AuditEvent:
    if actor.kind == "worker":
        # A worker's act keeps the day only: an exact time beside the text could lead back to a person.
        # By the factory's clock, which the request has set.
        at = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return AuditEvent(
        at=at,
        actor_kind=actor.kind,
        actor_user_id=actor.user_id,
        actor_name=actor.name if actor.kind != "worker" else "",
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        detail=detail,
    )


def record(actor: Actor, verb: str, obj: TenantModel, at: datetime, **detail: Any) -> None:
    """Record one act on one row. ``verb`` is past tense (``suggestion.accepted``); ``detail`` plain JSON values."""
    _event(actor, verb, obj, at, detail).save(force_insert=True)


def record_many(actor: Actor, verb: str, objs: Iterable[TenantModel], at: datetime, **detail: Any) -> None:
    """Record the same act on many rows in few statements (imports)."""
    waiting = iter(objs)
    # So many at once: the events of a large workbook need not all be in memory.
    while batch := list(islice(waiting, 2000)):
        AuditEvent.objects.bulk_create([_event(actor, verb, obj, at, detail) for obj in batch])


def record_system(actor_name: str, verb: str, at: datetime, **detail: Any) -> None:
    """Record an act on the installation itself (a user added, a password reset by an administrator)."""
    SystemEvent.objects.create(actor_name=actor_name, verb=verb, at=at, detail=detail)


def story_of(obj: TenantModel) -> list[AuditEvent]:
    """All recorded acts on one row, oldest first."""
    # Sorted here: asked to sort, SQLite walks the index by time through the whole enterprise.
    events = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk)
    return sorted(events, key=lambda event: (event.at, event.id))
