"""Rounds and answers: figures, sheets, and what may not be seen."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figures, split
from fairfloor.organisations.public import Role
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.surveys.public import quality_flags
from fairfloor.surveys.services import RoundRefused, cancel_round, close_round, open_round
from tests.cast import NOW
from tests.pages import browser, queries_of
from tests.registers_rows import YEAR, bring_in, problems, row, sheet

OPENED, CLOSED = date(2022, 10, 31), date(2022, 11, 7)


def answers(count, value=5, number=1, **values):
    items = {f"q{item}": value for item in range(1, 21)}
    return [row("SurveyAnswers", round=number, **items, **values) for _each in range(count)]


def bring_round(factory, rows, number=1, invited=300, status="CLOSED"):
    made = {"round": number, "opened": OPENED, "closed": CLOSED, "invited": invited, "status": status}
    bring_in(factory, "SurveyRounds", [row("SurveyRounds", **made)])
    sheet("SurveyAnswers").replace(factory.system, number, rows, NOW)


def test_the_published_numbers(river, hill):
    with scope(hill.id):
        bring_round(hill, answers(10, value=1))
    with scope(river.id):
        bring_round(river, answers(266) + answers(2, value=3))
        found = figures(["surveys.rounds_closed", "surveys.favourable", "surveys.response_rate"], YEAR)
        assert found["surveys.rounds_closed"].value == 1
        favourable = found["surveys.favourable"]
        assert (favourable.numerator, favourable.denominator, favourable.n) == (5320, 5360, 268)
        rate = found["surveys.response_rate"]
        assert (rate.numerator, rate.denominator) == (268, 300)
        assert rate.lower < rate.value < rate.upper
        assert [flag.code for flag in quality_flags(1)] == ["CEILING", "STRAIGHT_LINING"]
        assert facts_behind("surveys.favourable", YEAR) == []


def test_replacing_answers_leaves_none_of_the_old_and_tells_nobody(river):
    with scope(river.id):
        bring_round(river, answers(8, value=2))
        sheet("SurveyAnswers").replace(river.system, 1, answers(6, value=4), NOW)
        assert Response.objects.count() == 6
        assert figures(["surveys.favourable"], YEAR)["surveys.favourable"].value == 1
        assert not AuditEvent.objects.filter(object_type="surveys.response").exists()


def test_small_groups_are_not_shown(river):
    rows = [
        *answers(9, sex="FEMALE", department="KNT"),
        *answers(8, sex="MALE", department="KNT"),
        *answers(2, sex="MALE", department="PAK"),
    ]
    with scope(river.id):
        bring_round(river, rows)
        departments = split("surveys.favourable", YEAR, "department")
        assert departments["PAK"].is_suppressed
        assert departments["KNT"].is_suppressed  # or PAK could be worked out
        assert not any(each.is_suppressed for each in split("surveys.favourable", YEAR, "sex").values())
        shown = list(sheet("SurveyAnswers").rows_to_show())
        assert {each["department"] for each in shown} == {""}
        assert {each["sex"] for each in shown} == {"FEMALE", "MALE"}
        assert {each["department"] for each in sheet("SurveyAnswers").rows()} == {"KNT", "PAK"}


def test_open_and_tiny_rounds_say_nothing(river):
    with scope(river.id):
        bring_round(river, answers(30), status="OPEN")
        bring_round(river, answers(4), number=2)
        assert figures(["surveys.favourable"], YEAR)["surveys.favourable"].is_suppressed
        assert list(sheet("SurveyAnswers").rows_to_show()) == []
        assert quality_flags(1) == ()
        assert [flag.code for flag in quality_flags(2)] == ["TOO_FEW", "LOW_RESPONSE"]
    client = browser(river, Role.MANAGER)
    for number in (1, 2):
        page = client.get(f"/e/river/surveys/{number}/").content.decode()
        assert "100.0" not in page
        assert "free to answer" not in page


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"closed": date(2022, 10, 1)}, ("closed", "BEFORE")),
        ({"closed": None}, ("closed", "MISSING_FOR_STATUS")),
    ],
)
def test_what_a_round_may_not_say(values, problem):
    made = {"round": 1, "opened": OPENED, "closed": CLOSED, "status": "CLOSED"}
    assert problems("SurveyRounds", row("SurveyRounds", **made)) == []
    assert problems("SurveyRounds", row("SurveyRounds", **made | values)) == [problem]


def test_a_round_is_opened_closed_and_cancelled(river):
    with scope(river.id):
        manager = river.actor(Role.MANAGER)
        with pytest.raises(Forbidden):
            open_round(actor=river.actor(Role.TEAM_MEMBER), number=1, invited=20, opened_date=OPENED, at=NOW)
        open_round(actor=manager, number=1, invited=20, opened_date=OPENED, at=NOW)
        with pytest.raises(RoundRefused):
            open_round(actor=manager, number=1, invited=20, opened_date=OPENED, at=NOW)
        with pytest.raises(RoundRefused):
            close_round(actor=manager, number=1, day=date(2022, 1, 1), at=NOW)
        close_round(actor=manager, number=1, day=CLOSED, at=NOW)
        assert figures(["surveys.rounds_closed"], YEAR)["surveys.rounds_closed"].value == 1
        cancel_round(actor=manager, number=1, at=NOW)
        assert figures(["surveys.rounds_closed"], YEAR)["surveys.rounds_closed"].value == 0
        with pytest.raises(MoveNotAllowed):
            close_round(actor=manager, number=1, day=CLOSED, at=NOW)


def test_pages(river, hill):
    with scope(river.id):
        bring_round(river, answers(20, sex="FEMALE", level="FRONT_LINE") + answers(3, sex="MALE"))
    with scope(hill.id):
        bring_round(hill, answers(20), number=7)
    client = browser(river, Role.HR_FOCAL)
    for url in ("", "open/", "1/"):
        assert client.get(f"/e/river/surveys/{url}").status_code == 200
    page = client.get("/e/river/surveys/1/").content.decode()
    assert "not shown" in page
    assert "23 of 300 people asked" in page
    assert "free to answer" in page
    assert client.get("/e/river/surveys/7/").status_code == 404
    assert client.get("/e/hill/surveys/7/").status_code == 404
    assert client.post("/e/river/surveys/open/", {"number": 1}).status_code == 422
    taken = client.post("/e/river/surveys/open/", {"number": 2, "opened_date": "2026-03-01", "invited": 9})
    assert taken.status_code == 303
    assert (
        client.post("/e/river/surveys/2/close/", {"closed_date": "2026-02-01", "version": 1}).status_code
        == 422
    )
    assert (
        client.post("/e/river/surveys/2/close/", {"closed_date": "2026-03-05", "version": 9}).status_code
        == 409
    )
    assert (
        client.post("/e/river/surveys/2/close/", {"closed_date": "2026-03-05", "version": 1}).status_code
        == 303
    )
    other = browser(river, Role.TEAM_MEMBER)
    assert other.get("/e/river/surveys/1/").status_code == 200
    assert other.get("/e/river/surveys/open/").status_code == 403


def test_the_list_costs_the_same_with_more_rounds(river):
    client = browser(river, Role.HR_FOCAL)
    with scope(river.id):
        made = [SurveyRound(number=n, opened_date=OPENED, invited=Decimal(5)) for n in range(1, 31)]
        SurveyRound.objects.bulk_create(made[:2])
    few = queries_of(client, "/e/river/surveys/")
    with scope(river.id):
        SurveyRound.objects.bulk_create(made[2:])
    assert queries_of(client, "/e/river/surveys/") == few
