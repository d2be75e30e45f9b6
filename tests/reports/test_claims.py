"""What the claims say: values, rounding, unknown levels, warnings, hidden figures."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.reports.public import case_report_claims, default_period
from fairfloor.reports.wording import interval, source_words
from fairfloor.safety.services import report_incident, write_hours
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.teams.models import ImprovementTeam, TeamMember
from tests.acceptance import BEYOND, EXPECTED, WARNINGS, differs
from tests.cast import NOW
from tests.indicators.test_courses import STEADY, fill, plan
from tests.reports.conftest import MARCH, suggest


def claim_of(factory, period, name, language="en", key=""):
    found = case_report_claims(factory.enterprise, period, language)
    return next(c for c in found if c["id"] == name and c.get("key", "") == key)


def codes(claim):
    return [warning["code"] for warning in claim["warnings"]]


def test_the_workbook_gives_the_published_case(riverside):
    period = default_period(riverside.enterprise, date(2026, 1, 1))
    with scope(riverside.id):
        claims = {
            (c["id"], c.get("key", "")): c for c in case_report_claims(riverside.enterprise, period, "en")
        }
    for name, key, expected, _published in EXPECTED:
        assert not differs(claims[name, key], expected), (name, key)
        if name in WARNINGS:
            assert WARNINGS[name] in codes(claims[name, key])
    published = {(name, key) for name, key, _expected, _published in EXPECTED}
    assert {name for name, _key in set(claims) - published} == BEYOND
    assert len(claims) == len(EXPECTED) + len(BEYOND)


def test_an_exact_half_rounds_up_and_unknown_levels_are_named(in_river):
    for number in range(8):
        suggest(f"S-{number}", date(2026, 3, 2), "FRONT_LINE" if number < 5 else "MANAGER")
    suggest("S-8", date(2026, 3, 3), "")
    claim = claim_of(in_river, MARCH, "suggestions.front_line_share")
    assert (claim["value"], claim["numerator"], claim["denominator"], claim["n"]) == (0.625, 5, 8, 9)
    assert "63 %" in claim["text"]
    assert codes(claim) == ["LEVEL_UNKNOWN", "SMALL_NUMBERS"]
    assert ": 1." in claim["warnings"][0]["text"]
    assert claim["interval"]["lower"] < 0.625 < claim["interval"]["upper"]
    chinese = claim_of(in_river, MARCH, "suggestions.front_line_share", "zh-hans")
    assert "63" in chinese["text"]
    assert "一线员工" in chinese["text"]


def test_one_is_written_in_the_singular(in_river):
    suggest("S-1", date(2026, 3, 2))
    assert claim_of(in_river, MARCH, "suggestions.received")["text"] == "1 suggestion was received."


def test_half_months_count_their_own_days_only(in_river):
    suggest("S-1", date(2026, 3, 15))
    suggest("S-2", date(2026, 3, 16))
    suggest("S-3", date(2026, 4, 10))
    suggest("S-4", date(2026, 4, 11))
    period = Period(date(2026, 3, 16), date(2026, 4, 10))
    claim = claim_of(in_river, period, "suggestions.received")
    assert claim["value"] == 2
    assert claim["period"] == {"from": "2026-03-16", "to": "2026-04-10"}


def test_an_empty_register_says_so(in_river):
    claim = claim_of(in_river, MARCH, "hazards.front_line_share")
    assert claim["value"] is None
    assert claim["text"] == "There are no records for this in the period."
    assert claim["warnings"] == []
    assert claim_of(in_river, MARCH, "training.modules")["value"] == {}


def test_another_factory_counts_nothing_of_it(river, hill):
    with scope(river.id):
        suggest("S-1", date(2026, 3, 2))
    with scope(hill.id):
        assert claim_of(hill, MARCH, "suggestions.received")["value"] == 0


def team_of(levels):
    team = ImprovementTeam.objects.create(code="T1", name="Team")
    for number, level in enumerate(levels):
        TeamMember.objects.create(
            team=team, member_code=f"M{number}", sex="FEMALE", level=level, from_date=date(2026, 1, 1)
        )
    mark_stale("teams", date(2026, 1, 1))


def test_a_team_without_the_front_line_is_warned_and_not_blocked(in_river):
    team_of(["MANAGER", "TOP", ""])
    claim = claim_of(in_river, MARCH, "team.front_line_share")
    assert (claim["value"], claim["denominator"], claim["n"]) == (0, 2, 3)
    assert codes(claim) == ["FRONT_LINE_ABSENT", "LEVEL_UNKNOWN", "SMALL_NUMBERS"]


def test_a_team_with_the_front_line_is_not_warned(in_river):
    team_of(["MANAGER", "FRONT_LINE"])
    assert "FRONT_LINE_ABSENT" not in codes(claim_of(in_river, MARCH, "team.front_line_share"))


def round_of(number, people, answers):
    row = SurveyRound.objects.create(
        number=number,
        opened_date=date(2026, 3, 1),
        closed_date=date(2026, 3, 9),
        invited=100,
        status="CLOSED",
        questionnaire="satisfaction@1:satisfaction",
    )
    for _person in range(people):
        Response.objects.create(round=row, answers=answers)
    mark_stale("surveys", date(2026, 3, 9))


def test_a_round_of_few_is_hidden_with_a_sentence(in_river):
    round_of(1, 4, [5] * 20)
    claim = claim_of(in_river, MARCH, "surveys.favourable_min")
    assert (claim["value"], claim["numerator"], claim["denominator"], claim["n"]) == (None,) * 4
    assert codes(claim) == ["SUPPRESSED"]
    assert "fewer than 5 people" in claim["text"]


def test_a_round_of_enough_shows_and_carries_its_doubts(in_river):
    round_of(1, 10, [5, 4] * 10)
    claim = claim_of(in_river, MARCH, "surveys.favourable_min")
    assert (claim["value"], claim["n"]) == (1, 10)
    assert codes(claim) == ["CEILING", "SMALL_NUMBERS"]
    assert "LOW_RESPONSE" in codes(claim_of(in_river, MARCH, "surveys.response_rate", key="1"))


def test_rates_are_told_with_their_base_and_range_and_only_with_hours(in_river):
    report_incident(
        actor=in_river.system,
        kind="INJURY",
        description="Hand caught",
        incident_date=date(2026, 3, 3),
        injury_class="LOST_TIME",
        days_lost=4,
        day=date(2026, 3, 31),
        at=NOW,
    )
    silent = {c["id"] for c in case_report_claims(in_river.enterprise, MARCH, "en")}
    assert not silent & {"incidents.ltifr", "incidents.trir"}
    write_hours(
        actor=in_river.system,
        month_date=date(2026, 3, 1),
        hours=Decimal(50_000),
        day=date(2026, 4, 2),
        at=NOW,
    )
    claim = claim_of(in_river, MARCH, "incidents.ltifr")
    assert (claim["value"], claim["numerator"], claim["denominator"], claim["unit"]) == (
        20,
        1,
        50_000,
        "rate",
    )
    # Garwood's exact interval of one case: 0.0253 to 5.5716, per 50,000 hours.
    assert claim["interval"]["lower"] == pytest.approx(0.0253 * 20, abs=0.01)
    assert claim["interval"]["upper"] == pytest.approx(5.5716 * 20, abs=0.01)
    assert "for each 1,000,000 hours worked (1 in 50,000 hours; 95 % range 0.51 to 111.43)" in claim["text"]
    assert "1,000,000 工时" in claim_of(in_river, MARCH, "incidents.ltifr", "zh-hans")["text"]


@pytest.mark.parametrize(
    ("later", "verdict", "english", "chinese"),
    [
        ((28, 27, 29), "IMPROVED", "Improved: ", "改善"),
        ((55, 66, 70), "WORSE", "Worse: ", "变差"),
        ((41, 40, 43), "NO_DETECTABLE_CHANGE", "No detectable change: ", "看不出变化"),
    ],
)
def test_a_measured_number_says_what_its_months_allow(in_river, later, verdict, english, chinese):
    fill(in_river, STEADY + later)
    plan(in_river, len(STEADY + later))
    whole = Period(date(2025, 12, 1), date(2026, 2, 28))
    claim = claim_of(in_river, whole, "defect-rate")
    assert claim["verdict"] == verdict
    assert f" {english}" in claim["text"]
    told = claim_of(in_river, whole, "defect-rate", "zh-hans")
    assert (told["verdict"], chinese in told["text"]) == (verdict, True), told["text"]
    # A report on the first year knows nothing of what came after it, and nothing can be held against it there.
    first = claim_of(in_river, Period(date(2025, 1, 1), date(2025, 11, 30)), "defect-rate")
    assert "verdict" not in first


def test_money_and_days_have_units_of_their_own(riverside):
    period = default_period(riverside.enterprise, date(2026, 1, 1))
    with scope(riverside.id):
        saved = claim_of(riverside, period, "projects.savings_verified")
        days = claim_of(riverside, period, "suggestions.days_to_answer")
    assert (saved["unit"], saved["currency"]) == ("money", riverside.enterprise.currency)
    assert days["unit"] == "days"
    assert days["interval"]["lower"] <= days["value"] <= days["interval"]["upper"]
    assert "numerator" not in days


def test_an_interval_is_no_coarser_than_its_share_and_a_source_has_a_name():
    row = {"kind": "SHARE", "indicator": "defect-rate@1", "lower": 0.03564, "upper": 0.03632}
    assert interval(row, "en") == ("3.56 %", "3.63 %")
    assert source_words("defect-rate@1", "en") == "Defect rate, definition 1"
    assert source_words("defect-rate", "en") == "Defect rate"
    # What no list knows any more stands for itself.
    assert source_words("gone.long-ago@3", "en") == "gone.long-ago@3"
