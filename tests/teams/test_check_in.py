"""Ticking oneself by the QR code, beside the secretary's list."""

from datetime import timedelta

from django.utils import timezone

from fairfloor.accounts.public import User
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import Role, join_worker, local_day
from fairfloor.teams.models import Attendance
from fairfloor.teams.services import add_member, close_meeting, open_meeting, schedule_meeting
from tests.cast import NOW
from tests.pages import browser

PAGE = "/e/river/team/meetings/EIT/1/"


def begin(crew):
    with scope(crew.factory.id):
        day = local_day(crew.factory.enterprise, timezone.now())
        meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=day, at=NOW)
        return open_meeting(actor=crew.secretary, meeting_id=meeting.pk, day=day, at=NOW)


def named(crew, code, username="River-Team_Member"):
    """Put the login's name on the roster."""
    with scope(crew.factory.id):
        Worker.objects.create(code=code, name=username)


def ticks(crew):
    with scope(crew.factory.id):
        return {row.member.member_code: row.is_present for row in Attendance.objects.select_related("member")}


def test_a_member_ticks_themselves_and_the_secretarys_list_keeps_it(crew, other_crew):
    meeting = begin(crew)
    named(crew, "M02")
    named(other_crew, "M03")
    secretary, member = browser(crew.factory, Role.TEAM_SECRETARY), browser(crew.factory, Role.TEAM_MEMBER)
    opened = secretary.get(f"{PAGE}?item=0").content.decode()
    assert "data:image/svg+xml" in opened
    assert "I am here" in member.get(f"{PAGE}check-in/").content.decode()
    assert member.post(f"{PAGE}check-in/").status_code == 303
    assert member.post(f"{PAGE}check-in/").status_code == 303
    assert ticks(crew) == {"M02": True}
    assert "is on the list. Welcome." in member.get(f"{PAGE}check-in/").content.decode()
    # The secretary's page is older than the tick, and does not undo it.
    form = {"list": 1, "version": meeting.version, "present": [crew.members["M01"].pk]}
    assert secretary.post(f"{PAGE}attendance/", form).status_code == 303
    assert ticks(crew) == {"M01": True, "M02": True, "M03": False}
    # One that showed the tick may take it off.
    form |= {"version": meeting.version + 1, "shown": [crew.members["M02"].pk]}
    assert secretary.post(f"{PAGE}attendance/", form).status_code == 303
    assert ticks(crew)["M02"] is False
    assert browser(other_crew.factory, Role.TEAM_MEMBER).get(f"{PAGE}check-in/").status_code == 404


def test_a_login_joined_to_the_roster_ticks_whatever_its_name_is(crew, other_crew):
    begin(crew)
    named(crew, "M01")  # somebody else's name by chance
    named(crew, "M03", "Hu Lin")
    member = browser(crew.factory, Role.TEAM_MEMBER)
    with scope(crew.factory.id):
        user = User.objects.get(username="river-team_member")
        day = local_day(crew.factory.enterprise, timezone.now())
        manager = crew.factory.actor(Role.MANAGER)
        join_worker(actor=manager, user_id=user.pk, worker_code="M03", day=day, at=NOW)
    assert member.post(f"{PAGE}check-in/").status_code == 303
    assert ticks(crew) == {"M03": True}
    assert ticks(other_crew) == {}


def test_a_stranger_a_newcomer_and_a_namesake_are_told_what_to_do(crew):
    begin(crew)
    member = browser(crew.factory, Role.TEAM_MEMBER)
    answer = member.post(f"{PAGE}check-in/")
    assert answer.status_code == 422
    assert "not on the team&#x27;s list" in answer.content.decode()
    with scope(crew.factory.id):
        joins = local_day(crew.factory.enterprise, timezone.now()) + timedelta(days=3)
        late = add_member(
            actor=crew.secretary, team_id=crew.team.id, member_code="M04", from_date=joins, at=NOW
        )
    named(crew, "M04")
    answer = member.post(f"{PAGE}check-in/")
    assert answer.status_code == 422
    assert "You join the team on" in answer.content.decode()
    # Nor can the secretary tick somebody before joining.
    secretary = browser(crew.factory, Role.TEAM_SECRETARY)
    answer = secretary.post(f"{PAGE}attendance/", {"version": 2, "present": [late.pk]})
    assert answer.status_code == 422
    assert "Not in the team on this day: River-Team_Member." in answer.content.decode()
    named(crew, "M01")
    assert member.post(f"{PAGE}check-in/").status_code == 422
    assert ticks(crew) == {}


def test_nobody_ticks_themselves_after_the_end_or_on_another_day(crew):
    meeting = begin(crew)
    named(crew, "M02")
    member = browser(crew.factory, Role.TEAM_MEMBER)
    with scope(crew.factory.id):
        day = meeting.meeting_date
        close_meeting(actor=crew.secretary, meeting_id=meeting.pk, minutes="", day=day, at=NOW)
        tomorrow = day + timedelta(days=1)
        schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=tomorrow, at=NOW)
    for page in (PAGE, "/e/river/team/meetings/EIT/2/"):
        assert member.post(f"{page}check-in/").status_code == 409
        assert "not going on today" in member.get(f"{page}check-in/").content.decode()
    assert ticks(crew) == {}
