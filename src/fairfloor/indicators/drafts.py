"""The monthly form somebody has begun; it waits for that person until the month is reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from fairfloor.core.access import Actor, require
from fairfloor.indicators.models import MonthDraft, Reading
from fairfloor.indicators.reporting import own_plans

LONGEST_TEXT = 500
FIELDS = ("numerator", "denominator", "quality", "said", "explanation")


class DraftRefused(ValueError):
    """The draft was not kept. Codes: NOT_YOURS (no number of this person), FUTURE (month), SENT (all reported)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class DraftChanged(ValueError):
    """Another window or phone of the same person kept something else meanwhile; ``seen`` names what is there now."""

    def __init__(self, seen: str):
        super().__init__(seen)
        self.seen = seen


def seen_of_draft(draft: MonthDraft | None) -> str:
    """What names the state of a draft; "" where there is none."""
    return draft.kept_at.isoformat() if draft is not None and draft.kept_at is not None else ""


def _open_codes(actor: Actor, month: date, day: date) -> list[str]:
    own = [plan.indicator for plan in own_plans(actor.user_id)]
    if not own:
        raise DraftRefused("NOT_YOURS")
    if month > day:
        raise DraftRefused("FUTURE")
    there = set(
        Reading.objects.filter(indicator__in=own, month_date=month).values_list("indicator", flat=True)
    )
    if there >= set(own):
        raise DraftRefused("SENT")
    return [code for code in own if code not in there]


@transaction.atomic
def keep_draft(
    *,
    actor: Actor,
    month_date: date,
    fields: Mapping[str, str],
    day: date,
    at: datetime,
    seen: str = "",
    window: str = "",
) -> MonthDraft:
    """Keep what stands in a form, unchecked: a draft may be half a number. Nothing else reads it.

    ``fields`` are ``<indicator>-<field>``; what is not open and the person's own is left out. ``seen`` is the state the
    form knows (:func:`seen_of_draft`), ``window`` a name of the open page: a page may write over what it wrote itself,
    so that an answer lost on the way back is no conflict. Raises :class:`DraftRefused`, :class:`DraftChanged`.
    """
    require(actor, "readings.write")
    month = month_date.replace(day=1)
    names = {f"{code}-{field}" for code in _open_codes(actor, month, day) for field in FIELDS}
    kept = {name: text[:LONGEST_TEXT] for name, text in fields.items() if name in names and text.strip()}
    draft = MonthDraft.objects.select_for_update().filter(user_id=actor.user_id, month_date=month).first()
    window = window[:40]
    if draft is None:
        try:
            with transaction.atomic():
                return MonthDraft.objects.create(
                    user_id=actor.user_id, month_date=month, fields=kept, kept_at=at, window=window
                )
        except IntegrityError:
            draft = MonthDraft.objects.select_for_update().get(user_id=actor.user_id, month_date=month)
    is_known = seen == seen_of_draft(draft) or (window != "" and draft.window == window)
    if not is_known and draft.fields != kept:
        raise DraftChanged(seen_of_draft(draft))
    draft.fields, draft.kept_at, draft.window = kept, at, window
    draft.save(update_fields=["fields", "kept_at", "window"])
    return draft


def draft_of(actor: Actor, month_date: date) -> MonthDraft | None:
    """What the person has kept for a month."""
    return MonthDraft.objects.filter(user_id=actor.user_id, month_date=month_date.replace(day=1)).first()


def drop_draft(actor: Actor, month_date: date) -> None:
    """Forget the draft: the month has been reported."""
    MonthDraft.objects.filter(user_id=actor.user_id, month_date=month_date.replace(day=1)).delete()
