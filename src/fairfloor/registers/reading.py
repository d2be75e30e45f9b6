"""Opens a workbook from outside: recognised by content, measured before it is inflated, read row by row.

The order matters. A zip bomb, a file that lies about its size and a sheet with one cell in the last corner would each
fill the memory once calamine had them, so everything is measured on the stream first.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

MAX_UPLOAD_BYTES = 60 * 1024 * 1024
MAX_INFLATED_BYTES = 300 * 1024 * 1024
MAX_ENTRIES = 2000
# XML of a register shrinks about twentyfold; repeated rows a hundredfold.
MAX_RATIO = 250
RATIO_FROM_BYTES = 5 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_ODD_CELLS = 10_000
_CHUNK = 1024 * 1024

TOO_LARGE = frozenset(
    {"FILE_TOO_LARGE", "INFLATES_TOO_LARGE", "TOO_MANY_ENTRIES", "TOO_MANY_ROWS", "TOO_WIDE"}
)


class FileRefused(Exception):
    """The file is not a workbook we read. ``code`` picks the sentence in ``messages``; ``status`` is 413 or 422."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return 413 if self.code in TOO_LARGE else 422


@dataclass(frozen=True)
class OddCell:
    """A formula nobody has calculated yet, or a cell that shows an error; calamine shows both as empty."""

    kind: str  # "FORMULA" or "ERROR"
    text: str


@dataclass
class Book:
    """An opened workbook."""

    sheet_names: list[str]
    digest: str
    # The export this file began as; empty for a factory's own file.
    export_id: str
    _workbook: CalamineWorkbook
    _odd: dict[str, dict[tuple[int, int], OddCell]] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[list[Any]]:
        """Rows of a sheet from the first on, each as long as the widest; blanks are ``""``.

        An odd cell comes as an :class:`OddCell`, so that no value is lost without a word.
        """
        odd = self._odd.get(name, {})
        by_row: dict[int, list[int]] = {}
        for row, column in odd:
            by_row.setdefault(row, []).append(column)
        read = iter(_or_refuse(lambda: self._workbook.get_sheet_by_name(name).iter_rows()))
        number = -1
        while (cells := _or_refuse(lambda: next(read, None))) is not None:
            number += 1
            for column in by_row.pop(number, ()):
                cells.extend([""] * (column + 1 - len(cells)))
                if cells[column] == "":
                    cells[column] = odd[number, column]
            yield cells
        # Rows below the last value that hold odd cells only.
        for below in sorted(by_row):
            yield from ([] for _blank in range(number + 1, below))
            number = below
            cells = [""] * (max(by_row[number]) + 1)
            for column in by_row[number]:
                cells[column] = odd[number, column]
            yield cells

    def close(self) -> None:
        """Let the memory go."""
        self._workbook.close()


