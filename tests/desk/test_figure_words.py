"""The page of a figure: the same range twice, units, and names where records hold codes."""

import re
from datetime import date
from decimal import Decimal

from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.desk.figure_page import figure_page, rows_behind
from fairfloor.indicators.models import Reading
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role, record_workforce
from fairfloor.projects.models import ImprovementProject
from tests.cast import NOW, TODAY
from tests.pages import browser

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
QUERY = "?from=2025-04-01&to=2026-03-31"


def read(factory, month, numerator, denominator, quality="B"):
    with scope(factory.id):
        Reading.objects.create(
            indicator="defect-rate",
            month_date=month,
            numerator=Decimal(numerator),
            denominator=Decimal(denominator),
            quality=quality,
        )
        mark_stale("indicators", month)


def words_of(client, code):
    text = client.get(f"/e/river/figures/{code}/{QUERY}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_range_is_rounded_the_same_wherever_the_page_says_it(river):
    read(river, date(2025, 5, 1), 28_000, 1_000_000)
    client = browser(river, Role.TEAM_SECRETARY)
    words = words_of(client, "defect-rate")
    assert words.count("2.77 % to 2.83 %") == 2
    # A million pieces leave little to chance, and the page says nothing else.
    assert "Few records leave much to chance." not in words
    assert "holds the true figure 95 times out of 100" in words
    assert "B – worked out from partial records" in words
    assert "core-indicators, version 1" in words
    # A reading stands for its month, said once.
    assert "Record Counts as May 2025 28,000 of 1,000,000" in words


def test_equal_months_have_no_highest_and_no_lowest(river):
    client = browser(river, Role.TEAM_SECRETARY)
    equal = "2.80 % in every month that has a figure."
    read(river, date(2025, 5, 1), 28, 1000)
    assert equal in words_of(client, "defect-rate")
    read(river, date(2025, 6, 1), 56, 2000)
    assert equal in words_of(client, "defect-rate")
    read(river, date(2025, 7, 1), 60, 2000)
    words = words_of(client, "defect-rate")
    assert "Highest in July 2025 with 3.00 %, lowest in May 2025 with 2.80 %." in words


def test_few_records_are_said_to_leave_much_to_chance(river):
    read(river, date(2025, 5, 1), 3, 20)
    assert "Few records leave much to chance." in words_of(browser(river, Role.TEAM_SECRETARY), "defect-rate")


def test_a_month_without_a_count_of_people_has_no_people_drawn(river):
    with scope(river.id):
        record_workforce(
            actor=river.system,
            snapshot_date=date(2025, 5, 10),
            lines=[("KNT", "FRONT_LINE", "FEMALE", 150)],
            at=NOW,
        )
        record_workforce(
            actor=river.system,
            snapshot_date=date(2025, 9, 10),
            lines=[("KNT", "FRONT_LINE", "FEMALE", 170)],
            at=NOW,
        )
        course = figure_page("workforce.headcount", YEAR, TODAY, "en").pictures[0]
        assert "lowest in May 2025 with 150" in course.sentence
        assert ["June 2025", "–"] in course.table.rows
        assert ["May 2025", "150"] in course.table.rows


def test_money_has_its_currency_and_modules_have_names(river):
    with scope(river.id):
        ImprovementProject.objects.create(
            code="P-1",
            title="Less thread",
            status="VERIFIED",
            start_date=date(2025, 4, 2),
            finish_date=date(2025, 6, 2),
            module="OSH",
            saving=Decimal(1200),
            saving_type="RECURRING",
        )
        mark_stale("projects", date(2025, 6, 2))
        page = figure_page("projects.savings_verified", YEAR, TODAY, "en", "CNY")
        assert page.value == "1,200 CNY"
        by_module = next(each for each in page.pictures if each.title == "By training module")
        assert "Safety and health at work with 1,200 CNY" in by_module.sentence
        assert [row.part for row in rows_behind(page.code, "river", YEAR, "en", "CNY")] == ["1,200 CNY"]


def test_a_count_of_none_is_a_figure_and_a_share_of_nothing_is_not(river):
    client = browser(river, Role.TEAM_SECRETARY)
    nothing = "Nothing recorded in this time."
    assert nothing not in words_of(client, "projects.completed")
    for code in ("suggestions.front_line_share", "training.modules", "workforce.headcount"):
        assert nothing in words_of(client, code)
