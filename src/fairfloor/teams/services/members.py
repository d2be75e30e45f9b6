"""Verbs on teams and their members."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Worker
from fairfloor.teams.models import HandOver, ImprovementTeam, Meeting, TeamCheck, TeamMember
from fairfloor.teams.services.errors import (
    AttendedAfter,
    CheckNotDue,
    PostNotPassed,
    TeamExists,
    TermEndsBefore,
    TermInUse,
    TermOverlaps,
    WordsMissing,
)
from fairfloor.teams.workflow import Shift, Status, TeamRole, check_due, is_in_term

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


CHARTER = ("purpose", "rules", "sponsor_name", "meets_every_weeks", "programme_ended_date")


@transaction.atomic
def change_team(
    *,
    actor: Actor,
    team_id: int,
    name: str,
    is_active: bool,
    at: datetime,
    version: int | None = None,
    **charter: Any,
) -> ImprovementTeam:
    """Rename a team, change its charter (any of ``CHARTER``), or say that it has ended or works again.

    Members of an ended team count nowhere. Raises ``StaleEdit``.
    """
    require(actor, "teams.manage")
    if unknown := set(charter) - set(CHARTER):
        raise TypeError(f"Not part of a charter: {', '.join(sorted(unknown))}")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    check_version(team, version)
    was_active = team.is_active
    values = {name: value.strip() if isinstance(value, str) else value for name, value in charter.items()}
    changed = apply_changes(team, {"name": name.strip() or team.code, "is_active": is_active, **values})
    if not changed:
        return team
    team.save()
    audit.record(actor, "team.changed", team, at, changed=changed)
    if was_active != is_active:
        first = (
            TeamMember.objects.filter(team=team)
            .order_by("from_date", "id")
            .values_list("from_date", flat=True)
        )
        mark_stale(SUPPLIER, first.first())
    return team


@transaction.atomic
def check_team(
    *, actor: Actor, team_id: int, is_alive: bool, words: str, day: date, at: datetime
) -> TeamCheck:
    """Say how the team is, 6 or 12 months after its programme ended.

    Raises :class:`CheckNotDue`, and :class:`WordsMissing` when it has stopped and nobody says why.
    """
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    after_months = check_due(
        team.programme_ended_date, team.checks.values_list("after_months", flat=True), day
    )
    if after_months is None:
        raise CheckNotDue
    if not is_alive and not words.strip():
        raise WordsMissing
    check = TeamCheck.objects.create(
        team=team,
        after_months=after_months,
        check_date=day,
        is_alive=is_alive,
        words=words.strip(),
        by_name=actor.name,
    )
    audit.record(actor, "team.checked", team, at, months=after_months, is_alive=is_alive)
    return check


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    member_id: int,
    to_code: str,
    words: str,
    day: date,
    at: datetime,
    version: int | None = None,
) -> TeamMember:
    """Pass a post on from tomorrow, and keep what was said about it.

    The one who leaves the post stays a member. Raises :class:`PostNotPassed` for an ended term, for somebody who is not
    in the team, or to oneself; :class:`WordsMissing` without words; ``StaleEdit``.
    """
    require(actor, "teams.manage")
    member = _load(member_id, version)
    team = ImprovementTeam.objects.select_for_update().get(pk=member.team_id)
    running = [row for row in _running(team.pk, day) if row.member_code == to_code]
    leaves_too = any(row.to_date == day for row in running)
    holds = is_in_term(member.from_date, member.to_date, day)
    if not holds or not running or leaves_too or to_code == member.member_code:
        raise PostNotPassed
    if not words.strip():
        raise WordsMissing
    role = member.role
    for row, new_role in ((member, TeamRole.MEMBER.value), (running[0], role)):
        _change_role(row, new_role, day)
    HandOver.objects.create(
        team=team,
        role=role,
        from_code=member.member_code,
        to_code=to_code,
        hand_over_date=day,
        words=words.strip(),
    )
    audit.record(actor, "team.handed_over", team, at, role=role)
    mark_terms_stale({team.pk}, day)
    return running[0]


def _running(team_id: int, day: date) -> list[TeamMember]:
    rows = TeamMember.objects.select_for_update().filter(team_id=team_id, from_date__lte=day)
    return list(rows.filter(Q(to_date=None) | Q(to_date__gte=day)).order_by("from_date", "id"))


def _change_role(row: TeamMember, role: str, day: date) -> None:
    """A new role from tomorrow: today's meeting still belongs to the term so far."""
    last = row.to_date
    row.to_date = day
    row.version += 1
    row.save()
    if last is None or last > day:
        TeamMember.objects.create(
            team_id=row.team_id,
            member_code=row.member_code,
            sex=row.sex,
            level=row.level,
            department_code=row.department_code,
            shift=row.shift,
            role=role,
            from_date=day + timedelta(days=1),
            to_date=last,
        )


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
    shift: str = "",
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
        shift=Shift(shift).value if shift else "",
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


@transaction.atomic
def remove_member(*, actor: Actor, member_id: int, at: datetime, version: int | None = None) -> None:
    """Take away a term that was entered by mistake; the audit trail keeps who did and whom it named.

    A person whom a held meeting lists, there or not, or who has passed a post on or taken one over, was a member:
    :class:`TermInUse`. Raises :class:`StaleEdit`.
    """
    require(actor, "teams.manage")
    member = _load(member_id, version)
    held = member.attendances.filter(meeting__status=Status.HELD)
    numbers = list(held.order_by("meeting__number", "id").values_list("meeting__number", flat=True))
    named = Q(from_code=member.member_code) | Q(to_code=member.member_code)
    if numbers or HandOver.objects.filter(named, team=member.team_id).exists():
        raise TermInUse(numbers)
    audit.record(actor, "team_member.removed", member, at, team=member.team.code, member=member.member_code)
    mark_terms_stale({member.team_id}, member.from_date, member.to_date)
    # The ticks of meetings that have not ended, or were withdrawn, go with it.
    member.attendances.all().delete()
    TeamMember.objects.filter(pk=member.pk).delete_only()


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
    shift: str | None = None,
    version: int | None = None,
) -> TeamMember:
    """Put a wrong entry right; the record keeps what it said before. A ``shift`` that is not given stays.

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
    if shift is not None:
        wanted["shift"] = Shift(shift).value if shift else ""
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