def _or_refuse(read: Callable[[], Any]) -> Any:
    """What the reader gives. A panic inside it is not an Exception, and nothing a file holds may stop the program."""
    try:
        return read()
    except BaseException as broken:
        if isinstance(broken, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
            raise
        raise FileRefused("BROKEN") from broken


def _refuse_by_content(head: bytes, size: int) -> None:
    if size == 0:
        raise FileRefused("EMPTY_FILE")
    if size > MAX_UPLOAD_BYTES:
        raise FileRefused("FILE_TOO_LARGE", limit=MAX_UPLOAD_BYTES // 2**20)
    if head.startswith(b"PK"):
        return
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise FileRefused("OLD_EXCEL")
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF")):
        raise FileRefused("NOT_A_WORKBOOK")
    sample = head[:4096]
    if b"\x00" not in sample or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("TEXT_FILE")
    raise FileRefused("NOT_A_WORKBOOK")


def _inflate(file, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry in pieces, counted as they really are and not as the file says."""
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise FileRefused("BROKEN")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(info.header_offset + 30 + name_length + extra_length)
    left, total, checksum = info.compress_size, 0, 0
    inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        piece = file.read(min(left, 256 * 1024))
        if not piece:
            raise FileRefused("BROKEN")
        left -= len(piece)
        while piece:
            if inflater is None:
                out, piece = piece, b""
            else:
                out = inflater.decompress(piece, _CHUNK)
                piece = inflater.unconsumed_tail
            total += len(out)
            checksum = zlib.crc32(out, checksum)
            if total > info.file_size:
                raise FileRefused("INFLATES_TOO_LARGE", limit=MAX_INFLATED_BYTES // 2**20)
            if out:
                yield out
            elif inflater is not None and not inflater.eof:
                break
    if inflater is not None:
        out = inflater.flush()
        total += len(out)
        checksum = zlib.crc32(out, checksum)
        if out:
            yield out
        if not inflater.eof or inflater.unused_data:
            raise FileRefused("BROKEN")
    if total != info.file_size or checksum != info.CRC:
        raise FileRefused("BROKEN")


# Cells in the XML of a sheet. `r` may be missing; then the place follows from the order.
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])([^>]*)>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ODD = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>))?"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ENTITIES = {b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'", b"&amp;": b"&"}


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _plain(text: bytes) -> str:
    for entity, char in _ENTITIES.items():
        text = text.replace(entity, char)
    return text.decode("utf-8", "replace")


def _measure_sheet(pieces: Iterator[bytes]) -> tuple[dict[tuple[int, int], OddCell], int]:
    """Read the XML of one sheet once: how far it reaches, and which cells calamine would show as empty.

    A sheet that reaches too far is refused: the reader keeps a full rectangle in memory, so one value in the last
    corner would ask for 17 thousand million cells. Styled cells without a value count for nothing.
    """
    odd: dict[tuple[int, int], OddCell] = {}
    rest = b""
    last_row = widest = styled_row = styled_wide = 0
    has_unplaced = False
    for piece in pieces:
        data = rest + piece
        # Only whole cells: keep what begins the last, perhaps unfinished one.
        cut = max(data.rfind(b"</c>") + 4, data.rfind(b"</row>") + 6, data.rfind(b":c>") + 3)
        if cut < 10:
            # Styled empty cells only, for megabytes: never cut inside a tag, a cell could hide there.
            cut = max(data.rfind(b"<"), 0) if len(data) > 4 * _CHUNK else 0
        whole, rest = data[:cut], data[cut:]
        for match in _CELL.finditer(whole):
            attributes = match[1]
            place = _PLACE.search(attributes)
            if place is None:
                has_unplaced = True
                continue
            row, column = int(place[2]), _column_number(place[1])
            if attributes.endswith(b"/"):
                styled_row, styled_wide = max(styled_row, row), max(styled_wide, column + 1)
            else:
                last_row, widest = max(last_row, row), max(widest, column + 1)
        if b"<f" in whole or b":f" in whole or b't="e"' in whole:
            _collect_odd(whole, odd)
    if has_unplaced:
        last_row, widest = max(last_row, styled_row), max(widest, styled_wide)
    if last_row > MAX_ROWS:
        raise FileRefused("TOO_MANY_ROWS", limit=MAX_ROWS, found=last_row)
    if widest > MAX_COLUMNS:
        raise FileRefused("TOO_WIDE", limit=MAX_COLUMNS)
    return odd, last_row


def _collect_odd(whole: bytes, odd: dict[tuple[int, int], OddCell]) -> None:
    for match in _ODD.finditer(whole):
        attributes, formula, value = match.groups()
        place = _PLACE.search(attributes)
        if place is None or len(odd) >= MAX_ODD_CELLS:
            continue
        at = int(place[2]) - 1, _column_number(place[1])
        if b't="e"' in attributes and value:
            odd[at] = OddCell("ERROR", _plain(value))
        elif formula is not None and not value and b'"str"' not in attributes:
            odd[at] = OddCell("FORMULA", "=" + _plain(formula))


_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def _elements(xml: str, tag: str) -> Iterator[dict[str, str]]:
    for match in re.finditer(rf"<(?:\w+:)?{tag}\s([^>]*)>", xml):
        yield dict(_ATTRIBUTE.findall(match[1]))


def _sheet_paths(workbook_xml: str, relations_xml: str) -> dict[str, str]:
    """Entry path (lower case) → name of the sheet as the workbook calls it."""
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in _elements(relations_xml, "Relationship")
    }
    paths = {}
    for each in _elements(workbook_xml, "sheet"):
        target = targets.get(each.get("r:id") or each.get("id", ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        paths[path.lower()] = _plain(each.get("name", "").encode())
    return paths


_EXPORT_ID = re.compile(r"name=\"fairfloor-export\"[^>]*>\s*<[^>]*>([0-9a-f]{16})<")


def open_book(path: Path) -> Book:
    """Open a workbook. Raises :class:`FileRefused` with the reason; nothing else, whatever the file holds."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8192)
        _refuse_by_content(head, size)
        file.seek(0)
        digest = sha256()
        while block := file.read(_CHUNK):
            digest.update(block)
        try:
            measured = _measure(file)
        except (
            zipfile.BadZipFile,
            zlib.error,
            struct.error,
            ValueError,
            OSError,
            NotImplementedError,
        ) as broken:
            raise FileRefused("BROKEN") from broken
    odd_by_path, rows_by_path, texts = measured
    names = _sheet_paths(texts.get("xl/workbook.xml", ""), texts.get("xl/_rels/workbook.xml.rels", ""))
    found = _EXPORT_ID.search(texts.get("docprops/custom.xml", ""))
    workbook = _or_refuse(lambda: CalamineWorkbook.from_path(str(path)))
    return Book(
        sheet_names=list(workbook.sheet_names),
        digest=digest.hexdigest(),
        export_id=found[1] if found else "",
        _workbook=workbook,
        _odd={names[path]: odd for path, odd in odd_by_path.items() if odd and path in names},
        row_counts={names[path]: count for path, count in rows_by_path.items() if path in names},
    )


def check_outside(path: Path) -> None:
    """What can be told of a file without inflating it; quick enough for any upload. Raises :class:`FileRefused`."""
    with path.open("rb") as file:
        _refuse_by_content(file.read(8192), path.stat().st_size)
        try:
            _check_entries(file)
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as broken:
            raise FileRefused("BROKEN") from broken


def _check_entries(file) -> list[zipfile.ZipInfo]:
    """The entries of the archive, refused by what they say of themselves."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("TOO_MANY_ENTRIES", limit=MAX_ENTRIES)
    names = {info.filename.lower() for info in entries}
    if "encryptedpackage" in names or any(info.flag_bits & 1 for info in entries):
        raise FileRefused("PROTECTED")
    if "xl/workbook.bin" in names:
        raise FileRefused("BINARY_EXCEL")
    if "content.xml" in names and "mimetype" in names:
        raise FileRefused("OPEN_DOCUMENT")
    if "xl/workbook.xml" not in names or len(names) != len(entries):
        raise FileRefused("NOT_A_WORKBOOK")
    if sum(info.file_size for info in entries) > MAX_INFLATED_BYTES:
        raise FileRefused("INFLATES_TOO_LARGE", limit=MAX_INFLATED_BYTES // 2**20)
    for info in entries:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused("BROKEN")
        if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise FileRefused("INFLATES_TOO_LARGE", limit=MAX_INFLATED_BYTES // 2**20)
    return entries


def _measure(file) -> tuple[dict[str, dict], dict[str, int], dict[str, str]]:
    """Check every entry of the archive against what it says of itself; gives odd cells, row counts, small texts."""
    odd_by_path: dict[str, dict] = {}
    rows_by_path: dict[str, int] = {}
    texts: dict[str, str] = {}
    for info in _check_entries(file):
        name = info.filename.lower()
        pieces = _inflate(file, info)
        if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docprops/custom.xml"):
            texts[name] = b"".join(pieces).decode("utf-8", "replace")
        elif name.endswith(".xml") and "sharedstrings" not in name and "styles" not in name:
            odd_by_path[name], rows_by_path[name] = _measure_sheet(pieces)
        else:
            for _piece in pieces:
                pass
    return odd_by_path, rows_by_path, texts
