"""What staff put on the board and take off it; what no longer holds vanishes by itself.

Released minutes are the one thing that hangs without being put up: releasing them is the decision.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.randomness import random_code
from fairfloor.desk.models import BoardItem, BoardLink
from fairfloor.projects.public import COMPLETED, ImprovementProject
from fairfloor.suggestions.public import IMPLEMENTED, Suggestion
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.teams.public import Meeting
from fairfloor.teams.public import Status as MeetingStatus

LONGEST = 300
TOLD = IMPLEMENTED | {SuggestionStatus.ACCEPTED}


class Kind(StrEnum):
    """What an item of the board tells of."""

    SUGGESTION = "SUGGESTION"
    PROJECT = "PROJECT"
    PHOTO = "PHOTO"  # before and after of a project, with a line below
    NOTE = "NOTE"
    MINUTES = "MINUTES"


class NothingToRelease(Exception):
    """The thing is not there, or not in a state in which it may be shown to everybody."""


class WordsMissing(Exception):
    """Nothing was written to show."""


def _source(kind: Kind, code: str) -> dict[str, object]:
    """What is kept of the thing behind an item. Raises :class:`NothingToRelease`."""
    if kind == Kind.SUGGESTION:
        found = Suggestion.objects.filter(code=code, status__in=TOLD).first()
        if found is not None:
            return {"is_done": found.status in IMPLEMENTED}
    elif kind in {Kind.PROJECT, Kind.PHOTO}:
        project = ImprovementProject.objects.filter(code=code, status__in=COMPLETED).first()
        if project is not None and kind == Kind.PROJECT:
            return {"is_done": True}
        if project is not None and project.photo_before_id and project.photo_after_id:
            return {
                "is_done": True,
                "photo_before_id": project.photo_before_id,
                "photo_after_id": project.photo_after_id,
            }
    elif kind == Kind.MINUTES:
        # Minutes that were not let out in the meeting's own page stay inside.
        known = code.isascii() and code.isdigit() and len(code) < 19
        if (
            known
            and Meeting.objects.filter(
                pk=int(code), status=MeetingStatus.HELD, released_date__isnull=False
            ).exists()
        ):
            return {}
    else:
        return {}
    raise NothingToRelease(code)


@transaction.atomic
def release_item(
    *, actor: Actor, kind: str, words: str, day: date, at: datetime, code: str = "", words_zh: str = ""
) -> BoardItem:
    """Put something on the board in the given words; what already hangs there under the code is replaced.

    Raises ``Forbidden``, :class:`WordsMissing` or :class:`NothingToRelease`.
    """
    require(actor, "board.release")
    words, words_zh = words.strip()[:LONGEST], words_zh.strip()[:LONGEST]
    if not words and not words_zh:
        raise WordsMissing
    known = Kind(kind)
    kept = _source(known, code)
    if known == Kind.NOTE:
        code = ""
    else:
        for old in BoardItem.objects.select_for_update().filter(
            kind=known, code=code, withdrawn_date__isnull=True
        ):
            old.withdrawn_date = day
            old.save(update_fields=["withdrawn_date"])
    item = BoardItem.objects.create(
        kind=known,
        code=code,
        words=words,
        words_zh=words_zh,
        released_by_name=actor.name,
        released_date=day,
        **kept,
    )
    audit.record(actor, "board_item.released", item, at, kind=known, code=code)
    return item


@transaction.atomic
def withdraw_item(*, actor: Actor, item_id: int, day: date, at: datetime) -> BoardItem:
    """Take something off the board at once; it can be put back. Raises ``BoardItem.DoesNotExist``."""
    require(actor, "board.release")
    item = BoardItem.objects.select_for_update().get(pk=item_id)
    if item.withdrawn_date is None:
        item.withdrawn_date = day
        item.save(update_fields=["withdrawn_date"])
        audit.record(actor, "board_item.withdrawn", item, at, kind=item.kind, code=item.code)
    return item


@transaction.atomic
def put_back_item(*, actor: Actor, item_id: int, day: date, at: datetime) -> BoardItem:
    """Undo a withdrawal, if what it tells still holds. Raises :class:`NothingToRelease`."""
    require(actor, "board.release")
    item = BoardItem.objects.select_for_update().get(pk=item_id)
    if item.withdrawn_date is not None:
        kept = _source(Kind(item.kind), item.code)
        if any(getattr(item, name) != value for name, value in kept.items() if name != "is_done"):
            raise NothingToRelease(item.code)
        same = BoardItem.objects.filter(kind=item.kind, code=item.code, withdrawn_date__isnull=True)
        if item.code and same.exists():
            raise NothingToRelease(item.code)
        item.withdrawn_date = None
        item.save(update_fields=["withdrawn_date"])
        audit.record(actor, "board_item.put_back", item, at, kind=item.kind, code=item.code)
    return item


@transaction.atomic
def renew_board_link(*, actor: Actor, at: datetime) -> BoardLink:
    """Give the board an address, or a new one; the old one shows nothing from then on."""
    require(actor, "enterprise.manage")
    link = BoardLink.objects.select_for_update().first() or BoardLink()
    link.token, link.created_at = random_code("", 16).strip("-").lower(), at
    link.save()
    audit.record(actor, "board_link.renewed", link, at)
    return link
