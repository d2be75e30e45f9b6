"""Reads on teams and meetings, one function per screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from fairfloor.actions.public import ActionItem, actions_with_codes
from fairfloor.actions.public import Status as ActionStatus
from fairfloor.core.access import Actor
from fairfloor.measure.composition import (
    LEVELS,
    SEXES,
    Light,
    Member,
    WorkforceShares,
    assess,
    missing_shifts,
)
from fairfloor.measure.team_health import (
    WINDOW_DAYS,
    Part,
    PartCode,
    Sleep,
    health,
    meetings_planned,
    sleep,
)
from fairfloor.organisations.public import Department, Sex, latest_workforce, worker_names
from fairfloor.projects.public import ImprovementProject
from fairfloor.safety.public import Hazard
from fairfloor.suggestions.public import Suggestion
from fairfloor.teams.models import AgendaItem, Attendance, Decision, ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.workflow import IN_WORDS, DecisionKind, ItemKind, Status, TeamRole, check_due, is_in_term

_ROLE_ORDER = {role: place for place, role in enumerate(TeamRole)}


@dataclass(frozen=True)
class Composition:
    """Who sits in the teams beside who works in the factory, with the lights on it."""

    members: tuple[TeamMember, ...]
    lights: tuple[Light, ...]
    workforce: WorkforceShares
    missing_departments: tuple[str, ...]
    # Each missing shift as the codes it may go by, and how many members' shift is not known.
    missing_shifts: tuple[frozenset[str], ...]
    shift_unknown: int
    team_sexes: Counter[str]
    workforce_sexes: Counter[str]
    team_levels: Counter[str]
    workforce_levels: Counter[str]
    workforce_date: date | None


def members_at(day: date) -> list[TeamMember]:
    """Who is in any active team on a day, each person once, in the term that began first."""
    rows = (
        TeamMember.objects.filter(team__is_active=True, from_date__lte=day)
        .filter(Q(to_date=None) | Q(to_date__gte=day))
        .order_by("from_date", "member_code", "id")
        .select_related("team")
    )
    once: dict[str, TeamMember] = {}
    for row in rows:
        once.setdefault(row.member_code, row)
    return list(once.values())


def team_composition(day: date) -> Composition:
    """The distinct members of all active teams on a day, beside the newest workforce snapshot up to then."""
    members = tuple(members_at(day))
    sexes: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    snapshot = latest_workforce(day) or latest_workforce()
    for row in snapshot:
        sexes[row.sex] += row.headcount
        levels[row.level] += row.headcount
    production = dict(
        Department.objects.filter(kind="production").order_by("name", "id").values_list("code", "shifts")
    )
    workforce = WorkforceShares(
        women=sexes[Sex.FEMALE],
        total=sum(sexes[sex] for sex in SEXES),
        production_departments=frozenset(production),
        shifts=max((shifts for shifts in production.values() if shifts), default=None),
    )
    seats = _seats(members)
    lights = assess(seats, workforce)
    covered = {row.department_code for row in members}
    return Composition(
        members=members,
        lights=lights,
        workforce=workforce,
        missing_departments=tuple(code for code in production if code not in covered),
        missing_shifts=missing_shifts(seats, workforce.shifts),
        shift_unknown=sum(not row.shift for row in members),
        team_sexes=Counter(row.sex for row in members if row.sex in SEXES),
        workforce_sexes=Counter({sex: sexes[sex] for sex in SEXES}),
        team_levels=Counter(row.level for row in members if row.level in LEVELS),
        workforce_levels=Counter({level: levels[level] for level in LEVELS}),
        workforce_date=snapshot[0].snapshot_date if snapshot else None,
    )


def names_for(actor: Actor, members: Sequence[TeamMember]) -> dict[str, str]:
    """Member code → name for those who may know people's names; others see the code."""
    codes = {row.member_code for row in members}
    names = worker_names(codes) if actor.may("actions.view") else {}
    return {code: names.get(code) or code for code in codes}


def members_by_team(day: date) -> list[tuple[ImprovementTeam, list[TeamMember]]]:
    """The active teams with their members on a day: the leader first."""
    teams = list(ImprovementTeam.objects.filter(is_active=True).order_by("code", "id"))
    rows = list(
        TeamMember.objects.filter(team__is_active=True, from_date__lte=day)
        .filter(Q(to_date=None) | Q(to_date__gte=day))
        .order_by("from_date", "member_code", "id")
    )
    rows.sort(key=lambda row: _ROLE_ORDER.get(row.role, len(_ROLE_ORDER)))
    return [(team, [row for row in rows if row.team_id == team.id]) for team in teams]


