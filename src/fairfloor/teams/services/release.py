"""Letting the minutes of a meeting out to everybody in the factory, and taking them back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import check_version
from fairfloor.teams.models import Decision, Meeting
from fairfloor.teams.services.errors import MoveNotAllowed, WordsMissing
from fairfloor.teams.workflow import Status


@transaction.atomic
def release_minutes(
    *,
    actor: Actor,
    meeting_id: int,
    is_out: bool,
    day: date,
    at: datetime,
    is_for_board: bool | None = None,
    version: int | None = None,
) -> Meeting:
    """Let the minutes of a held meeting out, or take them back; doing it twice changes nothing.

    Released minutes go on the board by themselves, unless ``is_for_board`` says no.

    Raises :class:`MoveNotAllowed` for a meeting that was not held, :class:`WordsMissing` when there is nothing to read,
    ``StaleEdit``.
    """
    require(actor, "teams.manage")
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if (meeting.released_date is not None) == is_out and meeting.status == Status.HELD:
        return meeting
    check_version(meeting, version)
    if meeting.status != Status.HELD:
        raise MoveNotAllowed(meeting.status, meeting.status)
    if is_out and not meeting.minutes and not Decision.objects.filter(meeting=meeting).exists():
        raise WordsMissing
    meeting.released_date = day if is_out else None
    if is_out and is_for_board is not None:
        meeting.is_for_board = is_for_board
    meeting.version += 1
    meeting.save()
    if is_out:
        audit.record(actor, "meeting.released", meeting, at, is_for_board=meeting.is_for_board)
    else:
        audit.record(actor, "meeting.taken_back", meeting, at)
    return meeting


@transaction.atomic
def show_on_board(
    *, actor: Actor, meeting_id: int, is_for_board: bool, at: datetime, version: int | None = None
) -> Meeting:
    """Let released minutes onto the board, or take them off it; they stay released. Twice changes nothing.

    Raises :class:`MoveNotAllowed` for minutes that are not released, ``StaleEdit``.
    """
    require(actor, "teams.manage")
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.status != Status.HELD or meeting.released_date is None:
        raise MoveNotAllowed(meeting.status, meeting.status)
    if meeting.is_for_board == is_for_board:
        return meeting
    check_version(meeting, version)
    meeting.is_for_board = is_for_board
    meeting.version += 1
    meeting.save(update_fields=["is_for_board", "version"])
    audit.record(actor, "meeting.put_on_board" if is_for_board else "meeting.kept_off_board", meeting, at)
    return meeting
