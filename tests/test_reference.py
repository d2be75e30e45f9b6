"""The reference pages say what the program does now."""

import pytest

from scripts import reference


@pytest.mark.parametrize("name", reference.PAGES)
def test_page_is_what_the_program_says(name):
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "Out of date: run `python -m scripts.reference`."


def test_every_sheet_and_permission_is_there():
    from fairfloor.config.wiring import SHEETS
    from fairfloor.core.access import permissions

    book = reference.workbook()
    assert all(f"## {sheet.name}\n" in book for sheet in SHEETS)
    assert "## Enterprise\n" in book
    table = reference.permissions()
    assert all(f"| `{codename}` |" in table for codename in permissions())
