"""How alive a team is, posts passed on, and the look after the programme's end."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import month_of
from fairfloor.measure.team_health import Part
from fairfloor.organisations.public import Role
from fairfloor.teams.models import HandOver, ImprovementTeam, TeamMember
from fairfloor.teams.public import waiting
from fairfloor.teams.selectors import posts_without_successor, team_health
from fairfloor.teams.services import (
    CheckNotDue,
    PostNotPassed,
    WordsMissing,
    add_member,
    change_team,
    check_team,
    create_team,
    hand_over,
    record_held_meeting,
    schedule_meeting,
)
from fairfloor.teams.web.views_health import _part_sentence
from fairfloor.teams.workflow import check_due
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db


def team_in(factory, code="EIT", people=("A", "B", "C", "D", "E", "F"), since=TODAY - timedelta(days=300)):
    boss = factory.actor(Role.MANAGER)
    team = create_team(actor=boss, code=code, name="The team", at=NOW)
    for place, person in enumerate(people):
        add_member(
            actor=boss,
            team_id=team.pk,
            member_code=person,
            from_date=since,
            at=NOW,
            role="SECRETARY" if place == 0 else "MEMBER",
            sex="FEMALE" if place % 2 else "MALE",
            level="FRONT_LINE" if place % 3 else "MANAGER",
        )
    return team


def met(factory, team, day, present=4):
    boss = factory.actor(Role.MANAGER)
    meeting = schedule_meeting(actor=boss, team_id=team.pk, meeting_date=day, at=NOW)
    ids = list(
        TeamMember.objects.filter(team=team).order_by("member_code").values_list("pk", flat=True)[:present]
    )
    return record_held_meeting(
        actor=boss, meeting_id=meeting.pk, meeting_date=day, present_ids=ids, minutes="x", day=TODAY, at=NOW
    )


def test_the_score_has_five_parts_and_leaves_out_what_nobody_knows(river, hill):
    with scope(river.id):
        team = team_in(river)
        for weeks in (2, 6, 10):
            met(river, team, TODAY - timedelta(weeks=weeks))
        found = team_health(team, TODAY)
        parts = {part.code: part for part in found.parts}
        assert (parts["meetings"].numerator, parts["attendance"].numerator) == (3, 12)
        assert parts["attendance"].denominator == 18
        assert parts["actions"].points is None
        assert found.sleep == "AWAKE"
        assert found.possible == 100 - 25 - (10 if parts["women"].points is None else 0)
        month = month_of(TODAY)
        then = team_health(team, month.end_date)
        shown = figure("team.health", month)
        assert (shown.numerator, shown.denominator) == (pytest.approx(then.points, abs=0.001), then.possible)
    with scope(hill.id):
        assert figure("team.health", month_of(TODAY)).value is None


def test_a_team_that_does_not_meet_is_pointed_out(river):
    boss = river.actor(Role.MANAGER)
    with scope(river.id):
        team = team_in(river)
        met(river, team, TODAY - timedelta(weeks=7))
        assert team_health(team, TODAY).sleep == "DROWSY"
        assert any("six weeks" in one.text for one in waiting(boss, TODAY))
        schedule_meeting(actor=boss, team_id=team.pk, meeting_date=TODAY + timedelta(days=3), at=NOW)
        assert not any("six weeks" in one.text for one in waiting(boss, TODAY))
        assert team_health(team, TODAY + timedelta(weeks=7)).sleep == "DORMANT"


def test_a_post_is_passed_on_from_tomorrow_with_words(river):
    boss = river.actor(Role.MANAGER)
    with scope(river.id):
        team = team_in(river)
        secretary = TeamMember.objects.get(team=team, member_code="A")
        do = {"actor": boss, "member_id": secretary.pk, "day": TODAY, "at": NOW}
        with pytest.raises(WordsMissing):
            hand_over(**do, to_code="B", words=" ")
        for nobody in ("A", "Z"):
            with pytest.raises(PostNotPassed):
                hand_over(**do, to_code=nobody, words="All files are in the blue folder.")
        with pytest.raises(Forbidden):
            hand_over(**{**do, "actor": river.actor(Role.TEAM_MEMBER)}, to_code="B", words="x")
        with pytest.raises(StaleEdit):
            hand_over(**do, to_code="B", words="x", version=9)
        assert not HandOver.objects.exists()
        hand_over(**do, to_code="B", words="All files are in the blue folder.", version=1)
        tomorrow = TODAY + timedelta(days=1)
        roles = dict(
            TeamMember.objects.filter(team=team, from_date=tomorrow).values_list("member_code", "role")
        )
        assert roles == {"A": "MEMBER", "B": "SECRETARY"}
        assert TeamMember.objects.filter(team=team, to_date=TODAY).count() == 2


def test_a_post_that_ends_without_a_successor_is_pointed_out(river):
    with scope(river.id):
        team = team_in(river)
        TeamMember.objects.filter(team=team, member_code="A").update(to_date=TODAY + timedelta(days=20))
        assert [row.member_code for row in posts_without_successor(TODAY)] == ["A"]
        TeamMember.objects.filter(team=team, member_code="B").update(role="SECRETARY")
        assert posts_without_successor(TODAY) == []


def test_checks_after_the_programme():
    end = date(2026, 1, 15)
    days = (date(2026, 7, 14), date(2026, 7, 15), date(2027, 1, 14), date(2027, 1, 15), date(2030, 1, 1))
    assert [check_due(end, [], day) for day in days] == [None, 6, 6, 12, 12]
    assert check_due(end, [12], date(2030, 1, 1)) is None
    assert check_due(None, [], end) is None


def test_a_team_is_checked_once_and_one_that_stopped_says_why(river):
    boss = river.actor(Role.MANAGER)
    with scope(river.id):
        team = team_in(river)
        do = {"actor": boss, "team_id": team.pk, "day": TODAY, "at": NOW}
        with pytest.raises(CheckNotDue):
            check_team(**do, is_alive=True, words="")
        ended = {"name": team.name, "is_active": True, "programme_ended_date": TODAY - timedelta(days=200)}
        change_team(actor=boss, team_id=team.pk, at=NOW, version=1, **ended)
        with pytest.raises(StaleEdit):
            change_team(actor=boss, team_id=team.pk, at=NOW, version=1, **ended)
        assert any("How is" in one.text for one in waiting(boss, TODAY))
        with pytest.raises(WordsMissing):
            check_team(**do, is_alive=False, words=" ")
        check_team(**do, is_alive=True, words="")
        with pytest.raises(CheckNotDue):
            check_team(**do, is_alive=True, words="")


def test_the_pages(river, hill, client):
    with scope(river.id):
        team = team_in(river)
        met(river, team, TODAY - timedelta(weeks=1))
        term = TeamMember.objects.get(team=team, member_code="A")
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    shown = client.get("/e/river/team/health/EIT/")
    assert shown.status_code == 200
    assert "Promises kept" in shown.content.decode()
    passing = f"/e/river/team/members/A/terms/{term.pk}/pass-on/"
    assert client.get(passing).status_code == 403
    client.force_login(river.user("boss", Role.MANAGER))
    assert client.get(passing).status_code == 200
    assert client.post(passing, {"to_code": "B", "words": ""}).status_code == 422
    # Nobody takes a post over because a list happened to begin with them.
    nobody = client.post(passing, {"version": 1, "to_code": "", "words": "Keys are with Li."})
    assert nobody.status_code == 422
    assert "Choose who takes it over." in nobody.content.decode()
    assert (
        client.post(passing, {"version": 1, "to_code": "B", "words": "Keys are with Li."}).status_code == 303
    )
    assert client.post("/e/river/team/health/EIT/check/", {"is_alive": "yes"}).status_code == 422
    kept = {
        "name": "New name",
        "is_active": "on",
        "meets_every_weeks": "2",
        "purpose": "Better work",
        "version": "1",
    }
    assert client.post("/e/river/team/settings/EIT/", kept).status_code == 303
    assert client.post("/e/river/team/settings/EIT/", kept).status_code == 409
    refused = client.post("/e/river/team/settings/EIT/", kept | {"meets_every_weeks": "0", "version": "2"})
    assert "Write a number of weeks from 1 to 26." in refused.content.decode()
    assert "Better work" in client.get("/e/river/team/health/EIT/").content.decode()
    assert "Say how it is" not in client.get("/e/river/team/health/EIT/").content.decode()
    ended = {"programme_ended_date": TODAY - timedelta(days=200), "version": "2", "meets_every_weeks": "1"}
    assert client.post("/e/river/team/settings/EIT/", kept | ended).status_code == 303
    shown = client.get("/e/river/team/health/EIT/").content.decode()
    assert "Say how it is" in shown
    assert "every week" in shown
    assert client.get("/e/river/team/health/NONE/").status_code == 404
    client.force_login(hill.user("wu", Role.MANAGER))
    assert client.get("/e/river/team/health/EIT/").status_code == 404
    with scope(river.id):
        assert ImprovementTeam.objects.get(code="EIT").meets_every_weeks == 1


def test_the_words_of_a_part_follow_how_much_is_missing():
    nearly = _part_sentence(Part("attendance", Decimal(34), Decimal(39)))
    assert nearly == "34 of 39 seats taken in 90 days. A few seats stay empty."
    assert "Many seats stay empty" in _part_sentence(Part("attendance", Decimal(20), Decimal(39)))
