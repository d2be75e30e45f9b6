"""Counts beside the people who could have made them, and shares of what became of ideas and projects."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figure, figures, split
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role, person_months, record_workforce
from fairfloor.projects import services as project_services
from fairfloor.projects.workflow import months_after
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW
from tests.pages import browser
from tests.projects.builders import person, project_in
from tests.registers_rows import YEAR, bring_in, row

APRIL_TO_JUNE = Period(date(2025, 4, 1), date(2025, 6, 30))
PER_PEOPLE = "suggestions.per_100_people"


def counted(factory, day, *lines):
    record_workforce(actor=factory.system, snapshot_date=day, lines=lines, at=NOW)


def idea(number, day, status="NEW", **more):
    Suggestion.objects.create(
        code=f"S-{number}", submitted_date=day, status=status, channel="QR", text="x", **more
    )
    mark_stale("suggestions", day)


def test_person_months_follow_the_newest_count_and_weigh_parts_of_months(river, hill):
    with scope(hill.id):
        counted(hill, date(2025, 1, 1), ("", "FRONT_LINE", "FEMALE", 999))
    with scope(river.id):
        assert person_months(APRIL_TO_JUNE) == {}
        counted(
            river, date(2025, 5, 10), ("KNT", "FRONT_LINE", "FEMALE", 150), ("KNT", "MANAGER", "MALE", 50)
        )
        counted(river, date(2025, 6, 1), ("KNT", "FRONT_LINE", "FEMALE", 300))
        # April is before the first count, and half of June is fifteen of its thirty days.
        assert person_months(Period(date(2025, 4, 1), date(2025, 6, 15))) == {
            date(2025, 5, 1): Decimal(200),
            date(2025, 6, 1): Decimal(150),
        }


def test_ideas_for_each_100_people_leave_out_months_nobody_counted(river, hill):
    with scope(river.id):
        for number, day in enumerate(
            (date(2025, 4, 3), date(2025, 5, 3), date(2025, 6, 3), date(2025, 6, 4))
        ):
            idea(number, day, department_code="KNT")
        assert figure(PER_PEOPLE, APRIL_TO_JUNE).value is None
        counted(river, date(2025, 5, 31), ("KNT", "FRONT_LINE", "FEMALE", 200))
        found = figures([PER_PEOPLE, "suggestions.received"], APRIL_TO_JUNE)
        assert found["suggestions.received"].value == 4
        rate = found[PER_PEOPLE]
        # Three ideas of May and June in 400 months of work.
        assert (rate.numerator, rate.denominator, rate.value) == (3, 400, Decimal("0.75"))
        assert rate.lower < rate.value < rate.upper
        assert {key: each.value for key, each in split(PER_PEOPLE, APRIL_TO_JUNE, "month").items()} == {
            "2025-05-01": Decimal("0.5"),
            "2025-06-01": Decimal(1),
        }
        assert len(facts_behind(PER_PEOPLE, APRIL_TO_JUNE)) == 4
        # A later count of the same people moves the rate at once: nothing of it is kept.
        counted(river, date(2025, 6, 1), ("KNT", "FRONT_LINE", "FEMALE", 600))
        assert figure(PER_PEOPLE, APRIL_TO_JUNE).denominator == 800
    with scope(hill.id):
        assert figure(PER_PEOPLE, APRIL_TO_JUNE).value is None


def test_the_page_of_a_rate_per_people_says_both_sides(river):
    with scope(river.id):
        idea(1, date(2025, 5, 3))
        counted(river, date(2025, 5, 1), ("", "FRONT_LINE", "FEMALE", 50))
    page = browser(river, Role.MANAGER).get(f"/e/river/figures/{PER_PEOPLE}/?from=2025-05-01&to=2025-05-31")
    assert page.status_code == 200
    text = page.content.decode()
    assert "2.00 per 100 people a month" in text
    assert "1 in 50 months of work" in text
    # The range is one of rates, not of shares.
    assert "<dd>0.05 to 11.14</dd>" in text
    assert "See all rounds" not in text


def test_shares_of_what_became_of_ideas_each_answer_counted_once(river):
    with scope(river.id):
        day = APRIL_TO_JUNE.start_date
        for number, status in enumerate(
            ("NEW", "DECLINED", "MERGED", "ACCEPTED", "IMPLEMENTED", "CONFIRMED", "TO_SAFETY", "WITHDRAWN")
        ):
            idea(number, day + timedelta(days=number), status)
        found = figures(["suggestions.accepted_share", "suggestions.implemented_share"], APRIL_TO_JUNE)
        accepted, done = found.values()
        assert (accepted.numerator, accepted.denominator) == (4, 5)
        assert (done.numerator, done.denominator) == (2, 4)


@pytest.mark.parametrize(("state", "still"), [("YES", 1), ("PARTLY", 0), ("NO", 0)])
def test_only_the_look_after_six_months_tells_what_stayed(river, state, still):
    end = date(2025, 5, 12)
    with scope(river.id):
        project = project_in(river, day=end)
        chen = person(river, Role.MANAGER, user_id=2, name="Chen")
        project_services.finish_project(
            actor=person(river), project_id=project.pk, check_result="Good.", day=end, at=NOW
        )
        month = Period(date(2025, 5, 1), date(2025, 5, 31))
        assert figure("projects.in_place", month).value is None
        look = {"actor": chen, "project_id": project.pk, "words": "Seen.", "at": NOW}
        project_services.record_visit(**look, state="YES", day=months_after(end, 3))
        assert figure("projects.in_place", month).value is None
        project_services.record_visit(**look, state=state, day=months_after(end, 6))
        found = figure("projects.in_place", month)
        assert (found.numerator, found.denominator) == (still, 1)


def test_shares_among_people_trained_count_everybody_once(river):
    first = {"delivery": "TD-1", "module": "WPC", "module_label": "1", "start_date": date(2022, 9, 20)}
    second = {"delivery": "TD-2", "module": "GE", "module_label": "7", "start_date": date(2022, 11, 15)}
    people = (("P1", "FEMALE", "FRONT_LINE"), ("P2", "MALE", "MANAGER"), ("P3", "NOT_REPORTED", ""))
    hours = {"hours": Decimal(8), "hours_attended": Decimal(8)}
    with scope(river.id):
        bring_in(
            river,
            "Training",
            [
                row("Training", **hours | delivery | {"participant": code, "sex": sex, "level": level})
                for delivery in (first, second)
                for code, sex, level in people
            ],
        )
        found = figures(["training.women_share", "training.front_line_share"], YEAR)
        assert [(each.numerator, each.denominator) for each in found.values()] == [(1, 2), (1, 2)]
