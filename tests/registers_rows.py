"""Sheets and their rows, for tests that bring records in as an import would."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fairfloor.config.wiring import SHEETS
from fairfloor.core.sheets import ColumnKind, Row, Sheet
from fairfloor.measure.cells import Period
from tests.cast import NOW, Factory

YEAR = Period(date(2022, 9, 1), date(2023, 8, 31))


def sheet(name: str) -> Sheet:
    """The sheet of that name as it is wired."""
    return next(each for each in SHEETS if each.name == name)


def row(name: str, /, **values: Any) -> Row:
    """A row of a sheet, with nothing where nothing is given."""
    empty: dict[ColumnKind, Any] = {ColumnKind.TEXT: "", ColumnKind.LONG_TEXT: "", ColumnKind.CODES: ()}
    return {column.code: empty.get(column.kind) for column in sheet(name).columns} | values


def bring_in(factory: Factory, name: str, rows: Iterable[Row]) -> None:
    """Write new rows; the factory must be in scope."""
    sheet(name).save(factory.system, list(rows), [], NOW)


def problems(name: str, values: Row) -> list[tuple[str, str]]:
    """(column, code) of what is wrong within one row."""
    return [(each.column, each.code) for each in sheet(name).problems_in(values)]
