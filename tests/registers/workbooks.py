"""Builds workbooks, whole and broken, the way they come from outside."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

SUGGESTION_COLUMNS = (
    "code",
    "date",
    "channel",
    "proposer",
    "sex",
    "level",
    "department",
    "category",
    "title",
)
SUGGESTION_COLUMNS += ("text", "status", "decided_date", "reason", "project")
PROFILE = [
    ["field", "value"],
    ["name", "Mill Works"],
    ["name_zh", "磨坊"],
    ["country", "CN"],
    ["time_zone", "Asia/Shanghai"],
]
DEPARTMENTS = [
    ["code", "name", "name_zh", "kind", "shifts"],
    ["KNT", "Knitting", "织造车间", "production", 3],
]


def suggestion(code="S-1", **values) -> list:
    row = dict.fromkeys(SUGGESTION_COLUMNS, "")
    row |= {
        "code": code,
        "date": date(2023, 3, 2),
        "channel": "BOX",
        "sex": "FEMALE",
        "level": "FRONT_LINE",
        "department": "KNT",
        "category": "SAFETY",
        "text": "More light at the stairs",
        "status": "NEW",
    }
    return list((row | values).values())


def suggestions(*rows: list) -> list[list]:
    return [list(SUGGESTION_COLUMNS), *rows]


def workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    """A workbook of sheet name → rows; text that begins with = stays text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(line, place, value, day)
                    elif value != "":
                        page.write(line, place, value)
    return path


def read(source: Path | bytes) -> dict[str, list[list]]:
    """Sheet name → rows of a workbook."""
    file = io.BytesIO(source) if isinstance(source, bytes) else io.BytesIO(source.read_bytes())
    book = CalamineWorkbook.from_filelike(file)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    """A zip archive of the entries given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def with_sheet_xml(source: Path, target: Path, change) -> Path:
    """A copy of a workbook whose first sheet's XML went through ``change``."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    entries[name] = change(entries[name])
    return zipped(target, entries)
