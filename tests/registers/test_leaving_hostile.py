"""Workbooks made to break things: each is refused with a place and a sentence, and nothing is half done."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest

from fairfloor.core.sheets import ColumnKind
from fairfloor.core.tenancy import scope
from fairfloor.registers.headings import heading, sheet_title
from fairfloor.registers.public import all_sheets
from fairfloor.suggestions.models import AnswerTemplate
from fairfloor.teams.models import ShiftTalk
from tests.registers.test_leaving import BOOK, acts, bring_in, refused, take_out, with_cells
from tests.registers.workbooks import workbook

NEW = sorted(
    set(BOOK) - {"Departments", "People", "TeamMembers", "Projects", "Suggestions", "Incidents", "Readings"}
)


def columns_of(kind: set[ColumnKind]) -> list[tuple[str, str]]:
    """Sheets and columns of the book that hold this kind and have few words to choose from."""
    return [
        (sheet.name, column.code)
        for sheet in all_sheets()
        if sheet.name in NEW
        for column in sheet.columns
        if column.kind in kind and column.code in BOOK[sheet.name][0]
    ]


def bad_everywhere(
    kind: set[ColumnKind], value: object
) -> tuple[dict[str, list[list]], set[tuple[str, str]]]:
    places = columns_of(kind)
    changes: dict[str, dict[tuple[int, str], object]] = {}
    for name, column in places:
        changes.setdefault(name, {})[1, column] = value
    return with_cells(changes), set(places)


@pytest.mark.parametrize(
    ("kinds", "value"),
    [
        ((ColumnKind.WHOLE, ColumnKind.NUMBER), 1e308),
        ((ColumnKind.WHOLE, ColumnKind.NUMBER), -1e308),
        ((ColumnKind.WHOLE, ColumnKind.NUMBER), "=1+1"),
        ((ColumnKind.WHOLE,), 1.5),
        ((ColumnKind.DAY, ColumnKind.MONTH), "1899-12-30"),
        ((ColumnKind.DAY, ColumnKind.MONTH), 0.5),
        ((ColumnKind.DAY, ColumnKind.MONTH), "31.2.2024"),
        ((ColumnKind.DAY, ColumnKind.MONTH), 1e308),
        ((ColumnKind.TEXT, ColumnKind.LONG_TEXT), "x" * 32_767),
        ((ColumnKind.TEXT, ColumnKind.LONG_TEXT), "界" * 32_767),
        ((ColumnKind.HOUR,), "half past nine"),
        ((ColumnKind.HOUR,), -0.5),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_cell_that_cannot_be_is_told_in_every_column_that_has_it(river, tmp_path, kinds, value):
    before = acts(river)
    book, places = bad_everywhere(kinds, value)
    found = refused(river, workbook(tmp_path / "bad.xlsx", book))
    assert places <= {(sheet, column) for sheet, row, column, _code in found if row == 2}
    assert acts(river) == before


def test_more_text_than_a_cell_can_hold_is_refused_too(river, tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"AnswerTemplates": BOOK["AnswerTemplates"]})
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["xl/sharedStrings.xml"] = entries["xl/sharedStrings.xml"].replace(b"Thank you", b"y" * 40_000)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    assert [found[1:] for found in refused(river, path)] == [(2, "text", "TOO_LONG")]
    with scope(river.id):
        assert not AnswerTemplate.objects.exists()


def test_a_row_twice_is_told_in_every_sheet(river, tmp_path):
    book = {name: [*rows, list(rows[1])] if name in NEW else rows for name, rows in BOOK.items()}
    found = refused(river, workbook(tmp_path / "twice.xlsx", book))
    assert {sheet for sheet, _row, _column, code in found if code == "DUPLICATE"} == set(NEW)


def test_a_formula_is_text_and_leaves_as_text(river, tmp_path):
    book = with_cells({"AnswerTemplates": {(1, "text"): "=HYPERLINK(1)"}, "BoardItems": {(2, "words"): "@x"}})
    book["BoardItems"][3][book["BoardItems"][0].index("words")] = "+1"
    book["BoardItems"][3][book["BoardItems"][0].index("number")] = 1
    bring_in(river, workbook(tmp_path / "a.xlsx", book))
    out = take_out(river)
    assert "=HYPERLINK(1)" in [row[2] for row in out["AnswerTemplates"]]
    assert {"@x", "+1"} <= {row[3] for row in out["BoardItems"]}


def test_chinese_headings_with_odd_spaces_are_understood(river, tmp_path):
    book = {}
    for sheet in all_sheets():
        if sheet.name in BOOK:
            head, *rows = BOOK[sheet.name]
            chinese = [heading(sheet.name, column, "zh-hans") for column in head]
            odd = ["\u3000" + " ".join(text) + "\xa0" for text in chinese]
            book[f" {sheet_title(sheet.name, 'zh-hans')} "] = [odd, *rows]
    outcome = bring_in(river, workbook(tmp_path / "zh.xlsx", book))
    assert not outcome.notes
    assert {plan.sheet.name for plan in outcome.plans} == set(BOOK)
    again = bring_in(river, workbook(tmp_path / "en.xlsx", BOOK))
    assert (again.created, again.updated, again.conflicts) == (0, 0, 0)


def test_one_wrong_row_of_many_stops_them_all(river, tmp_path):
    good = BOOK["ShiftTalks"][1]
    rows = [BOOK["ShiftTalks"][0], *([f"T-{number}", *good[1:]] for number in range(2, 900))]
    rows.append(["T-1", date(2024, 2, 3), "KNT", "NIGHT", "", 0, "", "", ""])
    assert refused(river, workbook(tmp_path / "a.xlsx", {"ShiftTalks": rows})) == [
        ("ShiftTalks", 900, "present", "NOBODY_THERE")
    ]
    with scope(river.id):
        assert not ShiftTalk.objects.exists()
