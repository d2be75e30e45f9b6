"""`import-registers` and `export-registers`."""

from pathlib import Path

import pytest

import fairfloor
from fairfloor.config.cli import main
from fairfloor.organisations.public import Enterprise
from tests.registers.workbooks import DEPARTMENTS, PROFILE, read, suggestion, suggestions, workbook

RIVERSIDE = Path(fairfloor.__file__).parent / "desk" / "demo" / "riverside-registers.xlsx"


def comparable(path, columns=None):
    """Sheet → rows as text by heading; order of rows and columns says nothing. ``columns`` picks some by sheet."""
    found = {}
    for name, (head, *rows) in read(path).items():
        wanted = columns[name] if columns and name in columns else head
        found[name] = sorted(
            str(sorted((code, str(value)) for code, value in zip(head, row, strict=True) if code in wanted))
            for row in rows
        )
    return found


def run(*arguments):
    return main([str(each) for each in arguments])


def test_a_whole_factory_goes_in_and_out_and_in(db, tmp_path, capsys):
    assert run("import-registers", RIVERSIDE) == 0
    assert run("export-registers", "--enterprise", "riverside-knitting", tmp_path / "a.xlsx") == 0
    # The program keeps more about a thing than this workbook tells; what it tells comes out as it went in.
    told = {name: rows[0] for name, rows in read(RIVERSIDE).items()}
    before, same = comparable(RIVERSIDE), comparable(tmp_path / "a.xlsx", told)
    after = comparable(tmp_path / "a.xlsx")
    for name in before:
        if name != "Enterprise":
            assert same[name] == before[name], name
    capsys.readouterr()
    assert run("import-registers", tmp_path / "a.xlsx") == 0
    out = capsys.readouterr().out
    for line in out.splitlines()[2:]:
        assert line.split()[1:3] == ["0", "0"], line
    assert run("export-registers", "--enterprise", "riverside-knitting", tmp_path / "b.xlsx") == 0
    assert comparable(tmp_path / "b.xlsx") == after


def test_problems_end_in_exit_code_1_and_nothing_written(db, tmp_path, capsys):
    sheets = {"Enterprise": PROFILE, "Departments": DEPARTMENTS}
    sheets["Suggestions"] = suggestions(suggestion(level="KING"), suggestion("S-2", date="2023-02-31"))
    assert run("import-registers", workbook(tmp_path / "a.xlsx", sheets)) == 1
    told = capsys.readouterr().err
    assert "Row 2 of Suggestions, column level" in told
    assert "Row 3 of Suggestions, column date" in told
    assert not Enterprise.objects.exists()


@pytest.mark.parametrize("content", [b"code,name", b"", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(db, tmp_path, capsys, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert run("import-registers", path) == 1
    assert capsys.readouterr().err.startswith("fairfloor: This")
    assert run("import-registers", tmp_path / "none.xlsx") == 1


def test_a_slug_can_be_given(db, tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Enterprise": PROFILE, "Departments": DEPARTMENTS})
    assert run("import-registers", path, "--slug", "mill-2") == 0
    assert Enterprise.objects.get().slug == "mill-2"


def test_an_unknown_enterprise_is_refused(db, tmp_path, capsys):
    assert run("export-registers", "--enterprise", "nobody", tmp_path / "a.xlsx") == 1
    assert "nobody" in capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()
