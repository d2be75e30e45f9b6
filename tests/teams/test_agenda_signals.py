"""An indicator that moved more than chance comes on the agenda by itself; one that did not stays away."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import Reading
from fairfloor.indicators.public import signals_in
from fairfloor.organisations.public import Role
from fairfloor.teams.models import AgendaItem
from fairfloor.teams.services import close_meeting, open_meeting, schedule_meeting
from tests.cast import NOW, TODAY
from tests.pages import browser

FEBRUARY = date(2026, 2, 1)  # the month before TODAY


def read(values, indicator="defect-rate"):
    """Readings of the months up to February, the last value the newest."""
    for place, value in enumerate(reversed(values)):
        number = FEBRUARY.year * 12 + FEBRUARY.month - 1 - place
        month = date(number // 12, number % 12 + 1, 1)
        Reading.objects.create(
            indicator=indicator, month_date=month, numerator=Decimal(value), denominator=Decimal(1000)
        )


QUIET = [50, 52, 49, 51, 50, 48, 51, 50, 49, 51]


def begin(crew):
    meeting = schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=TODAY, at=NOW)
    return open_meeting(actor=crew.secretary, meeting_id=meeting.id, day=TODAY, at=NOW)


def codes(meeting):
    return list(AgendaItem.objects.filter(meeting=meeting).values_list("kind", "about_code", "carried_from"))


def test_a_jump_comes_on_the_agenda_and_stays_until_it_is_settled(crew, other_crew):
    with scope(other_crew.factory.id):
        read([*QUIET, 50])
        assert codes(begin(other_crew)) == []
    with scope(crew.factory.id):
        read([*QUIET, 90])
        assert [each.code for each, _rules in signals_in(FEBRUARY)] == ["defect-rate"]
        first = begin(crew)
        assert codes(first) == [("INDICATOR", "defect-rate@2026-02", None)]
        close_meeting(actor=crew.secretary, meeting_id=first.pk, minutes="", day=TODAY, at=NOW)
        second = begin(crew)
        assert codes(second) == [("INDICATOR", "defect-rate@2026-02", 1)]
    page = browser(crew.factory, Role.TEAM_SECRETARY).get("/e/river/team/meetings/EIT/2/?item=1")
    assert "February 2026: more than chance" in page.content.decode()


@pytest.mark.parametrize("values", [[90], [50] * 5 + [90], []])
def test_nobody_can_tell_a_signal_from_a_few_months(crew, values):
    with scope(crew.factory.id):
        read(values)
        assert signals_in(FEBRUARY) == []


def test_a_jump_of_an_older_month_or_without_a_denominator_is_left_alone(crew):
    with scope(crew.factory.id):
        read([*QUIET, 90, 50])
        assert signals_in(FEBRUARY) == []
        read([0] * 11, indicator="absenteeism-rate")
        Reading.objects.filter(indicator="absenteeism-rate").update(denominator=0)
        assert signals_in(FEBRUARY) == []
