"""Verbs on meetings: plan, open, tick who is there, close, cancel, correct, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import check_version
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import own_worker_code
from fairfloor.teams.models import Attendance, ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.services.agenda import fill_agenda
from fairfloor.teams.services.errors import (
    DayInFuture,
    DayMissing,
    MoveNotAllowed,
    NotAMember,
    NotOnTheList,
    WordsMissing,
)
from fairfloor.teams.services.members import SUPPLIER
from fairfloor.teams.workflow import Status, is_in_term, may_move


def members_in_term(team_id: int, day: date) -> list[TeamMember]:
    """Who was in one team on a day, in the order of joining."""
    return list(
        TeamMember.objects.filter(team_id=team_id, from_date__lte=day)
        .filter(Q(to_date=None) | Q(to_date__gte=day))
        .order_by("from_date", "member_code", "id")
    )


def _load(meeting_id: int, version: int | None) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    check_version(meeting, version)
    return meeting


def _move(meeting: Meeting, new: Status) -> str:
    old = meeting.status
    if not may_move(old, new):
        raise MoveNotAllowed(old, new)
    meeting.status = new.value
    return old


def _save(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


@transaction.atomic
def schedule_meeting(
    *,
    actor: Actor,
    team_id: int,
    meeting_date: date,
    at: datetime,
    start_time: time | None = None,
    place: str = "",
    form_id: UUID | None = None,
) -> Meeting:
    """Plan the team's next meeting; it takes the next number.

    With ``form_id`` a form sent twice gives the first meeting again.
    """
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    if earlier := once.begin(form_id):
        return Meeting.objects.get(team=team, number=int(earlier))
    last = Meeting.objects.filter(team=team).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        team=team, number=last + 1, meeting_date=meeting_date, start_time=start_time, place=place.strip()
    )
    once.made(form_id, str(meeting.number))
    audit.record(actor, "meeting.planned", meeting, at, day=meeting_date.isoformat())
    return meeting


@transaction.atomic
def open_meeting(
    *, actor: Actor, meeting_id: int, day: date, at: datetime, version: int | None = None
) -> Meeting:
    """Begin a planned meeting today and fill its agenda; begun on another day than planned it has no hour.

    Raises `MoveNotAllowed`, `StaleEdit`.
    """
    require(actor, "teams.manage")
    meeting = _load(meeting_id, version)
    old = _move(meeting, Status.OPEN)
    planned = meeting.meeting_date
    if planned != day:
        # The hour was planned for another day; nobody met then.
        meeting.start_time = None
    meeting.meeting_date, meeting.started_at = day, at
    _save(meeting)
    count = fill_agenda(meeting, day)
    audit.record(
        actor,
        "meeting.opened",
        meeting,
        at,
        before=old,
        planned=planned.isoformat() if planned else "",
        items=count,
    )
    return meeting


def _tick(meeting: Meeting, present_ids: Iterable[int]) -> list[str]:
    """Write who is present; everybody else in term is absent. Returns the codes of those present."""
    if meeting.meeting_date is None:
        raise DayMissing
    present = set(present_ids)
    in_term = members_in_term(meeting.team_id, meeting.meeting_date)
    strangers = present - {member.id for member in in_term}
    if strangers:
        known = TeamMember.objects.filter(pk__in=strangers).order_by("member_code", "id")
        codes = list(known.values_list("member_code", flat=True))
        if len(codes) < len(strangers):
            raise TeamMember.DoesNotExist
        raise NotAMember(codes, meeting.meeting_date)
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, member=member, is_present=member.id in present) for member in in_term]
    )
    return [member.member_code for member in in_term if member.id in present]


def own_terms(actor: Actor, team_id: int) -> list[TeamMember]:
    """The terms in a team of the person signed in, known by who they are on the roster."""
    code = own_worker_code(actor)
    if not code:
        return []
    return list(TeamMember.objects.filter(team_id=team_id, member_code=code).order_by("from_date", "id"))


@transaction.atomic
def check_in_oneself(*, actor: Actor, meeting_id: int, day: date, at: datetime) -> TeamMember:
    """Tick oneself as present on the meeting's own day; a second tick changes nothing.

    Raises :class:`NotOnTheList` for somebody who is not in the team on that day, :class:`MoveNotAllowed` when the
    meeting is not today or is over. The meeting's version stays: the secretary's list is not made stale by it.
    """
    require(actor, "teams.decide")
    meeting = _load(meeting_id, None)
    if meeting.status not in {Status.PLANNED, Status.OPEN} or meeting.meeting_date != day:
        raise MoveNotAllowed(meeting.status, meeting.status)
    terms = own_terms(actor, meeting.team_id)
    own = next((row for row in terms if is_in_term(row.from_date, row.to_date, day)), None)
    if own is None:
        raise NotOnTheList(next((row.from_date for row in terms if row.from_date > day), None))
    tick, is_new = Attendance.objects.get_or_create(
        meeting=meeting, member=own, defaults={"is_present": True}
    )
    if is_new or not tick.is_present:
        tick.is_present = True
        tick.save(update_fields=["is_present"])
        audit.record(actor, "meeting.checked_in", meeting, at, present=[own.member_code])
    return own


@transaction.atomic
def check_in(
    *,
    actor: Actor,
    meeting_id: int,
    present_ids: Iterable[int],
    at: datetime,
    shown_ids: Iterable[int] | None = None,
    version: int | None = None,
) -> Meeting:
    """Tick who is there. Only members in term on the day can be; others raise :class:`NotAMember`.

    ``shown_ids`` are those the form showed as ticked: who ticked themselves since it was opened stays ticked.
    After the meeting was held the list is changed by :func:`correct_meeting`.
    """
    require(actor, "teams.decide")
    meeting = _load(meeting_id, version)
    if meeting.status not in {Status.PLANNED, Status.OPEN}:
        raise MoveNotAllowed(meeting.status, meeting.status)
    present = set(present_ids)
    if shown_ids is not None:
        present |= {row.member_id for row in _present(meeting)} - set(shown_ids)
    codes = _tick(meeting, present)
    _save(meeting)
    audit.record(actor, "meeting.checked_in", meeting, at, present=codes)
    return meeting


@transaction.atomic
def close_meeting(
    *, actor: Actor, meeting_id: int, minutes: str, day: date, at: datetime, version: int | None = None
) -> Meeting:
    """End a meeting: it was held. Its open items wait for the next one.

    Raises :class:`MoveNotAllowed` for one that is closed already, :class:`DayMissing`, :class:`DayInFuture`.
    """
    require(actor, "teams.manage")
    meeting = _load(meeting_id, version)
    old = _move(meeting, Status.HELD)
    if meeting.meeting_date is None:
        raise DayMissing
    if meeting.meeting_date > day:
        raise DayInFuture
    meeting.minutes = minutes.strip()
    _save(meeting)
    audit.record(actor, "meeting.held", meeting, at, before=old)
    mark_stale(SUPPLIER, meeting.meeting_date)
    return meeting


@transaction.atomic
def record_held_meeting(
    *,
    actor: Actor,
    meeting_id: int,
    meeting_date: date,
    minutes: str,
    present_ids: Iterable[int],
    day: date,
    at: datetime,
    start_time: time | None = None,
    place: str = "",
    version: int | None = None,
) -> Meeting:
    """Enter a planned meeting that was held on paper: its day, who was there, the minutes."""
    require(actor, "teams.manage")
    meeting = _load(meeting_id, version)
    if meeting.status != Status.PLANNED:
        raise MoveNotAllowed(meeting.status, Status.HELD)
    meeting.meeting_date = meeting_date
    meeting.start_time, meeting.place = start_time, place.strip()
    _tick(meeting, present_ids)
    meeting.save(update_fields=["meeting_date", "start_time", "place"])
    return close_meeting(actor=actor, meeting_id=meeting_id, minutes=minutes, day=day, at=at)


@transaction.atomic
def cancel_meeting(
    *, actor: Actor, meeting_id: int, reason: str, at: datetime, version: int | None = None
) -> Meeting:
    """Call a meeting off; it keeps its number and counts nowhere."""
    require(actor, "teams.manage")
    meeting = _load(meeting_id, version)
    old = _move(meeting, Status.CANCELLED)
    _save(meeting)
    audit.record(actor, "meeting.cancelled", meeting, at, before=old, reason=reason.strip())
    return meeting


@transaction.atomic
def withdraw_meeting(
    *, actor: Actor, meeting_id: int, reason: str, at: datetime, version: int | None = None
) -> Meeting:
    """Take a wrong entry out of every count; its trace stays. Raises `WordsMissing` without a reason."""
    require(actor, "teams.manage")
    if not reason.strip():
        raise WordsMissing
    meeting = _load(meeting_id, version)
    old = _move(meeting, Status.WITHDRAWN)
    _save(meeting)
    audit.record(actor, "meeting.withdrawn", meeting, at, before=old, reason=reason.strip())
    mark_stale(SUPPLIER, meeting.meeting_date)
    return meeting


@transaction.atomic
def correct_meeting(
    *,
    actor: Actor,
    meeting_id: int,
    meeting_date: date,
    minutes: str,
    present_ids: Iterable[int],
    day: date,
    at: datetime,
    start_time: time | None = None,
    place: str = "",
    reason: str = "",
    version: int | None = None,
) -> Meeting:
    """Put the day, hour, place, minutes or the list of those present right; the record keeps what they were.

    Raises :class:`NotAMember` when somebody present was not in the team on the new day, :class:`DayInFuture`.
    """
    require(actor, "teams.manage")
    meeting = _load(meeting_id, version)
    if meeting.status in {Status.CANCELLED, Status.WITHDRAWN}:
        raise MoveNotAllowed(meeting.status, meeting.status)
    if meeting.status != Status.PLANNED and meeting_date > day:
        raise DayInFuture
    was_present = [row.member.member_code for row in _present(meeting)]
    before = {
        "day": meeting.meeting_date.isoformat() if meeting.meeting_date else "",
        "minutes": meeting.minutes,
        "present": was_present,
        "hour": _hour(meeting.start_time),
        "place": meeting.place,
    }
    old_date = meeting.meeting_date
    meeting.meeting_date, meeting.minutes = meeting_date, minutes.strip()
    meeting.start_time, meeting.place = start_time, place.strip()
    now_present = _tick(meeting, present_ids)
    after = {
        "day": meeting_date.isoformat(),
        "minutes": meeting.minutes,
        "present": now_present,
        "hour": _hour(start_time),
        "place": meeting.place,
    }
    changed = {name: before[name] for name in before if before[name] != after[name]}
    if not changed:
        return meeting
    _save(meeting)
    audit.record(actor, "meeting.corrected", meeting, at, before=changed, reason=reason.strip())
    mark_stale(SUPPLIER, old_date, meeting_date)
    return meeting


def _hour(start_time: time | None) -> str:
    return start_time.strftime("%H:%M") if start_time else ""


def _present(meeting: Meeting) -> list[Attendance]:
    return list(
        Attendance.objects.filter(meeting=meeting, is_present=True)
        .select_related("member")
        .order_by("member__from_date", "member__member_code", "id")
    )
