"""Compares a file with the database row by row, with what both once were as the third side. Pure.

=====================  ====================  ===========================================
row in the file        row in the database   what happens
=====================  ====================  ===========================================
equal to the database                        unchanged
not there in database                        created
as it once left        changed since         skipped: only our side changed
changed since          as it once was        updated
changed since          changed since         conflict: told, never overwritten
never seen before      differs               conflict, unless it only fills empty cells
=====================  ====================  ===========================================

Rows that only the database holds stay.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from itertools import compress
from typing import Any

from fairfloor.core.sheets import Column, ColumnKind, Row, Sheet

Digest = bytes
_SIZE = 8


def plain(value: Any, column: Column | None = None) -> Any:
    """A value as JSON that is the same for equal values: numbers without trailing zeros, text as it is read back."""
    if value is None or value == ():
        return ""
    if isinstance(value, str):
        if not value:
            return ""
        text = value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
        text = text.strip()
        if column and column.kind is ColumnKind.TEXT and not text.isprintable():
            return text.replace("\n", " ").replace("\t", " ")
        return text
    if isinstance(value, (bool, int)):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    # Several codes are a set: members present, tags. Their order says nothing.
    return ";".join(sorted(str(each) for each in value))


def digest_of(values: Iterable[Any]) -> Digest:
    """Eight bytes that stand for a list of plain values."""
    return blake2b(_encode(list(values)).encode(), digest_size=_SIZE).digest()


_encode = json.JSONEncoder(ensure_ascii=False).encode


class Digester:
    """Digests rows of one sheet; keeps the sheet's columns, which some sheets build anew each time they are asked."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.columns = sorted(sheet.columns, key=lambda column: column.code)
        self.by_code = {column.code: column for column in self.columns}
        self.pairs = [(column.code, column) for column in self.columns]

    def key(self, row: Row) -> Digest:
        """The digest of a row's identity."""
        key = self.sheet.key_of(row)
        columns = [self.by_code.get(code) for code in self.sheet.key]
        if len(columns) != len(key):
            columns = [None] * len(key)
        return digest_of(plain(value, column) for value, column in zip(key, columns, strict=True))

    def row(self, row: Row) -> Digest:
        """The digest of everything in a row."""
        return digest_of(self.values(row))

    def values(self, row: Row) -> list[Any]:
        """Everything in a row as plain values, in the order of ``columns``."""
        return [plain(row[code], column) for code, column in self.pairs]

    def differing(self, one: Row, other: Row) -> list[str]:
        """Codes of the columns in which two rows differ."""
        return [c.code for c in self.columns if plain(one[c.code], c) != plain(other[c.code], c)]


def pack(digests: Mapping[Digest, Digest]) -> bytes:
    """Key and row digests as one run of bytes."""
    return b"".join(key + digests[key] for key in sorted(digests))


def unpack(packed: bytes | memoryview) -> dict[Digest, Digest]:
    """The opposite of :func:`pack`."""
    data = bytes(packed)
    return {data[at : at + _SIZE]: data[at + _SIZE : at + 2 * _SIZE] for at in range(0, len(data), 2 * _SIZE)}


