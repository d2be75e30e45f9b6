"""The sheets of the workbook, handed over at start by ``config.wiring`` so that nothing here imports upwards."""

from __future__ import annotations

from collections.abc import Iterable

from fairfloor.core.sheets import Column, ColumnKind, Key, Row, Sheet
from fairfloor.registers.headings import SHEET_NAMES

_sheets: list[Sheet] = []


def set_sheets(sheets: Iterable[Sheet]) -> None:
    """Install the sheets in the order in which rows must be written; called once at start."""
    _sheets[:] = sheets
    names = [sheet.name for sheet in _sheets]
    if len(set(names)) != len(names):
        raise ValueError("Two sheets have one name.")


def all_sheets() -> tuple[Sheet, ...]:
    """All sheets in writing order."""
    return tuple(_sheets)


def in_export_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Sheets as a workbook shows them; unknown ones last."""
    order = list(SHEET_NAMES)
    return sorted(sheets, key=lambda sheet: order.index(sheet.name) if sheet.name in order else len(order))


class EnterpriseSheet(Sheet):
    """The Enterprise sheet as rows of field and value, so that it is compared like any other."""

    name = "Enterprise"
    columns = (Column("field", required=True), Column("value", ColumnKind.LONG_TEXT))
    key = ("field",)
    import_permission = "enterprise.manage"

    def key_of(self, row: Row) -> Key:
        return (row["field"],)
