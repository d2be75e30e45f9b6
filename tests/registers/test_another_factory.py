"""The figures are the workbook's: another workbook of the same shape gives that factory's own."""

from collections import Counter
from datetime import date

from python_calamine import CalamineWorkbook

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figures
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise
from fairfloor.registers.public import import_workbook
from tests.cast import NOW
from tests.performance.generate import generate

PERIOD = Period(date(2023, 3, 1), date(2024, 8, 31))


def rows_of(path, sheet):
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_counted_by_hand_from_the_workbook(db, tmp_path):
    path = tmp_path / "other.xlsx"
    generate(path, suggestions=400, name="Other Works", seed=11)
    outcome = import_workbook(path=path, at=NOW)
    assert not outcome.problems
    came = [row for row in rows_of(path, "Suggestions") if row["date"] in PERIOD]
    found = [row for row in rows_of(path, "Hazards") if row["date"] in PERIOD]
    done = [
        row
        for row in rows_of(path, "Projects")
        if row["status"] in {"DONE", "VERIFIED"} and row["finish_date"] and row["finish_date"] in PERIOD
    ]
    levels = Counter(row["level"] for row in came)
    codes = [
        "suggestions.received",
        "suggestions.front_line_share",
        "hazards.reported",
        "projects.completed",
        "projects.verified",
    ]
    with scope(Enterprise.objects.get(slug="other-works").id):
        given = figures(codes, PERIOD)
    assert given["suggestions.received"].value == len(came) > 0
    share = given["suggestions.front_line_share"]
    assert (share.numerator, share.denominator) == (levels["FRONT_LINE"], len(came))
    assert given["hazards.reported"].value == len(found) > 0
    assert given["projects.completed"].value == len(done) > 0
    assert given["projects.verified"].value == sum(row["status"] == "VERIFIED" for row in done)
