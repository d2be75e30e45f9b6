"""Facts about teams: who is in them at the end of a period, and the meetings held in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.measure.composition import LEVELS, SEXES
from fairfloor.organisations.public import Level, Sex, worker_names
from fairfloor.teams.labels import team_name
from fairfloor.teams.models import Attendance, ImprovementTeam, Meeting, ShiftTalk, TeamMember
from fairfloor.teams.selectors import members_at, team_health
from fairfloor.teams.workflow import Status, is_in_term

ONE, ZERO = Decimal(1), Decimal(0)


def team_states(period: Period) -> Iterator[tuple[str, Fact]]:
    """Members at the period's end; shares of front line and women among those whose level or sex is known."""
    day = period.end_date
    # A period that has not ended is looked at today: nobody has missed what is still to come.
    health_day = min(day, max(period.start_date, timezone.now().date()))
    members = members_at(day)
    names = worker_names({row.member_code for row in members})
    for team in ImprovementTeam.objects.filter(is_active=True).order_by("code", "id"):
        found = team_health(team, health_day)
        # A team that has no members and never met is only a name.
        if found.points is not None and found.last_held is not None:
            yield (
                "team.health",
                Fact(
                    health_day,
                    numerator=found.points,
                    denominator=Decimal(found.possible),
                    item=team.code,
                    ref=RecordRef("teams:health", team.code, team_name(team)),
                ),
            )
    for row in members:
        label = names.get(row.member_code) or row.member_code
        group = {
            "department": row.department_code,
            "sex": row.sex,
            "level": row.level,
            "subject": row.member_code,
            "ref": RecordRef("teams:member", row.member_code, label),
        }
        yield "team.members", Fact(day, **group)
        if row.level in LEVELS:
            numerator = ONE if row.level == Level.FRONT_LINE else ZERO
            yield "team.front_line_share", Fact(day, numerator=numerator, denominator=ONE, **group)
        if row.sex in SEXES:
            numerator = ONE if row.sex == Sex.FEMALE else ZERO
            yield "team.women_share", Fact(day, numerator=numerator, denominator=ONE, **group)


def team_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Meetings held, and for each the members in term on its day, present or not; a person counts once."""
    meetings = list(
        Meeting.objects.filter(status=Status.HELD, meeting_date__range=(period.start_date, period.end_date))
        .select_related("team")
        .order_by("meeting_date", "number", "id")
    )
    if not meetings:
        return
    terms: dict[int, list[TeamMember]] = defaultdict(list)
    for row in TeamMember.objects.filter(team__in={m.team_id for m in meetings}).order_by("from_date", "id"):
        terms[row.team_id].append(row)
    present: dict[int, set[str]] = defaultdict(set)
    rows = Attendance.objects.filter(
        is_present=True,
        meeting__status=Status.HELD,
        meeting__meeting_date__range=(period.start_date, period.end_date),
    ).values_list("meeting_id", "member__member_code")
    for meeting_id, code in rows:
        present[meeting_id].add(code)
    for meeting in meetings:
        day = meeting.meeting_date
        ref = RecordRef("teams:meeting_by_code", meeting.code, meeting.code)
        yield "team.meetings_held", Fact(day, ref=ref)
        seen: set[str] = set()
        for row in terms[meeting.team_id]:
            if row.member_code in seen or not is_in_term(row.from_date, row.to_date, day):
                continue
            seen.add(row.member_code)
            yield (
                "team.attendance",
                Fact(
                    day,
                    numerator=ONE if row.member_code in present[meeting.id] else ZERO,
                    denominator=ONE,
                    department=row.department_code,
                    sex=row.sex,
                    level=row.level,
                    ref=ref,
                ),
            )


def talk_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Shift talks by their day and department; a withdrawn one was none."""
    rows = ShiftTalk.objects.filter(
        withdrawn_date=None, talk_date__range=(period.start_date, period.end_date)
    )
    for row in rows.order_by("talk_date", "id"):
        ref = RecordRef("teams:talk", row.code, row.code)
        yield "shift_talks.held", Fact(row.talk_date, department=row.department_code, ref=ref)


def _flows(period: Period) -> Iterator[tuple[str, Fact]]:
    yield from team_flows(period)
    yield from talk_flows(period)


def teams_aging(_since: date | None, today: date) -> list[date]:
    """Today: meetings leave the window of a team's health, and promises come due."""
    return [today]


SUPPLIER = Supplier(code="teams", flows=_flows, states=team_states, aging=teams_aging)
