"""Who is in a team, from when to when."""

from datetime import date, timedelta

import pytest

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.models import AuditEvent, StaleMark
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.teams.models import TeamMember
from fairfloor.teams.services import (
    AttendedAfter,
    TeamExists,
    TermEndsBefore,
    TermInUse,
    TermOverlaps,
    add_member,
    check_in,
    close_meeting,
    correct_member,
    create_team,
    end_member_term,
    hand_over,
    members_in_term,
    open_meeting,
    remove_member,
    schedule_meeting,
)
from tests.cast import NOW, TODAY
from tests.teams.conftest import JOINED

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def inside(crew, other_crew):
    """The crew of one factory, in scope, beside another."""
    with scope(crew.factory.id):
        yield crew


def join(crew, code, **values):
    values = {"from_date": JOINED, **values}
    return add_member(actor=crew.secretary, team_id=crew.team.id, member_code=code, at=NOW, **values)


def test_a_team_has_one_code(inside):
    with pytest.raises(TeamExists):
        create_team(actor=inside.secretary, code=" EIT ", name="Again", at=NOW)
    with pytest.raises(Forbidden):
        create_team(actor=inside.factory.actor(Role.TEAM_MEMBER), code="NIGHT", name="Night", at=NOW)
    assert create_team(actor=inside.secretary, code="NIGHT", name="", at=NOW).name == "NIGHT"


def test_both_ends_belong_to_a_term(inside):
    last = date(2026, 2, 28)
    end_member_term(actor=inside.secretary, member_id=inside.members["M03"].id, to_date=last, at=NOW)
    in_team = [[m.member_code for m in members_in_term(inside.team.id, day)] for day in (JOINED, last, TODAY)]
    assert in_team == [["M01", "M02", "M03"], ["M01", "M02", "M03"], ["M01", "M02"]]
    assert not members_in_term(inside.team.id, JOINED - timedelta(days=1))


def test_a_person_can_come_back_but_not_be_there_twice(inside):
    with pytest.raises(TermOverlaps):
        join(inside, "M03", from_date=TODAY)
    end_member_term(actor=inside.secretary, member_id=inside.members["M03"].id, to_date=TODAY, at=NOW)
    with pytest.raises(TermOverlaps):
        join(inside, "M03", from_date=TODAY)
    join(inside, "M03", from_date=TODAY + timedelta(days=1))
    with pytest.raises(TermOverlaps):
        join(inside, "M03", from_date=date(2025, 1, 1), to_date=JOINED)
    join(inside, "M03", from_date=date(2025, 1, 1), to_date=JOINED - timedelta(days=1))
    assert TeamMember.objects.filter(member_code="M03").count() == 3


def test_a_term_does_not_end_before_it_begins_or_before_a_meeting(inside):
    member = inside.members["M03"]
    with pytest.raises(TermEndsBefore):
        join(inside, "M09", to_date=JOINED - timedelta(days=1))
    with pytest.raises(TermEndsBefore):
        end_member_term(
            actor=inside.secretary, member_id=member.id, to_date=JOINED - timedelta(days=1), at=NOW
        )
    meeting = schedule_meeting(actor=inside.secretary, team_id=inside.team.id, meeting_date=TODAY, at=NOW)
    check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[member.id], at=NOW)
    with pytest.raises(AttendedAfter) as found:
        end_member_term(
            actor=inside.secretary, member_id=member.id, to_date=TODAY - timedelta(days=1), at=NOW
        )
    assert found.value.numbers == (1,)
    assert TeamMember.objects.get(pk=member.pk).to_date is None


def test_a_correction_keeps_what_it_said(inside):
    member = inside.members["M02"]
    values = {
        "role": "DEPUTY",
        "sex": "FEMALE",
        "level": "FRONT_LINE",
        "department_code": "KNT",
        "from_date": date(2026, 1, 5),
        "to_date": None,
    }
    correct_member(actor=inside.secretary, member_id=member.id, at=LATER, version=1, **values)
    before = audit.story_of(member)[-1].detail["before"]
    assert before == {"role": "SECRETARY", "from_date": "2026-01-01"}
    with pytest.raises(StaleEdit):
        correct_member(actor=inside.secretary, member_id=member.id, at=LATER, version=1, **values)


def test_what_was_entered_by_mistake_goes_and_the_trail_keeps_it(inside):
    wrong = join(inside, "M09")
    meeting = schedule_meeting(actor=inside.secretary, team_id=inside.team.id, meeting_date=TODAY, at=NOW)
    check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[wrong.id], at=NOW)
    with pytest.raises(Forbidden):
        remove_member(actor=inside.factory.actor(Role.TEAM_MEMBER), member_id=wrong.id, at=LATER)
    with pytest.raises(StaleEdit):
        remove_member(actor=inside.secretary, member_id=wrong.id, at=LATER, version=9)
    assert "M09" in [member.member_code for member in members_in_term(inside.team.id, TODAY)]
    StaleMark.objects.all().delete()
    remove_member(actor=inside.secretary, member_id=wrong.id, at=LATER, version=1)
    assert "M09" not in [member.member_code for member in members_in_term(inside.team.id, TODAY)]
    last = AuditEvent.objects.get(verb="team_member.removed")
    assert (last.object_id, last.detail) == (wrong.id, {"team": "EIT", "member": "M09"})
    assert JOINED.replace(day=1) in StaleMark.objects.values_list("month_date", flat=True)


def test_somebody_who_was_a_member_stays_one(inside):
    member = inside.members["M03"]
    meeting = schedule_meeting(actor=inside.secretary, team_id=inside.team.id, meeting_date=TODAY, at=NOW)
    open_meeting(actor=inside.secretary, meeting_id=meeting.id, day=TODAY, at=NOW)
    check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[inside.members["M01"].id], at=NOW)
    close_meeting(actor=inside.secretary, meeting_id=meeting.id, minutes="", day=TODAY, at=NOW)
    # Not there, but on the list.
    with pytest.raises(TermInUse) as found:
        remove_member(actor=inside.secretary, member_id=member.id, at=LATER)
    assert found.value.numbers == (1,)
    newcomer = join(inside, "M09")
    hand_over(
        actor=inside.secretary,
        member_id=inside.members["M02"].id,
        to_code="M09",
        words="The folder is in the cupboard.",
        day=TODAY,
        at=NOW,
    )
    with pytest.raises(TermInUse) as found:
        remove_member(actor=inside.secretary, member_id=newcomer.id, at=LATER)
    assert found.value.numbers == ()
    assert TeamMember.objects.filter(pk__in=[member.pk, newcomer.pk]).count() == 2


def test_another_factory_is_out_of_reach(inside, other_crew):
    theirs = other_crew.members["M01"]
    with pytest.raises(TeamMember.DoesNotExist):
        end_member_term(actor=inside.secretary, member_id=theirs.id, to_date=TODAY, at=NOW)
    with pytest.raises(TeamMember.DoesNotExist):
        remove_member(actor=inside.secretary, member_id=theirs.id, at=NOW)
    assert TeamMember.objects.count() == 3
