"""What the registers of Riverside Knitting give, imported through the sheets."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figures, split
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role
from fairfloor.teams.models import Attendance, ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.services import (
    NotAMember,
    change_team,
    correct_meeting,
    end_member_term,
    withdraw_meeting,
)
from fairfloor.teams.sheets import MeetingSheet, TeamMemberSheet
from tests.cast import NOW, TODAY

YEAR = Period(date(2022, 9, 1), date(2023, 8, 31))
CODES = (
    "team.members",
    "team.front_line_share",
    "team.women_share",
    "team.meetings_held",
    "team.attendance",
)
SEXES = [
    "MALE",
    "FEMALE",
    "FEMALE",
    "FEMALE",
    "FEMALE",
    "FEMALE",
    "FEMALE",
    "MALE",
    "FEMALE",
    "MALE",
    "FEMALE",
    "MALE",
    "FEMALE",
]
# Who was missing at meetings 2 to 10; the first was called off.
ABSENT = {2: "08 10", 3: "12", 4: "05 10", 5: "", 6: "05", 7: "10 12", 8: "05", 9: "02 05 13", 10: "02 13"}
DAYS = {
    1: date(2022, 10, 4),
    2: date(2022, 11, 6),
    3: date(2022, 12, 9),
    4: date(2023, 1, 11),
    5: date(2023, 2, 13),
    6: date(2023, 3, 18),
    7: date(2023, 4, 20),
    8: date(2023, 5, 23),
    9: date(2023, 6, 25),
    10: date(2023, 7, 28),
}


def member_rows():
    return [
        {
            "team": "EIT",
            "member": f"M{number:02}",
            "sex": sex,
            "level": "TOP" if number < 3 else "MANAGER",
            "department": "PAK",
            "shift": "NIGHT" if number == 3 else "",
            "role": "LEADER" if number == 1 else "MEMBER",
            "from_date": date(2022, 9, 1),
            "to_date": None,
        }
        for number, sex in enumerate(SEXES, 1)
    ]


def meeting_rows():
    everyone = [f"{number:02}" for number in range(1, 14)]
    return [
        {
            "team": "EIT",
            "number": number,
            "date": day,
            "status": "CANCELLED" if number == 1 else "HELD",
            "present": tuple(
                f"M{who}" for who in everyone if number > 1 and who not in ABSENT[number].split()
            ),
            "minutes": f"Minutes of meeting {number}" if number > 1 else "",
            "time": "",
            "place": "",
            "released_date": None,
            "on_board": "",
        }
        for number, day in DAYS.items()
    ]


def load(factory):
    TeamMemberSheet().save(factory.system, member_rows(), [], NOW)
    MeetingSheet().save(factory.system, meeting_rows(), [], NOW)


@pytest.fixture
def riverside(river, hill):
    """The registers in one factory; the other holds one meeting of its own."""
    with scope(hill.id):
        TeamMemberSheet().save(hill.system, member_rows()[:1], [], NOW)
    with scope(river.id):
        load(river)
        yield river


def test_the_published_numbers(riverside):
    found = figures(CODES, YEAR)
    assert found["team.members"].value == 13
    by_sex = split("team.members", YEAR, "sex")
    assert (by_sex["FEMALE"].value, by_sex["MALE"].value) == (9, 4)
    front_line = found["team.front_line_share"]
    assert (front_line.value, front_line.numerator, front_line.denominator) == (0, 0, 13)
    assert found["team.women_share"].value == Decimal(9) / Decimal(13)
    assert found["team.meetings_held"].value == 9
    present = 9 * 13 - sum(len(absent.split()) for absent in ABSENT.values())
    attendance = found["team.attendance"]
    assert (attendance.numerator, attendance.denominator, attendance.n) == (present, 117, 117)


def test_the_other_factory_keeps_its_own(riverside, hill):
    with scope(hill.id):
        found = figures(CODES, YEAR)
        assert found["team.members"].value == 1
        assert found["team.meetings_held"].value == 0


def test_the_rows_behind_a_figure(riverside):
    assert facts_behind("team.meetings_held", YEAR)[0].ref.key == "EIT-10"
    assert {fact.ref.key for fact in facts_behind("team.members", YEAR)} == {f"M{n:02}" for n in range(1, 14)}


def test_the_team_is_made_by_its_code(riverside):
    assert ImprovementTeam.objects.get().name == "Enterprise Improvement Team"


def test_what_goes_out_is_what_came_in(riverside):
    assert list(TeamMemberSheet().rows()) == member_rows()
    assert list(MeetingSheet().rows()) == meeting_rows()
    assert Attendance.objects.filter(meeting__number=2, is_present=False).count() == 2
    assert not Attendance.objects.filter(meeting__number=1).exists()


def test_a_changed_row_changes_the_figures(riverside):
    figures(CODES, YEAR)
    rows = meeting_rows()
    rows[1]["status"] = "CANCELLED"
    rows[1]["present"] = ()
    MeetingSheet().save(riverside.system, [], [rows[1]], NOW)
    gone = member_rows()[12] | {"to_date": date(2023, 8, 30)}
    TeamMemberSheet().save(riverside.system, [], [gone], NOW)
    found = figures(CODES, YEAR)
    assert found["team.meetings_held"].value == 8
    assert found["team.members"].value == 12
    assert Meeting.objects.get(number=2).version == 2


def test_a_person_in_two_teams_counts_once(riverside):
    TeamMemberSheet().save(riverside.system, [member_rows()[0] | {"team": "NIGHT"}], [], NOW)
    assert figures(CODES, YEAR)["team.members"].value == 13


def test_a_team_that_ended_counts_no_more(riverside):
    figures(CODES, YEAR)
    team = ImprovementTeam.objects.get(code="EIT")
    actor = riverside.actor(Role.MANAGER)
    change_team(actor=actor, team_id=team.id, name=team.name, is_active=False, at=NOW)
    assert figures(CODES, YEAR)["team.members"].value == 0


def test_an_unknown_level_is_in_no_share(riverside):
    TeamMemberSheet().save(riverside.system, [], [member_rows()[0] | {"level": "", "sex": ""}], NOW)
    found = figures(CODES, YEAR)
    assert found["team.members"].value == 13
    assert found["team.front_line_share"].denominator == 12
    assert found["team.women_share"].denominator == 12


def test_services_count_again_too(riverside):
    actor = riverside.actor(Role.TEAM_SECRETARY)
    figures(CODES, YEAR)
    member = TeamMember.objects.get(member_code="M13")
    end_member_term(actor=actor, member_id=member.id, to_date=date(2023, 5, 31), at=NOW)
    assert figures(CODES, YEAR)["team.members"].value == 12
    # Two meetings less to be at, and both were missed.
    assert figures(CODES, YEAR)["team.attendance"].denominator == 115
    meeting = Meeting.objects.get(number=5)
    withdraw_meeting(actor=actor, meeting_id=meeting.id, reason="Entered twice", at=NOW)
    assert figures(CODES, YEAR)["team.meetings_held"].value == 8
    meeting = Meeting.objects.get(number=6)
    correct_meeting(
        actor=actor,
        meeting_id=meeting.id,
        meeting_date=date(2023, 9, 18),
        minutes=meeting.minutes,
        present_ids=[],
        day=TODAY,
        at=NOW,
    )
    assert figures(CODES, YEAR)["team.meetings_held"].value == 7


def test_somebody_not_in_the_team_is_found_before_anything_is_written(river):
    rows = meeting_rows()
    rows[1]["present"] = ("M01", "X99")
    early = member_rows()
    early[1]["from_date"] = date(2022, 12, 1)
    sheets = {"TeamMembers": early}
    found = list(MeetingSheet().problems_across(rows[:3], sheets.__getitem__))
    assert [(i, p.column, p.code, p.values) for i, p in found] == [
        (1, "present", "NOT_A_MEMBER", {"values": "X99"})
    ]
    rows[1]["present"] = ("M01", "M02")
    found = list(MeetingSheet().problems_across(rows[:3], sheets.__getitem__))
    assert [(i, p.values["values"]) for i, p in found] == [(1, "M02")]
    with scope(river.id):
        TeamMemberSheet().save(river.system, early, [], NOW)
        with pytest.raises(NotAMember):
            MeetingSheet().save(river.system, rows, [], NOW)


def test_a_held_meeting_needs_its_day():
    row = meeting_rows()[1] | {"date": None}
    assert [(p.column, p.code) for p in MeetingSheet().problems_in(row)] == [("date", "MISSING_FOR_STATUS")]
    assert not list(MeetingSheet().problems_in(meeting_rows()[0] | {"date": None}))
    ended = member_rows()[0] | {"to_date": date(2022, 8, 1)}
    assert [(p.column, p.code) for p in TeamMemberSheet().problems_in(ended)] == [("to_date", "BEFORE")]