@dataclass(frozen=True)
class Bases:
    """What rows of one sheet looked like before: as exported in this file's export, and as last imported from it."""

    exported: Mapping[Digest, Digest] = field(default_factory=dict)
    imported: Mapping[Digest, Digest] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A row that differs: its number in the file, its key, and per column what the database and the file say."""

    row: int
    key: str
    columns: tuple[tuple[str, str, str], ...]


@dataclass
class SheetPlan:
    """What an import would do to one sheet."""

    sheet: Sheet
    created: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    # The first few updates, for the preview.
    changes: list[Difference] = field(default_factory=list)
    # Groups to replace as a whole: value → rows.
    replaced: dict[Any, list[Row]] = field(default_factory=dict)
    # The base to keep after the import.
    new_base: dict[Digest, Digest] = field(default_factory=dict)
    first_changed_row: int = 0

    @property
    def writes(self) -> bool:
        """Whether anything in the database would change."""
        return bool(self.created or self.updated or self.replaced)

    @property
    def created_count(self) -> int:
        """New rows, those of replaced groups included."""
        return len(self.created) + sum(len(rows) for rows in self.replaced.values())


SHOWN_CHANGES = 50


def _difference(digester: Digester, number: int, ours: Row, theirs: Row) -> Difference:
    columns = tuple(
        (
            code,
            plain(ours[code], digester.by_code[code])[:200],
            plain(theirs[code], digester.by_code[code])[:200],
        )
        for code in digester.differing(ours, theirs)
    )
    key = " · ".join(str(plain(each)) for each in digester.sheet.key_of(theirs))
    return Difference(number, key[:200], columns)


def _only_fills(digester: Digester, ours: Row, theirs: Row) -> bool:
    """Whether the file only writes where the database has nothing: no word of anybody is lost."""
    return all(plain(ours[code]) == "" for code in digester.differing(ours, theirs))


def plan_rows(
    sheet: Sheet,
    rows: list[tuple[int, Row]],
    current: Iterable[Row],
    bases: Bases,
    absent: Iterable[str] = (),
) -> SheetPlan:
    """Decide for every row of a file what happens to it. ``current`` may stream: no row of it is kept.

    ``absent`` are columns the file does not have: what the database holds there stays.
    """
    plan = SheetPlan(sheet)
    digester = Digester(sheet)
    absent = set(absent)
    parts = _Parts(digester, absent, bases.imported, plan.new_base) if absent else None
    theirs: dict[Digest, tuple[int, Row]] = {digester.key(row): (number, row) for number, row in rows}
    plan.new_base.update(bases.imported)
    waiting = dict(theirs)
    updated: dict[Digest, Row] = {}
    for ours in current:
        key = digester.key(ours)
        found = waiting.pop(key, None)
        if found is None:
            continue
        number, row = found
        for code in absent:
            row[code] = ours[code]
        our_values, their_values = digester.values(ours), digester.values(row)
        now, wanted = digest_of(our_values), digest_of(their_values)
        if now == wanted:
            plan.unchanged += 1
            if not (parts and parts.was(key, their_values)):
                plan.new_base[key] = wanted
                if parts:
                    parts.keep(key, their_values)
            continue
        base = bases.imported.get(key) or bases.exported.get(key)
        if wanted in (base, bases.exported.get(key)) or (parts and parts.was(key, their_values)):
            plan.skipped.append(_difference(digester, number, ours, row))
        elif (
            now == base
            or (parts and parts.was(key, our_values))
            or (base is None and _only_fills(digester, ours, row))
        ):
            updated[key] = row
            plan.new_base[key] = wanted
            if parts:
                parts.keep(key, their_values)
            plan.first_changed_row = min(plan.first_changed_row or number, number)
            if len(plan.changes) < SHOWN_CHANGES:
                plan.changes.append(_difference(digester, number, ours, row))
        else:
            plan.conflicts.append(_difference(digester, number, ours, row))
    # In the order of the file, so that the same file always writes the same.
    for key, (number, row) in theirs.items():
        if key in updated:
            plan.updated.append(row)
        elif key in waiting:
            plan.created.append(row)
            their_values = digester.values(row)
            plan.new_base[key] = digest_of(their_values)
            if parts:
                parts.keep(key, their_values)
            plan.first_changed_row = min(plan.first_changed_row or number, number)
    return plan


class _Parts:
    """For files without some columns: a base of just the columns they have.

    What the program changes in a column the file does not know is no change of the file's row. Such a base stands
    beside that of the whole row, under a key of its own for each set of columns.
    """

    def __init__(
        self,
        digester: Digester,
        absent: set[str],
        before: Mapping[Digest, Digest],
        kept: dict[Digest, Digest],
    ):
        self.before, self.kept = before, kept
        self.there = [column.code not in absent for column in digester.columns]
        self.mark = digest_of(column.code for column in digester.columns if column.code not in absent)

    def _key(self, key: Digest) -> Digest:
        return blake2b(key + self.mark, digest_size=_SIZE).digest()

    def was(self, key: Digest, values: list[Any]) -> bool:
        """Whether a row with these values is in these columns as it last came in."""
        return self.before.get(self._key(key)) == digest_of(compress(values, self.there))

    def keep(self, key: Digest, values: list[Any]) -> None:
        """Remember a row as it comes in now."""
        self.kept[self._key(key)] = digest_of(compress(values, self.there))


def plan_groups(
    sheet: Sheet, rows: list[tuple[int, Row]], current: Iterator[Row], as_shown: Iterator[Row]
) -> SheetPlan:
    """For rows without identity: a group is replaced when its rows, in any order, differ from the database's.

    A group that equals what a page hands out (``as_shown``: small groups emptied) is unchanged too; else a file that
    was exported and brought back would cost the database what the export left out.
    """
    plan = SheetPlan(sheet)
    digester = Digester(sheet)
    groups: dict[Any, list[Row]] = {}
    first_rows: dict[Any, int] = {}
    for number, row in rows:
        groups.setdefault(row[sheet.replace_by], []).append(row)
        first_rows.setdefault(row[sheet.replace_by], number)
    ours, shown = _count_groups(digester, current, groups), _count_groups(digester, as_shown, groups)
    for group, members in groups.items():
        wanted = Counter(digester.row(row) for row in members)
        if wanted == ours.get(group) or wanted == shown.get(group):
            plan.unchanged += len(members)
        else:
            plan.replaced[group] = members
            plan.first_changed_row = min(plan.first_changed_row or first_rows[group], first_rows[group])
    return plan


def _count_groups(digester: Digester, rows: Iterator[Row], wanted: Mapping[Any, Any]) -> dict[Any, Counter]:
    counts: dict[Any, Counter] = {}
    name = digester.sheet.replace_by
    for row in rows:
        if row[name] in wanted:
            counts.setdefault(row[name], Counter())[digester.row(row)] += 1
    return counts
