"""Checks a whole workbook and finds everything that is wrong at once. Reads the file only; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, Protocol

from fairfloor.core.sheets import Column, ColumnKind, Key, Row, Sheet
from fairfloor.registers import profile as enterprise_sheet
from fairfloor.registers.headings import (
    EXPLAINING_SHEETS,
    SHEET_NAMES,
    find_columns,
    find_field,
    find_sheets,
    normal,
    suggest,
    suggest_column,
)
from fairfloor.registers.reading import MAX_ROWS, Book, FileRefused
from fairfloor.registers.values import Unreadable, parse_cell, plain_text
from fairfloor.registers.words import known_words, suggest_code

MAX_KEPT = 20_000
HEADING_ROWS = 10

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Found:
    """Something to tell about a place in the workbook. ``row`` counts from 1 as Excel does; 0 is the whole sheet.

    ``code`` and ``values`` (plain JSON) make the sentence in ``messages``.
    """

    sheet: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    row: int = 0
    column: str = ""
    # The heading as the factory wrote it.
    heading: str = ""


class Findings:
    """A list of findings that counts all and keeps the first ``MAX_KEPT``, so that a hopeless file fits in memory."""

    def __init__(self) -> None:
        self.kept: list[Found] = []
        self.total = 0

    def add(self, found: Found) -> None:
        """Take one more."""
        self.total += 1
        if len(self.kept) < MAX_KEPT:
            self.kept.append(found)


@dataclass
class Taught:
    """What a factory has taught about its own words. All words in normal form; an empty target means: leave it out."""

    sheets: dict[str, str] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


@dataclass
class Unknown:
    """What the factory could teach: sheets, headings and words nobody knows, with the nearest known one."""

    sheets: dict[str, str] = field(default_factory=dict)
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    words: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sheets or self.headings or self.words)


@dataclass
class SheetRows:
    """The rows of one sheet that can be read, each with its number in the file."""

    sheet: Sheet
    their_name: str
    headings: dict[str, str]
    rows: list[tuple[int, Row]] = field(default_factory=list)


@dataclass
class Checked:
    """What a workbook holds and what is wrong with it."""

    sheets: dict[str, SheetRows] = field(default_factory=dict)
    # Field of the Enterprise sheet → value, and the row it stands in.
    profile: dict[str, Any] = field(default_factory=dict)
    profile_rows: dict[str, int] = field(default_factory=dict)
    problems: Findings = field(default_factory=Findings)
    notes: Findings = field(default_factory=Findings)
    unknown: Unknown = field(default_factory=Unknown)

    @property
    def row_total(self) -> int:
        """Rows read, all sheets together."""
        return sum(len(each.rows) for each in self.sheets.values())


class Database(Protocol):
    """What the check asks of the registers as they are."""

    def values(self, sheet: str, column: str) -> Container[Any]:
        """All values of a column."""

    def departments(self) -> dict[str, str]:
        """Name → code, so that a register may name its departments."""

    def rows(self, sheet: Sheet) -> Iterable[Row]:
        """All rows of a sheet."""


class NoDatabase:
    """Stands for the registers of a factory that does not exist yet."""

    def values(self, sheet: str, column: str) -> Container[Any]:
        """None."""
        return ()

    def departments(self) -> dict[str, str]:
        """None."""
        return {}

    def rows(self, sheet: Sheet) -> Iterable[Row]:
        """None."""
        return ()


def no_progress(done: int, total: int, what: str) -> None:
    """For callers that show none."""


def check_book(
    book: Book,
    sheets: Sequence[Sheet],
    taught: Taught,
    database: Database,
    progress: Progress = no_progress,
) -> Checked:
    """Read and check every sheet; the database is asked only for what the file does not hold itself."""
    checked = Checked()
    by_name = {sheet.name: sheet for sheet in sheets}
    known = [enterprise_sheet.SHEET, *by_name]
    theirs = find_sheets(book.sheet_names, known, taught.sheets)
    _say_sheets(book, theirs, known, taught, checked)
    total = sum(book.row_counts.get(each, 0) for each in theirs) or 1
    done = 0
    for their_name, name in theirs.items():
        if name == enterprise_sheet.SHEET:
            _check_profile(book, their_name, checked)
        elif name in checked.sheets:
            checked.problems.add(Found(their_name, "SHEET_TWICE", {"name": name}))
        else:
            tick = partial(_tick, progress, done, total, name)
            _check_sheet(book, their_name, by_name[name], taught, checked, tick)
        done += book.row_counts.get(their_name, 0)
        progress(done, total, name)
    _check_references(checked, database)
    _check_across(checked, sheets, database)
    return checked


def read_profile(book: Book) -> Checked:
    """Only the Enterprise sheet, to learn which enterprise a workbook belongs to."""
    checked = Checked()
    for their_name, name in find_sheets(book.sheet_names, [enterprise_sheet.SHEET], {}).items():
        if name == enterprise_sheet.SHEET:
            _check_profile(book, their_name, checked)
            break
    return checked


def _tick(progress: Progress, before: int, total: int, name: str, rows: int) -> None:
    progress(min(before + rows, total), total, name)


def _say_sheets(
    book: Book, theirs: dict[str, str], known: list[str], taught: Taught, checked: Checked
) -> None:
    ignored = {normal(name) for name in EXPLAINING_SHEETS} | {k for k, v in taught.sheets.items() if not v}
    candidates = {name: SHEET_NAMES.get(name, ()) for name in known}
    for name in book.sheet_names:
        if name not in theirs and normal(name) not in ignored:
            checked.unknown.sheets[name] = suggest(name, candidates)
            checked.notes.add(Found(name, "UNKNOWN_SHEET"))
    if not theirs:
        checked.problems.add(Found("", "NO_KNOWN_SHEET", {"names": ", ".join(known)}))


def _is_blank(cells: Iterable[Any]) -> bool:
    return all(cell == "" or cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _text_or_blank(cell: Any) -> str:
    try:
        return plain_text(cell)
    except Unreadable:
        return ""


def _find_headings(
    head: list[list[Any]], name: str, columns: Sequence[str], mapped: dict[str, str]
) -> tuple[int, dict[int, str], list[tuple[str, str]], list[str]]:
    """The row with the headings: a title and blank rows may stand above it."""
    best = None
    for number, cells in enumerate(head):
        texts = [_text_or_blank(cell) for cell in cells]
        if not any(texts):
            continue
        found, twice = find_columns(name, columns, texts, mapped)
        if best is None or len(found) > len(best[1]):
            best = number, found, twice, texts
        if len(found) >= min(2, len(columns)):
            break
    return best or (0, {}, [], [])


def _check_sheet(
    book: Book, their_name: str, sheet: Sheet, taught: Taught, checked: Checked, tick: Callable[[int], None]
) -> None:
    columns = {column.code: column for column in sheet.columns}
    mapped = taught.headings.get(sheet.name, {})
    source = book.rows(their_name)
    head = list(islice(source, HEADING_ROWS))
    start, places, twice, texts = _find_headings(head, sheet.name, list(columns), mapped)
    headings = {column: texts[place] for place, column in places.items()}
    read = SheetRows(sheet, their_name, headings)
    checked.sheets[sheet.name] = read
    for text, column in twice:
        checked.problems.add(Found(their_name, "HEADING_TWICE", {"text": text, "name": column}, start + 1))
    for place, text in enumerate(texts):
        if text and place not in places and mapped.get(normal(text)) is None:
            candidates = [code for code in columns if code not in headings]
            checked.unknown.headings[sheet.name, text] = suggest_column(sheet.name, candidates, text)
            checked.notes.add(Found(their_name, "UNKNOWN_COLUMN", {"text": text[:80]}, start + 1))
    missing = [column.code for column in sheet.columns if column.required and column.code not in headings]
    if missing:
        if places or texts:
            for code in missing:
                checked.problems.add(Found(their_name, "MISSING_COLUMN", {"name": code}, start + 1, code))
        return
    reader = _RowReader(read, places, columns, taught, checked)
    for number, cells in enumerate(head[start + 1 :], start + 2):
        reader.take(number, cells)
    for number, cells in enumerate(source, len(head) + 1):
        if number > MAX_ROWS:
            raise FileRefused("TOO_MANY_ROWS", limit=MAX_ROWS, found=number)
        reader.take(number, cells)
        if number % 1000 == 0:
            tick(number)


class _RowReader:
    """Reads the rows of one sheet, one after the other."""

    def __init__(
        self,
        read: SheetRows,
        places: dict[int, str],
        columns: dict[str, Column],
        taught: Taught,
        checked: Checked,
    ):
        self.read, self.checked = read, checked
        self.sheet = read.sheet
        self.columns = columns
        self.seen: dict[Key, int] = {}
        self.blank: Row = {
            code: ()
            if column.kind is ColumnKind.CODES
            else None
            if column.kind not in (ColumnKind.TEXT, ColumnKind.LONG_TEXT, ColumnKind.HOUR)
            else ""
            for code, column in columns.items()
        }
        self.plan: list[tuple[int, str, Column, dict[str, str]]] = []
        for place, code in places.items():
            column = columns[code]
            words = {**known_words(column.choices), **taught.words.get((self.sheet.name, code), {})}
            self.plan.append((place, code, column, words if column.choices else {}))
        self.last_place = max(places, default=0)

    def _problem(self, number: int, column: str, code: str, values: dict[str, Any]) -> None:
        heading = self.read.headings.get(column, "")
        self.checked.problems.add(Found(self.read.their_name, code, values, number, column, heading))

    def take(self, number: int, cells: list[Any]) -> None:
        """Check one row; blank rows are passed over."""
        if _is_blank(cells):
            return
        row = dict(self.blank)
        is_good = True
        width = len(cells)
        for place, code, column, words in self.plan:
            cell = cells[place] if place < width else ""
            if cell == "":
                continue
            try:
                row[code] = parse_cell(cell, column, words)
            except Unreadable as reason:
                is_good = False
                if reason.code == "UNKNOWN_CODE":
                    text = reason.values["text"]
                    where = (self.sheet.name, code, text)
                    if where not in self.checked.unknown.words:
                        self.checked.unknown.words[where] = suggest_code(text, column.choices)
                    reason.values["suggestion"] = self.checked.unknown.words[where]
                row[code] = _UNREADABLE
                self._problem(number, code, reason.code, reason.values)
        for code, column in self.columns.items():
            if column.required and row[code] in ("", None, ()):
                is_good = False
                self._problem(number, code, "MISSING", {})
        if is_good:
            for problem in self.sheet.problems_in(row):
                is_good = False
                self._problem(number, problem.column, problem.code, plain_values(problem.values))
        if self.sheet.key and all(row[code] is not _UNREADABLE for code in self.sheet.key):
            key = self.sheet.key_of(row)
            first = self.seen.setdefault(key, number)
            if first != number:
                is_good = False
                self._problem(
                    number,
                    self.sheet.key[0],
                    "DUPLICATE",
                    {"row": first, "key": " · ".join(map(_shown, key))},
                )
        # A row with a problem is kept too: other rows may refer to it, and then that is no second problem.
        self.read.rows.append((number, row))
        if not is_good:
            row[_HAS_PROBLEM] = True


_UNREADABLE = object()
_HAS_PROBLEM = "\x00problem"


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """Values for a sentence as plain JSON."""
    return {name: value if isinstance(value, (int, str)) else _shown(value) for name, value in values.items()}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(_shown(each) for each in value)
    return str(value)


def _check_profile(book: Book, their_name: str, checked: Checked) -> None:
    for number, cells in enumerate(book.rows(their_name), 1):
        texts = [_text_or_blank(cell) for cell in cells[:2]] + ["", ""]
        if _is_blank(cells) or (number <= HEADING_ROWS and normal(texts[0]) in ("field", "字段")):
            continue
        name = find_field(texts[0])
        if not name:
            checked.notes.add(Found(their_name, "UNKNOWN_FIELD", {"text": texts[0][:80]}, number))
            continue
        if name in checked.profile_rows:
            values = {"row": checked.profile_rows[name], "key": name}
            checked.problems.add(Found(their_name, "DUPLICATE", values, number, "field", texts[0]))
            continue
        checked.profile_rows[name] = number
        if _is_blank(cells[1:2]):
            continue  # what is left empty is not said, as in the blank workbook
        try:
            checked.profile[name] = enterprise_sheet.parse_field(name, cells[1] if len(cells) > 1 else "")
        except Unreadable as reason:
            checked.problems.add(Found(their_name, reason.code, reason.values, number, "value", name))
    begin, end = checked.profile.get("report_from"), checked.profile.get("report_to")
    if begin and end and end < begin:
        row = checked.profile_rows["report_to"]
        checked.problems.add(Found(their_name, "BEFORE", {"other": "report_from"}, row, "value", "report_to"))


def _check_references(checked: Checked, database: Database) -> None:
    """Every code that refers to another register exists, in the file or in the database."""
    in_file: dict[tuple[str, str], set[Any]] = {}
    in_database: dict[tuple[str, str], Container[Any]] = {}
    aliases: dict[str, str] | None = None
    for read in checked.sheets.values():
        renamed = False
        for column in (each for each in read.sheet.columns if each.ref is not None):
            target = column.ref
            if target not in in_file:
                other = checked.sheets.get(target[0])
                in_file[target] = {row[target[1]] for _number, row in other.rows} if other else set()
            for number, row in read.rows:
                value = row[column.code]
                if value in ("", None, ()) or value is _UNREADABLE:
                    continue
                for each in value if isinstance(value, tuple) else (value,):
                    if each in in_file[target]:
                        continue
                    if target not in in_database:
                        in_database[target] = database.values(*target)
                    if each in in_database[target]:
                        continue
                    if target == ("Departments", "code") and not isinstance(value, tuple):
                        if aliases is None:
                            aliases = _department_aliases(checked, database.departments())
                        if code := aliases.get(normal(each), ""):
                            row[column.code] = code
                            renamed = True
                            continue
                    row[_HAS_PROBLEM] = True
                    values = {"text": _shown(each)[:80], "sheet": target[0]}
                    heading = read.headings.get(column.code, "")
                    checked.problems.add(
                        Found(read.their_name, "UNKNOWN_REFERENCE", values, number, column.code, heading)
                    )
        if renamed:
            _check_keys_again(read, checked)
    for read in checked.sheets.values():
        read.rows = [(number, row) for number, row in read.rows if _HAS_PROBLEM not in row]


def _check_across(checked: Checked, sheets: Sequence[Sheet], database: Database) -> None:
    """Rules between rows of several sheets, as they will be after the import."""
    by_name = {sheet.name: sheet for sheet in sheets}
    whole: dict[str, list[Row]] = {}

    def rows_after(name: str) -> list[Row]:
        if name not in whole:
            read = checked.sheets.get(name)
            rows = [row for _number, row in read.rows] if read else []
            sheet = by_name.get(name)
            if sheet is not None and sheet.key:
                taken = {sheet.key_of(row) for row in rows}
                rows += [row for row in database.rows(sheet) if sheet.key_of(row) not in taken]
            whole[name] = rows
        return whole[name]

    for read in checked.sheets.values():
        if type(read.sheet).problems_across is Sheet.problems_across:
            continue
        rows = [row for _number, row in read.rows]
        for index, problem in read.sheet.problems_across(rows, rows_after):
            number, values = read.rows[index][0], plain_values(problem.values)
            heading = read.headings.get(problem.column, "")
            found = Found(read.their_name, problem.code, values, number, problem.column, heading)
            checked.problems.add(found)


def _check_keys_again(read: SheetRows, checked: Checked) -> None:
    """Two rows that named one department in two ways may be the same row."""
    seen: dict[Key, int] = {}
    for number, row in read.rows:
        if read.sheet.key and _HAS_PROBLEM not in row:
            key = read.sheet.key_of(row)
            first = seen.setdefault(key, number)
            if first != number:
                row[_HAS_PROBLEM] = True
                values = {"row": first, "key": " · ".join(map(_shown, key))}
                checked.problems.add(Found(read.their_name, "DUPLICATE", values, number, read.sheet.key[0]))


def _department_aliases(checked: Checked, in_database: dict[str, str]) -> dict[str, str]:
    aliases = {normal(name): code for name, code in in_database.items()}
    departments = checked.sheets.get("Departments")
    for _number, row in departments.rows if departments else ():
        for name in (row.get("name"), row.get("name_zh"), row.get("code")):
            if isinstance(name, str) and name:
                aliases[normal(name)] = row["code"]
    return aliases
