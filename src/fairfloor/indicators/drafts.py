"""The monthly form somebody has begun; it waits for that person until the month is reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from fairfloor.core.access import Actor, require
from fairfloor.indicators.models import MonthDraft

LONGEST_TEXT = 500
MOST_FIELDS = 200


@transaction.atomic
def keep_draft(*, actor: Actor, month_date: date, fields: Mapping[str, str]) -> None:
    """Keep what stands in a form, unchecked: a draft may be half a number. Nothing else reads it."""
    require(actor, "readings.write")
    if actor.user_id is None:
        return
    kept = {name[:80]: text[:LONGEST_TEXT] for name, text in list(fields.items())[:MOST_FIELDS] if text}
    MonthDraft.objects.update_or_create(
        user_id=actor.user_id, month_date=month_date.replace(day=1), defaults={"fields": kept}
    )


def draft_of(actor: Actor, month_date: date) -> dict[str, str]:
    """What the person has kept for a month; empty for none."""
    row = MonthDraft.objects.filter(user_id=actor.user_id, month_date=month_date.replace(day=1)).first()
    return dict(row.fields) if row else {}


def drop_draft(actor: Actor, month_date: date) -> None:
    """Forget the draft: the month has been reported."""
    MonthDraft.objects.filter(user_id=actor.user_id, month_date=month_date.replace(day=1)).delete()
