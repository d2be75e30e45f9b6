"""Incidents and hours on paper: what is refused row by row, and that half a file changes nothing."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from fairfloor.registers.messages import sentence
from fairfloor.safety.models import HoursWorked, Incident, IncidentHealth
from tests.cast import NOW
from tests.registers.test_import import problems_of
from tests.registers.workbooks import workbook
from tests.registers_rows import bring_in, problems, row, sheet

ROW = {
    "code": "N-1",
    "date": date(2026, 2, 3),
    "kind": "INJURY",
    "class": "LOST_TIME",
    "description": "Fell",
    "days_lost": 3,
    "status": "REPORTED",
}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"class": ""}, [("class", "MISSING_FOR_KIND"), ("days_lost", "NOT_FOR_CLASS")]),
        ({"class": "FIRST_AID"}, [("days_lost", "NOT_FOR_CLASS")]),
        ({"kind": "NEAR_MISS", "days_lost": None}, [("class", "NOT_FOR_KIND")]),
        ({"date": date(2999, 1, 1)}, [("date", "STILL_TO_COME")]),
    ],
)
def test_rules_of_a_row_of_incidents(db, values, found):
    assert problems("Incidents", row("Incidents", **(ROW | values))) == found


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"hours": Decimal(0)}, "HOURS_ZERO"),
        ({"hours": Decimal(-4)}, "HOURS_ZERO"),
        ({"hours": Decimal(9000), "workers": Decimal(2)}, "HOURS_TOO_MANY"),
    ],
)
def test_rules_of_a_row_of_hours(db, values, code):
    given = {"month": date(2026, 2, 1), "hours": Decimal(100)} | values
    assert [found for _column, found in problems("HoursWorked", row("HoursWorked", **given))] == [code]
    assert not problems("HoursWorked", row("HoursWorked", month=date(2026, 2, 1), hours=Decimal(100)))


def test_a_total_beside_its_parts_is_told(db):
    rows = [
        row("HoursWorked", month=date(2026, 2, 1), hours=Decimal(100)),
        row("HoursWorked", month=date(2026, 2, 1), department="KNT", hours=Decimal(50)),
        row("HoursWorked", month=date(2026, 1, 1), hours=Decimal(50)),
    ]
    found = list(sheet("HoursWorked").problems_across(rows, lambda _name: rows))
    assert [(index, problem.code) for index, problem in found] == [(0, "HOURS_MIXED"), (1, "HOURS_MIXED")]


def test_what_was_brought_in_makes_the_rate_and_leaves_again(river, hill):
    with scope(river.id):
        bring_in(river, "Incidents", [row("Incidents", **ROW)])
        bring_in(river, "IncidentHealth", [row("IncidentHealth", incident="N-1", nature="Cut")])
        bring_in(river, "HoursWorked", [row("HoursWorked", month=date(2026, 2, 1), hours=Decimal(50_000))])
        assert figure("incidents.ltifr", Period(date(2026, 2, 1), date(2026, 2, 28))).value == 20
        assert IncidentHealth.objects.get().incident.code == "N-1"
        again = list(sheet("IncidentHealth").rows())
        sheet("IncidentHealth").save(river.system, [], [again[0] | {"nature": "Burn"}], NOW)
        assert IncidentHealth.objects.get().nature == "Burn"
        assert [each["hours"] for each in sheet("HoursWorked").rows()] == [50_000]
    with scope(hill.id):
        assert not list(sheet("Incidents").rows())


def test_half_the_columns_change_nothing(river, tmp_path):
    path = workbook(
        tmp_path / "half.xlsx",
        {
            "Enterprise": [["field", "value"], ["slug", "river"]],
            "Incidents": [["code", "date", "place"], ["N-1", date(2026, 2, 3), "Hall"]],
            "HoursWorked": [["month", "department"], [date(2026, 2, 1), "KNT"]],
        },
    )
    found = problems_of(river, path)
    assert {each.sheet for each in found} >= {"Incidents", "HoursWorked"}
    assert all(sentence(each) for each in found)
    with scope(river.id):
        assert not Incident.objects.exists()
        assert not HoursWorked.objects.exists()