def meetings_with_attendance() -> QuerySet[Meeting]:
    """Meetings with ``present`` and ``expected``, the numbers of members ticked and in term."""
    return (
        Meeting.objects.select_related("team")
        .annotate(
            present=Count("attendances", filter=Q(attendances__is_present=True)),
            expected=Count("attendances"),
        )
        .order_by("-meeting_date", "-number", "id")
    )


def meeting_of(team_code: str, number: int) -> Meeting | None:
    """One meeting by team and number, or None."""
    return Meeting.objects.filter(team__code=team_code, number=number).select_related("team").first()


def meeting_by_code(code: str) -> Meeting | None:
    """One meeting by its code, team and number in one; or None."""
    team_code, _dash, number = code.rpartition("-")
    return meeting_of(team_code, int(number)) if number.isdecimal() and len(number) < 9 else None


def next_meeting(day: date) -> Meeting | None:
    """The meeting that is going on, else the next planned one from a day on; or None."""
    return (
        Meeting.objects.filter(Q(status=Status.OPEN) | Q(status=Status.PLANNED, meeting_date__gte=day))
        .filter(team__is_active=True)
        .select_related("team")
        .order_by("meeting_date", "number", "id")
        .first()
    )


def calendar_meetings(team: ImprovementTeam, day: date) -> list[Meeting]:
    """The meetings a calendar shows: those with a day from 90 days back, called-off ones too; 200 at most."""
    rows = Meeting.objects.filter(team=team, meeting_date__gte=day - timedelta(days=WINDOW_DAYS))
    return list(rows.order_by("meeting_date", "number", "id")[:200])


def minutes_missing() -> list[Meeting]:
    """Held meetings whose minutes nobody has written; the newest first, at most ten."""
    return list(
        Meeting.objects.filter(status=Status.HELD, minutes="", team__is_active=True)
        .select_related("team")
        .order_by("-meeting_date", "id")[:10]
    )


def terms_of(member_code: str) -> list[TeamMember]:
    """All terms of a person, the newest first, with ``meetings`` and ``attended``."""
    held = Q(attendances__meeting__status=Status.HELD)
    return list(
        TeamMember.objects.filter(member_code=member_code)
        .select_related("team")
        .annotate(
            meetings=Count("attendances", filter=held),
            attended=Count("attendances", filter=held & Q(attendances__is_present=True)),
        )
        .order_by("-from_date", "id")
    )


@dataclass(frozen=True)
class TeamHealth:
    """How alive a team is: its score with its parts, whether it falls asleep, and the last meeting it held."""

    parts: tuple[Part, ...]
    points: Decimal | None
    possible: int
    sleep: Sleep
    last_held: date | None


def team_health(team: ImprovementTeam, day: date) -> TeamHealth:
    """The health of one team on a day, from its meetings, its promises and who sits in it."""
    since = day - timedelta(days=WINDOW_DAYS)
    rows = TeamMember.objects.filter(team=team, from_date__lte=day).order_by("from_date", "id")
    members = [row for row in rows if is_in_term(row.from_date, row.to_date, day)]
    held = Meeting.objects.filter(team=team, status=Status.HELD, meeting_date__lte=day)
    seats = Attendance.objects.filter(
        meeting__team=team,
        meeting__status=Status.HELD,
        meeting__meeting_date__gt=since,
        meeting__meeting_date__lte=day,
    ).aggregate(present=Count("pk", filter=Q(is_present=True)), expected=Count("pk"))
    promised = Decision.objects.filter(meeting__team=team, kind=DecisionKind.ADD_ACTION).values("result_code")
    # What is due today can still be kept.
    ripe = Q(due_date__lt=day) | Q(due_date=day, done_date__lte=day)
    due = ActionItem.objects.filter(ripe, code__in=promised, due_date__gt=since).exclude(
        status=ActionStatus.CANCELLED
    )
    kept = due.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(done_date__lte=F("due_date"))))
    lights = {light.code: light for light in assess(_seats(members), _workforce(day))}
    count = held.filter(meeting_date__gt=since).count()
    parts = (
        Part("meetings", Decimal(count), meetings_planned(team.meets_every_weeks)),
        Part("attendance", Decimal(seats["present"]), Decimal(seats["expected"])),
        Part("actions", Decimal(kept["kept"]), Decimal(kept["all"])),
        _light_part("workers", lights["worker_share"]),
        _light_part("women", lights["women_share"]),
    )
    score = health(parts)
    last_held = held.order_by("-meeting_date", "id").values_list("meeting_date", flat=True).first()
    return TeamHealth(
        parts=parts,
        points=score[0] if score else None,
        possible=score[1] if score else 0,
        sleep=sleep(last_held, rows[0].from_date if rows else None, day),
        last_held=last_held,
    )


