"""Files are refused by what they are, before they cost memory."""

import struct
import zipfile

import pytest

from fairfloor.registers import reading
from fairfloor.registers.messages import refusal
from fairfloor.registers.reading import FileRefused, OddCell, open_book
from tests.registers.workbooks import with_sheet_xml, workbook, zipped


def refused(path):
    with pytest.raises(FileRefused) as caught:
        book = open_book(path)
        for name in book.sheet_names:
            list(book.rows(name))
    assert refusal(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"code,name\nKNT,Knitting\n", "TEXT_FILE"),
        ("编号,名称\n".encode("gb18030"), "TEXT_FILE"),
        ("code\tname".encode("utf-16"), "TEXT_FILE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "OLD_EXCEL"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "NOT_A_WORKBOOK"),
        (b"PK\x03\x04 and then nothing", "BROKEN"),
        (bytes(range(256)) * 8, "NOT_A_WORKBOOK"),
    ],
)
def test_the_name_means_nothing(tmp_path, content, code):
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    found = refused(path)
    assert found.code == code
    assert found.status == 422


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"readme.txt": b"hello"}, "NOT_A_WORKBOOK"),
        ({"content.xml": b"<x/>", "mimetype": b"x"}, "OPEN_DOCUMENT"),
        ({"xl/workbook.bin": b"x"}, "BINARY_EXCEL"),
        ({"xl/workbook.xml": b"<broken"}, "BROKEN"),
    ],
)
def test_an_archive_without_a_workbook_is_refused(tmp_path, entries, code):
    assert refused(zipped(tmp_path / "a.xlsx", entries)).code == code


def test_a_zip_bomb_is_refused_before_it_is_inflated(tmp_path):
    path = zipped(
        tmp_path / "a.xlsx", {"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b"0" * 40_000_000}
    )
    found = refused(path)
    assert (found.code, found.status) == ("INFLATES_TOO_LARGE", 413)


def test_many_large_entries_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_INFLATED_BYTES", 1000)
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<w/>" * 100, "b.xml": b"<w/>" * 200})
    assert refused(path).status == 413


def test_a_file_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<w/>", "xl/sharedStrings.xml": b"0" * 3_000_000})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/sharedStrings.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    assert refused(path).code == "INFLATES_TOO_LARGE"


def test_a_large_upload_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UPLOAD_BYTES", 1000)
    path = workbook(tmp_path / "a.xlsx", {"A": [["code"]]})
    assert refused(path).code == "FILE_TOO_LARGE"


def test_too_many_entries_and_a_password_are_refused(tmp_path):
    entries = {f"x{number}": b"" for number in range(2001)} | {"xl/workbook.xml": b"<w/>"}
    assert refused(zipped(tmp_path / "a.xlsx", entries)).status == 413
    assert refused(zipped(tmp_path / "b.xlsx", {"EncryptedPackage": b"x"})).code == "PROTECTED"


@pytest.mark.parametrize("place", ["XFD3", "A1048576", "ZZ900000"])
def test_a_value_in_the_last_corner_is_refused(tmp_path, place):
    source = workbook(tmp_path / "a.xlsx", {"A": [["code"], ["x"]]})
    far = f'<row r="3"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    path = with_sheet_xml(source, tmp_path / "b.xlsx", lambda xml: xml.replace(b"</sheetData>", far))
    assert refused(path).status == 413


def test_an_empty_styled_cell_far_out_does_no_harm(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"A": [["code"], ["x"]]})
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    path = with_sheet_xml(source, tmp_path / "b.xlsx", lambda xml: xml.replace(b"</sheetData>", far))
    assert list(open_book(path).rows("A")) == [["code"], ["x"]]


def test_rows_out_of_order_do_not_stop_the_program(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"A": [["code"], ["x"]]})
    back = b'<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="C2"><v>1</v></c></row></sheetData>'
    path = with_sheet_xml(source, tmp_path / "b.xlsx", lambda xml: xml.replace(b"</sheetData>", back))
    assert list(open_book(path).rows("A"))[1] == ["x", "", 1.0]


def test_formulas_without_a_value_and_errors_are_not_lost(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"A": [["code"], ["x"]]})
    odd = (
        b'<row r="3"><c r="A3"><f>1+1</f><v></v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        b'<row r="4"><c r="A4"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    path = with_sheet_xml(source, tmp_path / "b.xlsx", lambda xml: xml.replace(b"</sheetData>", odd))
    rows = list(open_book(path).rows("A"))
    assert rows[2][0] == OddCell("FORMULA", "=1+1")
    assert rows[2][1] == OddCell("ERROR", "#DIV/0!")
    assert rows[3][0] == 2.0


def test_a_truncated_workbook_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A": [["code"]]})
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path).code == "BROKEN"
    whole = workbook(tmp_path / "c.xlsx", {"A": [["code"]]})
    with zipfile.ZipFile(whole) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(whole.read_bytes())
    content[offset + 80 : offset + 120] = b"\xff" * 40
    whole.write_bytes(content)
    assert refused(whole).code == "BROKEN"
