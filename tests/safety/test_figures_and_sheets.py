"""Figures of safety on the published numbers, and what its sheets refuse."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figures
from fairfloor.safety.models import Hazard
from fairfloor.safety.services import withdraw_hazard
from tests.cast import NOW
from tests.registers_rows import YEAR, bring_in, problems, row, sheet

DAY = date(2023, 1, 5)


def hazard_row(number, **values):
    return row(
        "Hazards",
        **{"code": f"H-{number:04}", "date": DAY, "description": "x", "status": "OPEN", "level": "MANAGER"}
        | values,
    )


def risk_row(**values):
    base = {"date": DAY, "job": "Knitter", "step": "Start", "hazard": "Burn", "method": "MATRIX"}
    return row("JobRisks", **base | {"likelihood": Decimal(3), "severity": Decimal(4)} | values)


def test_the_published_numbers(river, hill):
    closed = {"status": "CLOSED", "fixed_date": DAY}
    with scope(hill.id):
        bring_in(hill, "Hazards", [hazard_row(1)])
    with scope(river.id):
        rows = [hazard_row(n, level="FRONT_LINE" if n <= 29 else "MANAGER") for n in range(1, 47)]
        rows = [values | (closed if n < 40 else {}) for n, values in enumerate(rows)]
        bring_in(river, "Hazards", [*rows, hazard_row(99, level="FRONT_LINE")])
        bring_in(river, "JobRisks", [risk_row(hazard=f"Burn {n}") for n in range(162)])
        wrong = Hazard.objects.get(code="H-0099")
        found = figures(["hazards.reported"], YEAR)
        assert found["hazards.reported"].value == 47
        withdraw_hazard(actor=river.system, hazard_id=wrong.pk, reason="Twice", at=NOW)
        found = figures(
            ["hazards.reported", "hazards.closed", "hazards.front_line_share", "job_risks.identified"], YEAR
        )
        assert found["hazards.reported"].value == 46
        assert found["hazards.closed"].value == 40
        share = found["hazards.front_line_share"]
        assert (share.numerator, share.denominator) == (29, 46)
        assert found["job_risks.identified"].value == 162
        assert len(facts_behind("hazards.reported", YEAR)) == 46


def test_an_unknown_level_is_in_no_share(river):
    with scope(river.id):
        bring_in(river, "Hazards", [hazard_row(1, level=""), hazard_row(2, level="FRONT_LINE")])
        found = figures(["hazards.reported", "hazards.front_line_share"], YEAR)
        assert found["hazards.reported"].value == 2
        assert found["hazards.front_line_share"].denominator == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"likelihood": 6}, ("likelihood", "OUTSIDE_SCALE")),
        ({"severity": -1}, ("severity", "OUTSIDE_SCALE")),
        ({"fixed_date": date(2023, 1, 4)}, ("fixed_date", "BEFORE")),
        ({"status": "CLOSED"}, ("fixed_date", "MISSING_FOR_STATUS")),
    ],
)
def test_what_a_hazard_row_may_not_say(values, problem):
    assert problems("Hazards", hazard_row(1)) == []
    assert problems("Hazards", hazard_row(1, **values)) == [problem]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"exposure": Decimal(6)}, ("exposure", "NOT_FOR_METHOD")),
        ({"likelihood": Decimal("0.5")}, ("likelihood", "OUTSIDE_SCALE")),
        ({"method": "LEC", "severity": Decimal(3)}, ("exposure", "MISSING_FOR_METHOD")),
        (
            {"method": "LEC", "severity": Decimal(3), "exposure": Decimal(4)},
            ("exposure", "OUTSIDE_SCALE"),
        ),
    ],
)
def test_what_a_job_risk_row_may_not_say(values, problem):
    assert problems("JobRisks", risk_row()) == []
    assert problems("JobRisks", risk_row(**values)) == [problem]


def test_rows_come_back_as_they_went_in_and_a_change_counts_the_version(river):
    with scope(river.id):
        for name, made in (("Hazards", hazard_row(1, status="ESCALATED")), ("JobRisks", risk_row())):
            bring_in(river, name, [made])
            assert list(sheet(name).rows()) == [made]
        sheet("Hazards").save(river.system, [], [hazard_row(1, category="NOISE")], NOW)
        hazard = Hazard.objects.get()
        assert (hazard.category, hazard.version) == ("NOISE", 2)
