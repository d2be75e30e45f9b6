"""Readings typed in month by month."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.audit import story_of
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import Reading
from fairfloor.indicators.public import figures
from fairfloor.indicators.services import ReadingRefused, seen_of, write_reading
from fairfloor.measure.cells import month_of
from fairfloor.organisations.public import Role
from tests.cast import NOW, TODAY
from tests.pages import browser, queries_of
from tests.registers_rows import problems, row

MONTH = date(2026, 2, 1)


def write(factory, **values):
    base = {
        "actor": factory.system,
        "indicator": "defect-rate",
        "month_date": MONTH,
        "numerator": Decimal(40),
        "denominator": Decimal(1000),
        "day": TODAY,
        "at": NOW,
    }
    return write_reading(**base | values)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"indicator": "hazards.reported"}, "UNKNOWN"),
        ({"indicator": "luck"}, "UNKNOWN"),
        ({"month_date": date(2026, 4, 1)}, "FUTURE"),
        ({"numerator": Decimal(-1)}, "NEGATIVE"),
        ({"numerator": Decimal(1001)}, "ABOVE_DENOMINATOR"),
        ({"quality": "Z"}, "UNKNOWN"),
    ],
)
def test_what_is_refused(river, values, code):
    with scope(river.id):
        with pytest.raises(ReadingRefused) as refused:
            write(river, **values)
        assert refused.value.code == code
        assert not Reading.objects.exists()


def test_a_reading_is_kept_and_corrected_with_its_trace(river, hill):
    with scope(hill.id):
        write(hill, numerator=Decimal(999))
    with scope(river.id):
        reading = write(river, month_date=date(2026, 2, 14), quality="A")
        assert reading.month_date == MONTH
        seen = seen_of(reading)
        with pytest.raises(ReadingRefused):
            write(river)
        write(river, numerator=Decimal(30), quality="A", seen=seen)
        with pytest.raises(StaleEdit):
            write(river, numerator=Decimal(20), seen=seen)
        corrected = next(each for each in story_of(reading) if each.verb == "reading.corrected")
        assert corrected.detail["changed"] == {"numerator": ["40", "30"]}
        found = figures(["defect-rate"], month_of(MONTH))["defect-rate"]
        assert (found.value, found.quality) == (Decimal("0.03"), "A")
        with pytest.raises(Forbidden):
            write(river, actor=river.actor(Role.WORKER_REPRESENTATIVE))


def test_pages(river, hill):
    with scope(river.id):
        mine = write(river)
    with scope(hill.id):
        theirs = write(hill)
    client = browser(river, Role.TEAM_SECRETARY)
    assert "4.00 %" in client.get("/e/river/readings/").content.decode()
    assert client.get("/e/river/readings/add/").status_code == 200
    here = f"/e/river/readings/{mine.pk}/"
    assert client.get(here).status_code == 200
    assert client.get(f"/e/river/readings/{theirs.pk}/").status_code == 404
    sent = {"indicator": "turnover-rate", "month": "2026-02", "numerator": "3", "denominator": "100"}
    assert client.post("/e/river/readings/add/", sent | {"numerator": "300"}).status_code == 422
    assert client.post("/e/river/readings/add/", sent | {"month": "2996-02"}).status_code == 422
    assert client.post("/e/river/readings/add/", sent).status_code == 303
    assert client.post("/e/river/readings/add/", sent).status_code == 422
    change = {"numerator": "50", "denominator": "1000", "quality": "B", "seen": "40|1000|"}
    assert client.post(here, change).status_code == 303
    assert client.post(here, change).status_code == 409
    other = browser(river, Role.WORKER_REPRESENTATIVE)
    listed = other.get("/e/river/readings/")
    assert listed.status_code == 200
    assert here not in listed.content.decode()
    assert other.get("/e/river/readings/add/").status_code == 403


def test_the_list_costs_the_same_with_more_rows(river):
    client = browser(river, Role.TEAM_SECRETARY)
    with scope(river.id):
        for month in (1, 2):
            write(river, month_date=date(2025, month, 1))
    few = queries_of(client, "/e/river/readings/")
    with scope(river.id):
        for number in range(28):
            write(river, month_date=date(2020 + number // 12, number % 12 + 1, 1))
    assert queries_of(client, "/e/river/readings/") == few


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "codes"),
    [
        ("defect-rate", 5, 4, ["ABOVE_DENOMINATOR"]),
        ("defect-rate", 5, 0, ["ABOVE_DENOMINATOR"]),
        ("customer-complaints", 5, 4, []),
        ("customer-complaints", 5, 0, ["ABOVE_DENOMINATOR"]),
        ("customer-complaints", 0, 0, []),
    ],
)
def test_a_workbook_brings_no_count_out_of_nothing(indicator, numerator, denominator, codes):
    values = {"indicator": indicator, "month": MONTH, "quality": "A"}
    counts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    assert [code for _column, code in problems("Readings", row("Readings", **values, **counts))] == codes


def test_writing_down_a_month_asks_for_the_number_and_calls_its_parts_what_they_are(river):
    client = browser(river, Role.TEAM_SECRETARY)
    with scope(river.id):
        write(river)
    choice = client.get("/e/river/readings/add/").content.decode()
    assert "?indicator=rework-rate" in choice
    assert 'name="numerator"' not in choice
    form = client.get("/e/river/readings/add/?indicator=rework-rate").content.decode()
    assert "Pieces reworked" in form
    assert "Pieces made" in form
    assert "Defective pieces" not in form
    # A number nobody knows leads back to the choice and keeps nothing.
    unknown = client.post("/e/river/readings/add/", {"indicator": "no-such", "month": "2026-02"})
    assert unknown.status_code == 422
    assert "?indicator=rework-rate" in unknown.content.decode()
    sent = {"indicator": "rework-rate", "month": "2026-02", "numerator": "3", "denominator": "100"}
    assert client.post("/e/river/readings/add/", sent)["Location"] == "/e/river/readings/of/rework-rate/"


def test_what_is_missing_is_asked_for_plainly(river):
    client = browser(river, Role.TEAM_SECRETARY)
    answer = client.post("/e/river/readings/add/", {"indicator": "rework-rate", "month": "2026-02"})
    assert answer.status_code == 422
    assert "Pieces reworked: Fill this in." in answer.content.decode()
