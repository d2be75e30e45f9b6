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
    *, actor: Actor, meeting_id: int, is_out: bool, day: date, at: datetime, version: int | None = None
) -> Meeting:
    """Let the minutes of a held meeting out, or take them back; doing it twice changes nothing.

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
    meeting.version += 1
    meeting.save()
    audit.record(actor, "meeting.released" if is_out else "meeting.taken_back", meeting, at)
    return meeting
