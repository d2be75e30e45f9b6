"""Verbs on teams and their members."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import check_version
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Worker
from fairfloor.teams.models import ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.services.errors import AttendedAfter, TeamExists, TermEndsBefore, TermOverlaps
from fairfloor.teams.workflow import Status, TeamRole, is_in_term

SUPPLIER = "teams"


def mark_terms_stale(team_ids: set[int], *days: date | None) -> None:
    """Mark the months in which terms begin or end, and those of the meetings whose attendance they touch."""
    known = [day for day in days if day is not None]
    if not known:
        return
    meetings = Meeting.objects.filter(
        team__in=team_ids, status=Status.HELD, meeting_date__gte=min(known)
    ).values_list("meeting_date", flat=True)
    mark_stale(SUPPLIER, *known, *meetings)


@transaction.atomic
def create_team(*, actor: Actor, code: str, name: str, at: datetime) -> ImprovementTeam:
    """Set up a team. Raises :class:`TeamExists` for a code in use."""
    require(actor, "teams.manage")
    code = code.strip()
    if ImprovementTeam.objects.filter(code=code).exists():
        raise TeamExists(code)
    team = ImprovementTeam.objects.create(code=code, name=name.strip() or code)
    audit.record(actor, "team.created", team, at, code=code)
    return team


@transaction.atomic
def change_team(*, actor: Actor, team_id: int, name: str, is_active: bool, at: datetime) -> ImprovementTeam:
    """Rename a team, or say that it has ended or works again; members of an ended team count nowhere."""
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    before = {"name": team.name, "is_active": team.is_active}
    team.name, team.is_active = name.strip() or team.code, is_active
    team.save(update_fields=["name", "is_active"])
    audit.record(actor, "team.changed", team, at, before=before)
    if before["is_active"] != is_active:
        first = (
            TeamMember.objects.filter(team=team)
            .order_by("from_date", "id")
            .values_list("from_date", flat=True)
        )
        mark_stale(SUPPLIER, first.first())
    return team


def _check_term(
    team_id: int, member_code: str, from_date: date, to_date: date | None, but: int | None = None
) -> None:
    if to_date is not None and to_date < from_date:
        raise TermEndsBefore
    others = TeamMember.objects.filter(team_id=team_id, member_code=member_code).exclude(pk=but)
    if to_date is not None:
        others = others.filter(from_date__lte=to_date)
    if others.filter(Q(to_date=None) | Q(to_date__gte=from_date)).exists():
        raise TermOverlaps


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    team_id: int,
    member_code: str,
    from_date: date,
    at: datetime,
    role: str = TeamRole.MEMBER,
    sex: str = "",
    level: str = "",
    department_code: str = "",
    to_date: date | None = None,
) -> TeamMember:
    """Let a person into a team from a day on; facts not given come from the roster.

    Raises :class:`TermOverlaps` or :class:`TermEndsBefore`.
    """
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    code = member_code.strip()
    _check_term(team.id, code, from_date, to_date)
    worker = Worker.objects.filter(code=code).first()
    if worker is not None:
        sex, level = sex or worker.sex, level or worker.level
        department_code = department_code or worker.department_code
    member = TeamMember.objects.create(
        team=team,
        member_code=code,
        sex=sex,
        level=level,
        department_code=department_code,
        role=TeamRole(role).value,
        from_date=from_date,
        to_date=to_date,
    )
    audit.record(actor, "team_member.added", member, at, team=team.code, member=code)
    mark_terms_stale({team.id}, from_date, to_date)
    return member


def _check_attended(member: TeamMember, from_date: date, to_date: date | None) -> None:
    """Meetings a person was at must stay inside the term."""
    attended = member.attendances.filter(is_present=True).exclude(meeting__status=Status.WITHDRAWN)
    outside = [
        number
        for number, day in attended.order_by("meeting__number", "id").values_list(
            "meeting__number", "meeting__meeting_date"
        )
        if day is not None and not is_in_term(from_date, to_date, day)
    ]
    if outside:
        raise AttendedAfter(outside)


@transaction.atomic
def end_member_term(
    *, actor: Actor, member_id: int, to_date: date, at: datetime, version: int | None = None
) -> TeamMember:
    """End a term; its last day still belongs to it. The row stays as the record of who was in the team.

    Raises :class:`TermEndsBefore`, :class:`AttendedAfter`, :class:`StaleEdit`.
    """
    require(actor, "teams.manage")
    member = _load(member_id, version)
    if to_date < member.from_date:
        raise TermEndsBefore
    _check_attended(member, member.from_date, to_date)
    before = member.to_date
    member.to_date = to_date
    member.version += 1
    member.save(update_fields=["to_date", "version"])
    audit.record(actor, "team_member.ended", member, at, to_date=to_date.isoformat())
    mark_terms_stale({member.team_id}, before, to_date)
    return member


def _load(member_id: int, version: int | None) -> TeamMember:
    member = TeamMember.objects.select_for_update().get(pk=member_id)
    check_version(member, version)
    return member


@transaction.atomic
def correct_member(
    *,
    actor: Actor,
    member_id: int,
    role: str,
    sex: str,
    level: str,
    department_code: str,
    from_date: date,
    to_date: date | None,
    at: datetime,
    version: int | None = None,
) -> TeamMember:
    """Put a wrong entry right; the record keeps what it said before.

    Raises :class:`TermOverlaps`, :class:`TermEndsBefore`, :class:`AttendedAfter`, :class:`StaleEdit`.
    """
    require(actor, "teams.manage")
    member = _load(member_id, version)
    wanted = {
        "role": TeamRole(role).value,
        "sex": sex,
        "level": level,
        "department_code": department_code,
        "from_date": from_date,
        "to_date": to_date,
    }
    before = {name: getattr(member, name) for name in wanted if getattr(member, name) != wanted[name]}
    if not before:
        return member
    _check_term(member.team_id, member.member_code, from_date, to_date, but=member.pk)
    _check_attended(member, from_date, to_date)
    days = (member.from_date, member.to_date, from_date, to_date)
    for name in before:
        setattr(member, name, wanted[name])
    member.version += 1
    member.save(update_fields=[*before, "version"])
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    audit.record(actor, "team_member.corrected", member, at, before=plain)
    mark_terms_stale({member.team_id}, *days)
    return member
