"""Figures that a new day alone changes: nobody writes anything, and yet an answer is late."""

from datetime import datetime, timedelta

import pytest

from fairfloor.actions.public import ActionItem
from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import KeptPeriod
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period, month_of
from fairfloor.safety.models import Control, JobRisk
from fairfloor.teams.models import AgendaItem, Decision
from fairfloor.teams.selectors import team_health
from tests.cast import NOW, TODAY
from tests.projects.builders import suggestion_in
from tests.teams.test_health import met, team_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    def turn_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    turn_to(NOW)
    return turn_to


def late_share(day):
    found = figure("suggestions.decided_in_14_days", month_of(day))
    return found.numerator, found.denominator


def test_an_answer_is_late_when_its_day_has_passed_without_any_write(river, hill, clock):
    for factory in (river, hill):
        with scope(factory.id):
            suggestion_in(factory)
            assert late_share(TODAY) == (0, 0)
    with scope(river.id):
        clock(NOW + timedelta(days=14))
        assert late_share(TODAY) == (0, 0)
        clock(NOW + timedelta(days=15))
        assert late_share(TODAY) == (0, 1)
        # Once a day is enough, and a day leaves one mark.
        assert late_share(TODAY) == (0, 1)
        assert KeptPeriod.objects.filter(supplier__startswith="aged:suggestions:").count() == 1
    with scope(hill.id):
        clock(NOW + timedelta(days=400))
        assert late_share(TODAY) == (0, 1)


def test_health_on_the_dashboard_is_that_of_the_team_s_page_all_month(river, clock):
    with scope(river.id):
        team = team_in(river)
        for weeks in (1, 6, 12):
            met(river, team, TODAY - timedelta(weeks=weeks))
        month = month_of(TODAY)
        for days in (0, 9, 20):
            clock(NOW + timedelta(days=days))
            today = TODAY + timedelta(days=days)
            shown, page = figure("team.health", month), team_health(team, today)
            assert (float(shown.numerator), shown.denominator) == (
                pytest.approx(float(page.points), abs=0.001),
                page.possible,
            )


def test_a_promise_is_broken_only_when_its_day_is_over(river, clock):
    with scope(river.id):
        team = team_in(river)
        meeting = met(river, team, TODAY - timedelta(days=10))
        action = ActionItem.objects.create(
            code="A-1", text="Oil it", due_date=TODAY, created_date=TODAY, status="OPEN"
        )
        item = AgendaItem.objects.create(meeting=meeting, position=1, kind="OTHER", title="Oil")
        Decision.objects.create(
            meeting=meeting, item=item, position=1, kind="ADD_ACTION", text="Oil it", result_code=action.code
        )

        def part(day, code):
            return next(one for one in team_health(team, day).parts if one.code == code)

        assert part(TODAY, "actions").points is None
        assert part(TODAY + timedelta(days=1), "actions").points == 0
        ActionItem.objects.filter(pk=action.pk).update(done_date=TODAY, status="DONE")
        assert part(TODAY, "actions").points == 25
        # The same 90 days for meetings and for the seats at them.
        last = TODAY - timedelta(days=10) + timedelta(days=90)
        assert part(last - timedelta(days=1), "meetings").numerator == 1
        assert part(last - timedelta(days=1), "attendance").denominator == 6
        assert part(last, "meetings").numerator == part(last, "attendance").denominator == 0


def test_what_is_due_later_this_month_is_late_for_nobody_yet(river, clock):
    with scope(river.id):
        risk = JobRisk.objects.create(
            job="Knitting",
            step="Thread",
            hazard="Needle",
            assessed_date=TODAY,
            method="MATRIX",
            likelihood=3,
            severity=3,
        )
        Control.objects.create(
            risk=risk,
            position=1,
            text="A guard",
            is_in_place=False,
            owner_name="Li",
            due_date=TODAY + timedelta(days=5),
        )
        year = Period(TODAY - timedelta(days=90), TODAY.replace(day=31))
        assert figure("job_risks.measures_overdue", year).value == 0
        clock(NOW + timedelta(days=6))
        assert figure("job_risks.measures_overdue", year).value == 1
