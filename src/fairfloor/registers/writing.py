"""Writes workbooks: the registers themselves, the blank one, and lists of problems. Text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from fairfloor.core.sheets import Column, ColumnKind, Row, Sheet
from fairfloor.registers.headings import heading, sheet_title
from fairfloor.registers.words import word

# Strings stay strings: a cell that begins with "=" must never be calculated on anybody's machine.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
EXPORT_PROPERTY = "fairfloor-export"
_CELL_LIMIT = 32_767
_LIST_LIMIT = 255  # characters a drop-down list may hold in place
_LIST_ROWS = 5000
_WIDTHS = {
    ColumnKind.TEXT: 18,
    ColumnKind.LONG_TEXT: 44,
    ColumnKind.DAY: 12,
    ColumnKind.MONTH: 12,
    ColumnKind.WHOLE: 10,
    ColumnKind.NUMBER: 14,
    ColumnKind.CODES: 24,
    ColumnKind.HOUR: 10,
}


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook):
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E4EFEC", "font_color": "#0B5750", "bottom": 1, "valign": "top"}
        )
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self.text = book.add_format({"valign": "top"})
        # "@" keeps Excel from making a number or a day of a code that somebody types.
        self.typed_text = book.add_format({"num_format": "@", "valign": "top"})
        self.long = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": "#0B5750"})


def write_cell(page: Any, line: int, place: int, value: Any, styles: _Styles) -> None:
    """One value as what it is: text as text, a day as a day, a number as a number."""
    if value is None or value == "" or value == ():
        return
    if isinstance(value, tuple):
        value = ";".join(map(str, value))
    if isinstance(value, date):
        page.write_datetime(line, place, value, styles.day)
    elif isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        page.write_number(line, place, float(value), styles.text)
    else:
        page.write_string(line, place, str(value)[:_CELL_LIMIT], styles.text)


def _head(page: Any, columns: Sequence[tuple[str, int]], styles: _Styles) -> None:
    for place, (title, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(0, place, title, styles.head)
    page.freeze_panes(1, 0)


def width_of(column: Column) -> int:
    """How wide a column is drawn."""
    return max(_WIDTHS[column.kind], min(len(column.code) + 3, 24))


def write_registers(
    target: Path | IO[bytes],
    sheets: Iterable[tuple[str, Sequence[Column], Iterator[Row]]],
    export_id: str = "",
) -> None:
    """A workbook of (sheet name, columns, rows), streamed row by row."""
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS) as book:
        styles = _Styles(book)
        if export_id:
            book.set_custom_property(EXPORT_PROPERTY, export_id)
        for name, columns, rows in sheets:
            page = book.add_worksheet(name)
            _head(page, [(column.code, width_of(column)) for column in columns], styles)
            codes = [column.code for column in columns]
            for line, row in enumerate(rows, 1):
                for place, code in enumerate(codes):
                    write_cell(page, line, place, row[code], styles)


def write_table(
    target: Path | IO[bytes], name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """A workbook with one plain table, such as a list of problems."""
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS) as book:
        styles = _Styles(book)
        page = book.add_worksheet(name[:31])
        _head(
            page, [(head, 16 if place < len(heads) - 1 else 90) for place, head in enumerate(heads)], styles
        )
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                write_cell(page, line, place, value, styles)


def write_blank(
    target: Path | IO[bytes],
    sheets: Sequence[Sheet],
    language: str,
    *,
    notes_title: str,
    intro: Sequence[str],
    note_of: Any,
    note_heads: Sequence[str],
    fields: Sequence[tuple[str, str]],
) -> None:
    """The blank workbook: one sheet per register with headings, drop-down lists and a sheet of notes.

    ``note_of(sheet, column)`` says what to write into a column; ``fields`` are (title, note) of the Enterprise sheet.
    """
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS) as book:
        styles = _Styles(book)
        notes = book.add_worksheet(notes_title)
        notes.set_column(0, 1, 22)
        notes.set_column(2, 2, 100)
        line = 0
        for text in intro:
            notes.write_string(line, 0, text, styles.title if line == 0 else styles.text)
            line += 1
        line += 1
        for place, title in enumerate(note_heads):
            notes.write_string(line, place, title, styles.head)
        for title, note in fields:
            line += 1
            for place, text in enumerate((sheet_title("Enterprise", language), title, note)):
                notes.write_string(line, place, text, styles.long)
        for sheet in sheets:
            for column in sheet.columns:
                line += 1
                texts = (
                    sheet_title(sheet.name, language),
                    heading(sheet.name, column.code, language),
                    note_of(sheet, column),
                )
                for place, text in enumerate(texts):
                    notes.write_string(line, place, text, styles.long)
        own = book.add_worksheet(sheet_title("Enterprise", language))
        _head(
            own,
            [(heading("Enterprise", "field", language), 22), (heading("Enterprise", "value", language), 40)],
            styles,
        )
        own.set_column(1, 1, 40, styles.typed_text)
        for at, (title, _note) in enumerate(fields, 1):
            own.write_string(at, 0, title, styles.text)
        for sheet in sheets:
            page = book.add_worksheet(sheet_title(sheet.name, language))
            columns = list(sheet.columns)
            _head(page, [(heading(sheet.name, c.code, language), width_of(c)) for c in columns], styles)
            for place, column in enumerate(columns):
                title = heading(sheet.name, column.code, language)
                _prepare_column(page, place, column, title, note_of(sheet, column), language, styles)


def _prepare_column(
    page: Any, place: int, column: Column, title: str, note: str, language: str, styles: _Styles
) -> None:
    if column.kind in (ColumnKind.DAY, ColumnKind.MONTH):
        page.set_column(place, place, width_of(column), styles.day)
    elif column.kind in (ColumnKind.TEXT, ColumnKind.CODES, ColumnKind.LONG_TEXT, ColumnKind.HOUR):
        page.set_column(place, place, width_of(column), styles.typed_text)
    rule: dict[str, Any] = {"validate": "any"}
    choices = [word(str(code), language) for code in column.choices]
    if choices and column.kind is ColumnKind.TEXT and sum(map(len, choices)) + len(choices) <= _LIST_LIMIT:
        # Other words are allowed: the import asks once what they stand for.
        rule = {"validate": "list", "source": choices, "show_error": False}
    if note:
        rule |= {"input_title": title[:32], "input_message": note[:255]}
    if len(rule) > 1:
        page.data_validation(1, place, _LIST_ROWS, place, rule)
