"""The answer clock: what is overdue goes up to the manager, once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.selectors import long_late
from fairfloor.suggestions.workflow import ACKNOWLEDGE_WITHIN, DECIDE_WITHIN, UNDECIDED, Status


def overdue(day: date) -> Q:
    """Ideas nobody has read two days after they came, or decided on fourteen days after; old relics left out."""
    unread = Q(status=Status.NEW, acknowledged_date=None, submitted_date__lt=day - ACKNOWLEDGE_WITHIN)
    undecided = Q(status__in=UNDECIDED, submitted_date__lt=day - DECIDE_WITHIN)
    return (unread | undecided) & ~long_late(day)


@transaction.atomic
def watch_clock(*, actor: Actor, day: date, at: datetime) -> int:
    """Mark what became overdue as handed up to the manager; returns how many. Safe to run twice."""
    require(actor, "suggestions.watch")
    rows = list(
        Suggestion.objects.select_for_update()
        .filter(overdue(day), escalated_date=None, is_held=False)
        .order_by("id")
    )
    for row in rows:
        row.escalated_date = day
    Suggestion.objects.bulk_update(rows, ["escalated_date"], batch_size=500)
    audit.record_many(actor, "suggestion.escalated", rows, at)
    return len(rows)
