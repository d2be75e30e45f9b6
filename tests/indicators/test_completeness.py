"""How complete the measured numbers are, as a figure: it agrees with the grid, and a new day alone can lower it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import KeptCell
from fairfloor.indicators.plan_sheets import IndicatorPlanSheet
from fairfloor.indicators.plans import plan_indicator, plans
from fairfloor.indicators.public import facts_behind, figure, split
from fairfloor.indicators.reporting import completeness
from fairfloor.indicators.services import seen_of, write_reading
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role
from tests.cast import NOW, TODAY
from tests.indicators.test_month import assign
from tests.pages import browser

pytestmark = pytest.mark.django_db

CODE = "reporting.complete"
YEAR = Period(date(2025, 3, 1), date(2026, 2, 28))
DUE = date(2026, 3, 10)


@pytest.fixture
def clock(monkeypatch):
    def turn_to(day: date) -> None:
        moment = NOW + timedelta(days=(day - TODAY).days)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    turn_to(TODAY)
    return turn_to


def report(factory, month, quality, *, indicator="defect-rate", numbers=(4, 100)):
    none = quality == "D"
    return write_reading(
        actor=factory.system,
        indicator=indicator,
        month_date=month,
        numerator=Decimal(0 if none else numbers[0]),
        denominator=Decimal(0 if none else numbers[1]),
        quality=quality,
        day=TODAY,
        at=NOW,
    )


def counts(period=YEAR):
    found = figure(CODE, period)
    return found.numerator, found.denominator


def test_grades_a_and_b_count_of_all_that_was_reported_or_is_due(river, hill, clock):
    assign(river, "mei", "defect-rate", "turnover-rate")
    with scope(river.id):
        for month, quality in enumerate(["A", "B", "C", "D", ""], start=8):
            report(river, date(2025, month, 1), quality)
        # A number nobody plans to measure is not asked for.
        report(river, date(2025, 8, 1), "A", indicator="absenteeism-rate")
        assert counts() == (2, 5)
        clock(DUE)
        assert counts() == (2, 5)
        clock(DUE + timedelta(days=1))
        # February of both is due now, and nobody wrote anything.
        assert counts() == (2, 7)
        assert {key: (f.numerator, f.denominator) for key, f in split(CODE, YEAR, "item").items()} == {
            "defect-rate": (2, 6),
            "turnover-rate": (0, 1),
        }
        lines = completeness(DUE + timedelta(days=1))
        counted = [mark for line in lines for mark in line.marks if mark.is_counted]
        assert (sum(mark.is_good for mark in counted), len(counted)) == (2, 7)
        states = {fact.ref.label for fact in facts_behind(CODE, YEAR)}
        assert states == {"A", "B", "C", "D", "GIVEN", "MISSING"}
    with scope(hill.id):
        assert counts() == (0, 0)


def test_what_is_reported_late_or_better_counts_at_once(river, clock):
    assign(river, "mei", "defect-rate")
    clock(DUE + timedelta(days=1))
    with scope(river.id):
        assert counts() == (0, 1)
        reading = report(river, date(2026, 2, 1), "C")
        assert counts() == (0, 1)
        write_reading(
            actor=river.system,
            indicator="defect-rate",
            month_date=reading.month_date,
            numerator=reading.numerator,
            denominator=reading.denominator,
            quality="A",
            seen=seen_of(reading),
            day=TODAY,
            at=NOW,
        )
        assert counts() == (1, 1)


def test_a_number_no_longer_measured_is_in_no_count_and_comes_back(river, clock):
    user = assign(river, "mei", "defect-rate")
    clock(DUE + timedelta(days=1))
    with scope(river.id):
        report(river, date(2025, 12, 1), "A")
        assert counts() == (1, 2)
        for is_in_use, expected in ((False, (0, 0)), (True, (1, 2))):
            plan = plans()["defect-rate"]
            plan_indicator(
                actor=river.actor(Role.MANAGER),
                indicator="defect-rate",
                reporter_user_id=user.pk,
                is_in_use=is_in_use,
                version=plan.version,
                day=TODAY,
                at=NOW,
            )
            assert counts() == expected


def test_a_beginning_moved_by_a_workbook_takes_the_months_before_it_along(river, clock):
    assign(river, "mei", "defect-rate", day=date(2026, 1, 5))
    clock(DUE + timedelta(days=1))
    sheet = IndicatorPlanSheet()
    with scope(river.id):
        assert counts() == (0, 3)  # December to February
        for since, expected in ((date(2026, 3, 1), (0, 1)), (date(2025, 11, 1), (0, 5))):
            plan = next(iter(sheet.rows_to_change()))
            plan.since_date = since
            plan.save()
            sheet.after_save([plan])
            assert counts() == expected


def test_kept_months_and_fresh_ones_agree(river, clock):
    assign(river, "mei", "defect-rate", day=date(2025, 9, 3))
    clock(date(2026, 3, 20))
    with scope(river.id):
        for month in (9, 11, 12):
            report(river, date(2025, month, 1), "A")
        kept = counts()
        KeptCell.objects.filter(indicator=CODE).delete()
        # Two days cut each month, so that all of them are counted from their rows.
        starts = [date(2025, month, 1) for month in range(8, 13)] + [date(2026, 1, 1), date(2026, 2, 1)]
        live = [counts(Period(day, day + timedelta(days=1))) for day in starts]
        assert kept == (sum(n for n, _all in live), sum(of for _n, of in live)) == (3, 7)


def test_the_page_states_it_and_leads_to_its_months(river, clock):
    assign(river, "mei", "defect-rate")
    clock(DUE + timedelta(days=1))
    with scope(river.id):
        report(river, date(2026, 1, 1), "A")
    client = browser(river, Role.MANAGER)
    page = client.get("/e/river/readings/plans/").content.decode()
    assert "50 % of the monthly numbers reported or due have grade A or B (1 of 2)." in page
    address = f"/e/river/figures/{CODE}/?from=2025-03-01&amp;to=2026-02-28"
    assert address in page
    shown = client.get(address.replace("&amp;", "&")).content.decode()
    assert "Defect rate: A – measured" in shown
    assert "Defect rate: not reported" in shown