def _seats(members: Iterable[TeamMember]) -> list[Member]:
    return [Member(row.sex, row.level, row.department_code, row.shift) for row in members]


def _workforce(day: date) -> WorkforceShares:
    counts: Counter[str] = Counter()
    for row in latest_workforce(day) or latest_workforce():
        counts[row.sex] += row.headcount
    return WorkforceShares(counts[Sex.FEMALE], sum(counts[sex] for sex in SEXES), frozenset())


def _light_part(code: PartCode, light: Light) -> Part:
    known = Decimal(0 if light.colour == "UNKNOWN" else 1)
    return Part(code, Decimal(light.colour == "GREEN"), known)


def posts_without_successor(day: date) -> list[TeamMember]:
    """Leaders and secretaries of active teams whose term ends within 30 days, with nobody after them in the post."""
    rows = TeamMember.objects.filter(
        team__is_active=True,
        role__in=(TeamRole.LEADER, TeamRole.SECRETARY),
        to_date__range=(day, day + timedelta(days=30)),
    ).select_related("team")
    followed = set(
        TeamMember.objects.filter(team__is_active=True, role__in=(TeamRole.LEADER, TeamRole.SECRETARY))
        .filter(Q(to_date=None) | Q(to_date__gt=day + timedelta(days=30)))
        .values_list("team_id", "role")
    )
    return [row for row in rows.order_by("to_date", "id") if (row.team_id, row.role) not in followed]


def teams_to_check(day: date) -> list[tuple[ImprovementTeam, int]]:
    """Teams whose programme ended 6 or 12 months ago and that nobody has looked at since."""
    rows = (
        ImprovementTeam.objects.filter(is_active=True, programme_ended_date__lte=day)
        .prefetch_related("checks")
        .order_by("code", "id")
    )
    due = (
        (team, check_due(team.programme_ended_date, [c.after_months for c in team.checks.all()], day))
        for team in rows
    )
    return [(team, months) for team, months in due if months is not None]


@dataclass(frozen=True)
class ItemView:
    """One agenda item with the record behind it; ``record`` is None for a topic, or when it may not be seen."""

    item: AgendaItem
    place: int
    record: Suggestion | Hazard | ImprovementProject | ActionItem | None
    decisions: tuple[Decision, ...]
    is_closed_to_reader: bool = False


def _records(kind: ItemKind, codes: set[str]):
    if not codes:
        return {}
    if kind is ItemKind.ACTION:
        return actions_with_codes(codes)
    model = {
        ItemKind.SUGGESTION: Suggestion,
        ItemKind.HAZARD: Hazard,
        ItemKind.PROJECT: ImprovementProject,
    }[kind]
    return {row.code: row for row in model.objects.filter(code__in=codes)}


_VIEW_PERMISSION = {
    ItemKind.SUGGESTION: "suggestions.view",
    ItemKind.HAZARD: "safety.view_finder",
    ItemKind.PROJECT: "projects.view",
    ItemKind.ACTION: "actions.view",
}


def agenda_of(meeting: Meeting, actor: Actor) -> list[ItemView]:
    """The agenda in order, each item with its record and what was decided on it.

    A reader by grant sees no worker's words: the record stays closed unless its own feature is open to them.
    """
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id"))
    by_item: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(meeting=meeting).order_by("position", "id"):
        by_item.setdefault(decision.item_id, []).append(decision)
    records = {
        kind: _records(kind, {item.about_code for item in items if item.kind == kind})
        for kind, permission in _VIEW_PERMISSION.items()
        if actor.may(permission)
    }
    return [
        ItemView(
            item=item,
            place=place,
            record=records.get(ItemKind(item.kind), {}).get(item.about_code),
            decisions=tuple(by_item.get(item.id, ())),
            is_closed_to_reader=item.kind not in IN_WORDS and ItemKind(item.kind) not in records,
        )
        for place, item in enumerate(items, 1)
    ]
