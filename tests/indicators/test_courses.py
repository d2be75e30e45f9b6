"""Plans, charts and verdicts of measured numbers, and the page that shows them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairfloor.content import load
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.desk.pulse import headlines
from fairfloor.indicators.courses import around, course_of
from fairfloor.indicators.figures import facts_behind, figure
from fairfloor.indicators.models import IndicatorPlan, KeptPeriod, Reading
from fairfloor.indicators.plans import PlanRefused, plan_indicator, plans, reading_indicators
from fairfloor.indicators.sayings import said_of
from fairfloor.indicators.services import ReadingRefused, is_conflict, moved, write_reading
from fairfloor.indicators.sheets import ReadingSheet
from fairfloor.indicators.signals import signals_in
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role
from fairfloor.projects.services import start_project
from tests.cast import NOW, TODAY
from tests.pages import browser, queries_of
from tests.registers_rows import row as a_row

STEADY = (42, 39, 44, 41, 38, 43, 40, 42, 39, 41, 43, 40)
CAUSAL = ("because", "thanks to", "led to", "caused", "result of", "due to", "effect of", "brought")


def months(count, last=date(2026, 2, 1)):
    place = last.year * 12 + last.month - 1
    return [date(p // 12, p % 12 + 1, 1) for p in range(place - count + 1, place + 1)]


def fill(factory, counts, indicator="defect-rate", of=1000, quality="A"):
    for month, count in zip(months(len(counts)), counts, strict=True):
        write_reading(
            actor=factory.system,
            indicator=indicator,
            month_date=month,
            numerator=Decimal(count),
            denominator=Decimal(of),
            quality=quality,
            day=TODAY,
            at=NOW,
        )


def plan(factory, count, baseline=12, **values):
    days = months(count)
    base = {
        "actor": factory.actor(Role.MANAGER),
        "indicator": "defect-rate",
        "baseline_start": days[0],
        "baseline_end": days[baseline - 1],
        "day": TODAY,
        "at": NOW,
    }
    return plan_indicator(**base | values)


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        ((28, 27, 29), "IMPROVED"),
        ((55, 66, 70), "WORSE"),
        ((41, 40, 43), "NO_DETECTABLE_CHANGE"),
        ((), "NOT_ENOUGH_DATA"),
    ],
)
def test_the_numbers_choose_the_sentence(river, hill, later, verdict):
    with scope(hill.id):
        fill(hill, (500,) * 15)
        plan(hill, 15)
    with scope(river.id):
        fill(river, STEADY + later)
        own = plan(river, 12 + len(later))
        course = course_of(reading_indicators()["defect-rate"], own)
        said = said_of(course, own)
    assert course.verdict == verdict
    assert said.label == said.sentence.split(":")[0]
    assert not any(word in said.sentence.lower() for word in CAUSAL)


def test_too_short_a_baseline_says_so(river):
    with scope(river.id):
        fill(river, STEADY)
        own = plan(river, 12, baseline=6)
        course = course_of(reading_indicators()["defect-rate"], own)
        assert (course.verdict, course.why) == ("NOT_ENOUGH_DATA", "SHORT_BASELINE")
        assert "of 8 months needed, the baseline" in said_of(course, own).sentence


def test_a_gap_stays_a_gap_and_an_empty_month_is_none(river):
    with scope(river.id):
        fill(river, STEADY)
        Reading.objects.filter(month_date=months(12)[5]).delete()
        Reading.objects.filter(month_date=months(12)[7]).update(numerator=0, denominator=0)
        course = course_of(reading_indicators()["defect-rate"], None)
    assert len(course.months) == 12
    assert [place for place, month in enumerate(course.months) if month.value is None] == [5, 7]
    assert course.why == "NO_PLAN"
    assert len(course.chart.points) == 10


REFUSED = [
    ({"indicator": "hazards.reported"}, "UNKNOWN"),
    ({"target": Decimal("0.05")}, "WRONG_DIRECTION"),
    ({"target": Decimal(2)}, "NOT_A_SHARE"),
    ({"target": Decimal(-1)}, "NEGATIVE"),
    ({"target": Decimal("0.03"), "baseline_start": None, "baseline_end": None}, "BASELINE_NEEDED"),
    ({"baseline_end": None}, "HALF"),
    ({"baseline_end": date(2020, 1, 1)}, "ORDER"),
    ({"baseline_end": date(2026, 4, 1)}, "FUTURE"),
    ({"baseline_start": date(2020, 1, 1), "baseline_end": date(2020, 3, 1)}, "NO_BASELINE"),
    ({"endline_start": date(2025, 6, 1), "endline_end": date(2025, 7, 1)}, "BEFORE_BASELINE"),
    ({"reporter_user_id": 424242}, "UNKNOWN"),
    ({"project_codes": ["IP-99999"]}, "UNKNOWN"),
]


@pytest.mark.parametrize(("values", "code"), REFUSED)
def test_what_no_plan_can_say(river, values, code):
    with scope(river.id):
        fill(river, STEADY)
        with pytest.raises(PlanRefused) as refused:
            plan(river, 12, **values)
        assert refused.value.code == code
        assert not IndicatorPlan.objects.exists()


def test_a_plan_is_kept_changed_and_no_stranger_s(river, hill):
    with scope(river.id):
        fill(river, STEADY)
        made = plan(river, 12, target=Decimal("0.03"))
        assert made.baseline == Decimal("0.041")
        with pytest.raises(StaleEdit):
            plan(river, 12, version=7)
        assert plan(river, 12, target=Decimal("0.02"), version=1).version == 2
        with pytest.raises(Forbidden):
            plan(river, 12, actor=river.actor(Role.TEAM_MEMBER))
    with scope(hill.id):
        assert plans() == {}


def test_another_definition_asks_for_a_new_baseline(river):
    with scope(river.id):
        fill(river, (*STEADY, 28, 27, 29))
        own = plan(river, 15)
        IndicatorPlan.objects.update(definition="core-indicators@0:defect-rate")
        Reading.objects.update(definition="core-indicators@0:defect-rate")
        own.refresh_from_db()
        course = course_of(reading_indicators()["defect-rate"], own)
        assert (course.verdict, course.why) == ("NOT_ENOUGH_DATA", "NEW_DEFINITION")
        with pytest.raises(ReadingRefused) as refused:
            fill(river, (30,) * 16)
        assert refused.value.code == "NEW_DEFINITION"
        assert Reading.objects.count() == 15
        # Months of the old definition are no baseline for the new one.
        with pytest.raises(PlanRefused):
            plan(river, 15)
        assert (
            plan(river, 15, baseline_start=None, baseline_end=None).definition
            == "core-indicators@1:defect-rate"
        )
    page = browser(river, Role.MANAGER).get("/e/river/readings/of/defect-rate/")
    assert page.status_code == 200


def test_months_around_a_project_never_say_why(river):
    with scope(river.id):
        fill(river, (*STEADY, 29, 28, 27, 29, 28, 26, 29, 28, 27, 28))
        own = plan(river, 22)
        indicator = reading_indicators()["defect-rate"]
        found = around(course_of(indicator, own), months(22)[11])
        assert (found.verdict, found.before, found.after) == ("IMPROVED", 12, 10)
        assert around(course_of(indicator, own), months(22)[16]).verdict == "NOT_ENOUGH_DATA"


def test_the_page(river, hill):
    with scope(river.id):
        fill(river, (*STEADY, 28, 27, 20))
        project = start_project(actor=river.system, title="Better light", day=TODAY, at=NOW)
        ends = {"endline_start": date(2026, 1, 1), "endline_end": date(2026, 2, 1)}
        plan(river, 15, target=Decimal("0.03"), project_codes=[project.code], **ends)
        assert [each.code for each, _rules in signals_in(date(2026, 2, 1))] == ["defect-rate"]
    with scope(hill.id):
        fill(hill, (500,) * 3)
        other = start_project(actor=hill.system, title="Theirs", day=TODAY, at=NOW)
    client = browser(river, Role.WORKER_REPRESENTATIVE)
    shown = client.get("/e/river/readings/of/defect-rate/").content.decode()
    for words in (
        "Improved: 4.10 %",
        "2.35 % · January 2026 to February 2026",
        "more than chance",
        "beyond the limits",
        "Better light",
        "ct-out",
        "ct-target",
    ):
        assert words in shown
    theirs = browser(hill, Role.WORKER_REPRESENTATIVE).get("/e/hill/readings/of/defect-rate/")
    assert "50.00" in theirs.content.decode()
    assert "50.00" not in shown
    assert "Baseline and target" not in shown
    here = "/e/river/readings/of/"
    assert client.get(f"{here}defect-rate/?project={project.code}").status_code == 200
    assert client.get(f"{here}defect-rate/?project={other.code}").status_code == 404
    assert client.get(f"{here}hazards.reported/").status_code == 404
    assert client.get("/e/river/readings/plans/defect-rate/").status_code == 403
    empty = browser(hill, Role.MANAGER).get("/e/hill/readings/of/turnover-rate/")
    assert "No month has been written down yet." in empty.content.decode()
    few = queries_of(client, f"{here}defect-rate/")
    with scope(river.id):
        for month in months(40)[:20]:
            write_reading(
                actor=river.system,
                indicator="defect-rate",
                month_date=month,
                numerator=Decimal(40),
                denominator=Decimal(1000),
                day=TODAY,
                at=NOW,
            )
    assert queries_of(client, f"{here}defect-rate/") == few


def test_the_plan_s_pages(river):
    with scope(river.id):
        fill(river, STEADY)
    client = browser(river, Role.MANAGER)
    assert client.get("/e/river/readings/plans/").status_code == 200
    here = "/e/river/readings/plans/defect-rate/"
    sent = {
        "is_in_use": "on",
        "baseline_start": "2025-03",
        "baseline_end": "2026-02",
        "target": "5",
        "version": "",
    }
    answer = client.post(here, sent)
    assert answer.status_code == 422
    assert "no better than the baseline" in answer.content.decode()
    assert client.post(here, sent | {"target": "3", "version": "7"}).status_code == 409
    assert client.post(here, sent | {"target": "3"}).status_code == 303
    assert client.post(here, sent | {"target": "2.9"}).status_code == 409
    assert client.post(here, sent | {"target": "2", "version": "1"}).status_code == 303
    assert client.post(here, sent | {"target": "1", "version": "1"}).status_code == 409
    with scope(river.id):
        assert plans()["defect-rate"].target == Decimal("0.02")


@pytest.mark.parametrize("indicator", [each for each in load().indicators.values() if each.is_reading])
def test_every_number_can_be_drawn(river, indicator):
    counts = (30, 31, 29, 33, 30, 28, 31, 30, 32, 29)
    with scope(river.id):
        fill(river, counts, indicator.code, of=100)
        course = course_of(indicator, plan(river, 10, 8, indicator=indicator.code))
    assert course.verdict == "NO_DETECTABLE_CHANGE"
    for month in course.months:
        assert 0 <= month.point.lower <= month.point.value <= month.point.upper


@given(
    st.sampled_from(["BETTER", "SAME", "WORSE", "UNSURE", ""]),
    st.sampled_from(["BETTER", "SAME", "WORSE", ""]),
)
@settings(max_examples=30)
def test_only_a_claim_against_the_numbers_is_a_conflict(said, found):
    assert is_conflict(said, found) == (said in {"BETTER", "WORSE"} and found not in {"", said})


def test_months_of_another_definition_are_not_compared(river):
    with scope(river.id):
        fill(river, (40,))
        ask = ("defect-rate", date(2026, 3, 1), Decimal(10), Decimal(1000))
        assert moved(*ask) == "BETTER"
        Reading.objects.update(definition="core-indicators@0:defect-rate")
        assert moved(*ask) == ""


def test_an_imported_month_keeps_how_it_was_measured(river):
    row = a_row(
        "Readings",
        indicator="defect-rate",
        month=date(2026, 1, 1),
        numerator=Decimal(3),
        denominator=Decimal(100),
        quality="A",
    )
    sheet = ReadingSheet()
    earlier = {**row, "month": date(2025, 12, 1), "definition": "core-indicators@0:defect-rate"}
    with scope(river.id):
        sheet.save(river.actor(Role.MANAGER), [row, earlier], [], NOW)
        kept = dict(Reading.objects.values_list("month_date", "definition"))
    assert kept[row["month"]] == "core-indicators@1:defect-rate"
    assert kept[earlier["month"]] == "core-indicators@0:defect-rate"
    assert [p.code for p in sheet.problems_in({**row, "quality": "D"})] == ["NOT_MISSING"]
    none = {"numerator": Decimal(0), "denominator": Decimal(0), "quality": "D"}
    assert list(sheet.problems_in({**row, **none})) == []


def test_the_day_s_page_compares_no_two_definitions(river):
    with scope(river.id):
        fill(river, (*(42,) * 6, *(20,) * 6))
        period = Period(date(2025, 3, 1), date(2026, 2, 28))

        def card():
            return next(one for one in headlines("river", period, TODAY, "en") if one.code == "defect-rate")

        assert "more than chance" in card().sentence
        own = plan(river, 12, baseline=8)
        assert card().sentence == said_of(course_of(reading_indicators()["defect-rate"], own), own).sentence
        IndicatorPlan.objects.update(definition="core-indicators@0:defect-rate")
        assert "Choose a new baseline" in card().sentence
        IndicatorPlan.objects.all().delete()
        Reading.objects.filter(numerator=42).update(definition="core-indicators@0:defect-rate")
        assert "cannot be compared" in card().sentence
        assert card().state == ""


def test_an_endline_of_another_definition_is_not_compared(river):
    ends = {"endline_start": date(2025, 12, 1), "endline_end": date(2026, 2, 1)}
    with scope(river.id):
        fill(river, (*STEADY, 28, 27, 29))
        own = plan(river, 15, **ends)
        window = (own.endline_start_date, own.endline_end_date)
        assert course_of(reading_indicators()["defect-rate"], own).over(*window) == Decimal("0.028")
        Reading.objects.filter(month_date=date(2026, 1, 1)).update(definition="core-indicators@0:defect-rate")
        course = course_of(reading_indicators()["defect-rate"], own)
        assert not course.compares(*window)
        assert course.over(*window) is None
    page = browser(river, Role.MANAGER).get("/e/river/readings/of/defect-rate/").content.decode()
    assert "not comparable: what is counted was defined anew" in page


def test_a_figure_adds_up_no_two_definitions(river):
    period = Period(date(2025, 11, 1), date(2026, 2, 28))
    with scope(river.id):
        fill(river, (100, 40, 20, 30))
        assert figure("defect-rate", period).numerator == 190
        # A new version of the program counts otherwise from now on; nobody wrote anything.
        Reading.objects.filter(numerator=100).update(definition="core-indicators@0:defect-rate")
        KeptPeriod.objects.update(start_date=date(2020, 1, 1), end_date=date(2020, 1, 1))
        found = figure("defect-rate", period)
        assert (found.numerator, found.denominator, found.n) == (90, 3000, 3)
        assert len(facts_behind("defect-rate", period)) == 3


def test_the_list_says_of_each_number_what_its_page_says_and_asks_no_more_for_many(river, hill):
    with scope(hill.id):
        fill(hill, (*STEADY, 90, 95, 99))
        plan(hill, 15)
    with scope(river.id):
        fill(river, (*STEADY, 28, 27, 29))
        plan(river, 15)
        fill(river, (*STEADY, 41, 40, 43), indicator="rework-rate")
        manager = browser(river, Role.MANAGER)
        one = queries_of(manager, "/e/river/readings/")
        plan(river, 15, indicator="rework-rate")
    text = manager.get("/e/river/readings/").content.decode()
    shown = text.index("Improved: "), text.index("No detectable change: ")
    assert shown == tuple(sorted(shown))
    assert "Worse" not in text
    sentence = text[shown[0] : text.index("</p>", shown[0])]
    assert sentence in manager.get("/e/river/readings/of/defect-rate/").content.decode()
    assert queries_of(manager, "/e/river/readings/") == one


def test_a_chart_of_few_months_calls_none_of_them_strange(river):
    client = browser(river, Role.TEAM_SECRETARY)
    with scope(river.id):
        fill(river, [30, 31, 300])
    page = client.get("/e/river/readings/of/defect-rate/").content.decode()
    assert "Months that stand out" not in page
    assert "ct-out" not in page
    with scope(river.id):
        Reading.objects.all().delete()
        fill(river, [30, 31, 30, 31, 30, 31, 30, 31, 30, 300])
    page = client.get("/e/river/readings/of/defect-rate/").content.decode()
    assert "Months that stand out" in page
    assert "ct-out" in page


def test_months_before_the_baseline_count_around_a_project(river):
    with scope(river.id):
        fill(river, [31, 30, 29, 31, 30, 29, 31, 30, 29, 31, 20, 21, 19, 20, 21, 19, 20, 21])
        every = months(18)
        of = reading_indicators()["defect-rate"]
        plan_indicator(
            actor=river.actor(Role.MANAGER),
            indicator="defect-rate",
            baseline_start=every[6],
            baseline_end=every[9],
            day=TODAY,
            at=NOW,
        )
        course = course_of(of, plans()["defect-rate"])
        assert course.months[0].start == every[6]
        found = around(course, every[9])
        assert (found.before, found.after) == (10, 8)
        # A month nobody wrote down breaks the row, wherever the baseline begins.
        Reading.objects.filter(month_date=every[5]).delete()
        found = around(course_of(of, plans()["defect-rate"]), every[9])
        assert (found.before, found.after) == (4, 8)


def test_a_plan_s_story_says_months_shares_and_projects_as_its_page_does(river):
    with scope(river.id):
        fill(river, [30, 31] * 6)
        project = start_project(
            actor=river.actor(Role.TEAM_SECRETARY), title="Sharper needles", day=TODAY, at=NOW
        )
        every = months(12)
        values = {
            "actor": river.actor(Role.MANAGER),
            "indicator": "defect-rate",
            "baseline_start": every[0],
            "baseline_end": every[8],
            "day": TODAY,
            "at": NOW,
        }
        plan_indicator(**values, target=Decimal("0.025"))
        plan_indicator(
            **values,
            target=Decimal("0.02"),
            endline_start=every[9],
            project_codes=[project.code],
            endline_end=every[11],
            version=1,
        )
    page = browser(river, Role.MANAGER).get("/e/river/readings/plans/defect-rate/").content.decode()
    assert "Target: 2.50 % → 2.00 %" in page
    assert "First month to compare with: empty → December 2025" in page
    assert "Projects: empty → Sharper needles" in page
