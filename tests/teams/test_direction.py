"""The direction of a year: a vision, goals with a baseline that is looked up, targets that are better than it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.indicators.services import write_reading
from fairfloor.organisations.public import Role
from fairfloor.teams.models import Goal, Vision
from fairfloor.teams.services import GoalRefused, change_goal, drop_goal, set_goal, write_vision
from fairfloor.teams.workflow import is_better, way_gone
from tests.cast import NOW, TODAY
from tests.projects.builders import project_in

pytestmark = pytest.mark.django_db
YEAR = TODAY.year
BASE = {"baseline_start_date": date(YEAR - 1, 1, 1), "baseline_end_date": date(YEAR - 1, 12, 31)}


def read(factory, month, count, of=1000):
    write_reading(
        actor=factory.actor(Role.TEAM_SECRETARY),
        indicator="defect-rate",
        month_date=month,
        numerator=Decimal(count),
        denominator=Decimal(of),
        quality="A",
        day=TODAY,
        at=NOW,
    )


def goal_in(factory, **values):
    return set_goal(
        actor=factory.actor(Role.MANAGER),
        year=YEAR,
        day=TODAY,
        at=NOW,
        **{"title": "Fewer defects", "indicator": "defect-rate", "target": Decimal("0.02"), **BASE, **values},
    )


def test_a_goal_keeps_its_baseline_and_its_definition(river, hill):
    with scope(river.id):
        read(river, date(YEAR - 1, 3, 1), 40)
        project = project_in(river)
        goal = goal_in(river, project_codes=[project.code, project.code])
        assert (goal.baseline, goal.projects) == (Decimal("0.04"), (project.code,))
        assert goal.definition == "core-indicators@1:defect-rate"
        read(river, date(YEAR - 1, 4, 1), 10)
        goal.refresh_from_db()
        assert goal.baseline == Decimal("0.04")
    with scope(hill.id):
        assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "TITLE_MISSING"),
        ({"indicator": "no-such"}, "UNKNOWN_INDICATOR"),
        ({"indicator": "training.modules"}, "UNKNOWN_INDICATOR"),
        ({"target": Decimal("0.04")}, "WRONG_DIRECTION"),
        ({"target": Decimal("0.05")}, "WRONG_DIRECTION"),
        ({"target": Decimal(3)}, "NOT_A_SHARE"),
        ({"target": Decimal("-0.1")}, "NOT_A_SHARE"),
        ({"baseline_end_date": date(YEAR - 2, 1, 1)}, "BASELINE_ORDER"),
        ({"baseline_end_date": TODAY + timedelta(days=1)}, "BASELINE_IN_FUTURE"),
        ({"baseline_start_date": date(2001, 1, 1), "baseline_end_date": date(2001, 2, 1)}, "NO_BASELINE"),
        ({"project_codes": ["IP-NONE"]}, "UNKNOWN_PROJECT"),
    ],
)
def test_what_cannot_be_a_goal_is_refused(river, wrong, code):
    with scope(river.id):
        read(river, date(YEAR - 1, 3, 1), 40)
        with pytest.raises(GoalRefused, match=code):
            goal_in(river, **wrong)
        assert not Goal.objects.exists()


def test_a_goal_is_changed_and_dropped_with_a_reason(river):
    boss = river.actor(Role.MANAGER)
    with scope(river.id):
        read(river, date(YEAR - 1, 3, 1), 40)
        goal = goal_in(river)
        with pytest.raises(Forbidden):
            drop_goal(actor=river.actor(Role.TEAM_MEMBER), goal_id=goal.pk, reason="x", at=NOW)
        with pytest.raises(StaleEdit):
            change_goal(actor=boss, goal_id=goal.pk, version=9, day=TODAY, at=NOW, target=Decimal("0.03"))
        changed = change_goal(
            actor=boss, goal_id=goal.pk, version=1, day=TODAY, at=NOW, target=Decimal("0.03")
        )
        assert (changed.target, changed.version) == (Decimal("0.03"), 2)
        with pytest.raises(GoalRefused, match="REASON_MISSING"):
            drop_goal(actor=boss, goal_id=goal.pk, reason=" ", at=NOW)
        drop_goal(actor=boss, goal_id=goal.pk, reason="The order ended.", at=NOW, version=2)
        with pytest.raises(GoalRefused, match="DROPPED"):
            change_goal(actor=boss, goal_id=goal.pk, day=TODAY, at=NOW, target=Decimal("0.01"))


def test_better_and_the_way_gone():
    assert is_better(Decimal(2), Decimal(1), "UP")
    assert not is_better(Decimal(2), Decimal(1), "DOWN")
    assert not is_better(Decimal(1), Decimal(1), "UP")
    assert way_gone(Decimal(4), Decimal(3), Decimal(2)) == Decimal("0.5")
    assert way_gone(Decimal(4), Decimal(5), Decimal(2)) < 0


def test_the_pages(river, hill, client):
    with scope(river.id):
        read(river, date(YEAR - 1, 3, 1), 40)
    client.force_login(river.user("boss", Role.MANAGER))
    base = "/e/river/team/direction/"
    assert client.get(base).status_code == 200
    assert "No goal yet" in client.get(f"{base}{YEAR}/").content.decode()
    asked = {
        "title": "Fewer defects",
        "indicator": "defect-rate",
        "baseline_start_date": f"{YEAR - 1}-01-01",
        "baseline_end_date": f"{YEAR - 1}-12-31",
        "target": "5",
    }
    wrong = client.post(f"{base}{YEAR}/goals/new/", asked)
    assert wrong.status_code == 422
    assert "4.00 %" in wrong.content.decode()
    assert client.post(f"{base}{YEAR}/goals/new/", {**asked, "target": "2"}).status_code == 303
    assert client.post(f"{base}{YEAR}/vision/", {"text": "No sock comes back."}).status_code == 303
    with scope(river.id):
        goal, vision = Goal.objects.get(), Vision.objects.get()
        for month, count in ((1, 30), (2, 30)):
            read(river, date(YEAR, month, 1), count)
    assert (goal.target, vision.text) == (Decimal("0.02"), "No sock comes back.")
    for page in (f"{base}{YEAR}/", f"{base}{YEAR}/wall/"):
        shown = client.get(page).content.decode()
        assert all(
            words in shown
            for words in ("No sock comes back.", "3.00 %", "2.00 %", "On the way", "50 % of the way")
        )
    assert client.get(f"/e/river/team/goals/{goal.code}/").status_code == 200
    dropping = client.post(f"/e/river/team/goals/{goal.code}/drop/", {"reason": ""})
    assert dropping.status_code == 422
    assert "Why is the goal dropped: Write why the goal is dropped; the team will read it." in (
        dropping.content.decode()
    )
    empty = client.post(f"{base}{YEAR}/goals/new/", asked | {"title": "", "target": "much"}).content.decode()
    for words in ("What shall be better: Say what shall be better.", "Write the number you want to reach."):
        assert words in empty
    assert client.get(f"{base}1999/").status_code == 404
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    assert client.get(base).status_code == 200
    assert client.post(f"{base}{YEAR}/goals/new/", asked).status_code == 403
    client.force_login(hill.user("wu", Role.MANAGER))
    assert client.get(f"/e/hill/team/goals/{goal.code}/").status_code == 404


def test_a_vision_is_not_overwritten_unseen(river):
    boss = river.actor(Role.MANAGER)
    with scope(river.id):
        write_vision(actor=boss, year=YEAR, text="One", at=NOW)
        write_vision(actor=boss, year=YEAR, text="Two", at=NOW, version=1)
        with pytest.raises(StaleEdit):
            write_vision(actor=boss, year=YEAR, text="Three", at=NOW, version=1)
        with pytest.raises(GoalRefused):
            write_vision(actor=boss, year=YEAR, text=" ", at=NOW)
