"""Registers for the report's tests: few rows made by hand, or the whole demo workbook."""

from datetime import date
from pathlib import Path

import pytest

from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.registers.public import import_workbook
from fairfloor.suggestions.models import Suggestion
from tests.cast import NOW, Factory

WORKBOOK = Path(__file__).resolve().parents[2] / "src/fairfloor/desk/demo/riverside-registers.xlsx"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def suggest(code: str, day: date, level: str = "FRONT_LINE") -> Suggestion:
    """One suggestion in the enterprise in scope."""
    row = Suggestion.objects.create(code=code, submitted_date=day, channel="QR", level=level, text="A shelf")
    mark_stale("suggestions", day)
    return row


@pytest.fixture
def riverside(db) -> Factory:
    """The demo factory, imported from its workbook."""
    return Factory(import_workbook(path=WORKBOOK, at=NOW).enterprise)


@pytest.fixture
def in_river(river):
    """The scope of one factory."""
    with scope(river.id):
        yield river
