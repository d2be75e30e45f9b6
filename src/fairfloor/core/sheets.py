"""The shape of a register on paper: its columns, how its rows are matched, exported and saved.

A feature describes its sheet here; ``registers`` reads and writes workbooks with it. A row is a plain
dict from column code to value: ``str`` (never ``None``), ``date | None``, ``int | None``,
``Decimal | None``, ``tuple[str, ...]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import Any

from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.tenancy import TenantModel
from fairfloor.measure.suppression import collapse

Row = dict[str, Any]
Key = tuple[Any, ...]


class ColumnKind(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DAY = "day"
    MONTH = "month"  # a day, set to the first of its month
    WHOLE = "whole number"
    NUMBER = "number"
    CODES = "codes"  # several codes with `;` between


@dataclass(frozen=True)
class Column:
    """One column. ``choices`` are the codes allowed; ``ref`` names (sheet, column) a value must exist in."""

    code: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    ref: tuple[str, str] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell or row. ``code`` picks the sentence, ``values`` fill it."""

    column: str
    code: str
    values: dict[str, Any]


class Sheet:
    """A register as a sheet of the workbook. Subclasses give the class attributes and three methods."""

    name: str
    columns: tuple[Column, ...]
    # Columns that identify a row. Empty: rows have no identity and are replaced together (see `replace_by`).
    key: tuple[str, ...] = ()
    # For rows without identity: the column whose value groups them; a group is replaced as a whole.
    replace_by: str = ""
    # Permission a person needs to import into, and to export, this register.
    import_permission: str = "registers.import"
    export_permission: str = "registers.export"

    def key_of(self, row: Row) -> Key:
        """The identity of a row."""
        return tuple(row[code] for code in self.key)

    def problems_in(self, row: Row) -> Iterable[Problem]:
        """Rules across columns of one row (a finish before the start). None by default."""
        return ()

    def problems_across(
        self, rows: Sequence[Row], whole: Callable[[str], Iterable[Row]]
    ) -> Iterable[tuple[int, Problem]]:
        """Rules between rows of several sheets, as (index in ``rows``, problem). None by default.

        ``rows`` are the sheet's well-formed rows in the file; ``whole`` gives all rows a sheet, asked for by its
        name, will have after the import: those in the file, and those kept that the file does not change.
        """
        return ()

    def count(self) -> int:
        """How many rows there are."""
        return sum(1 for _row in self.rows())

    def rows(self, keys: Sequence[Key] | None = None) -> Iterator[Row]:
        """All rows of the enterprise in scope, ordered by key; with ``keys`` at least those."""
        raise NotImplementedError

    def rows_to_show(self) -> Iterator[Row]:
        """Rows as they may leave through a page. Rows without identity (survey answers) leave group by group with
        department, then sex, then level emptied until no group is below five."""
        if not self.replace_by:
            yield from self.rows()
            return
        codes = {column.code for column in self.columns}
        in_order = [code for code in ("department", "sex", "level") if code in codes]
        for _group, rows in groupby(self.rows(), key=lambda row: row[self.replace_by]):
            yield from collapse(list(rows), in_order)

    def save(self, actor: Actor, created: list[Row], updated: list[Row], at: datetime) -> None:
        """Write new and changed rows inside the caller's transaction, with audit and stale marks."""
        raise NotImplementedError

    def replace(self, actor: Actor, group: Any, rows: list[Row], at: datetime) -> None:
        """For sheets with ``replace_by``: replace all rows of one group."""
        raise NotImplementedError


class ModelSheet(Sheet):
    """A sheet whose rows are rows of one model, field by field.

    ``fields`` maps column codes to field names where they differ; ``verb`` starts the audit verbs.
    """

    model: type[TenantModel]
    verb: str
    fields: dict[str, str] = {}
    # Values a row gets that are not in the sheet, e.g. its origin.
    defaults: dict[str, Any] = {}

    def field_of(self, column: str) -> str:
        """The model field behind a column."""
        return self.fields.get(column, column)

    def row_of(self, obj: TenantModel) -> Row:
        """The sheet row of a model row."""
        row: Row = {}
        for column in self.columns:
            value = getattr(obj, self.field_of(column.code))
            if column.kind is ColumnKind.CODES:
                value = tuple(value.split(";")) if value else ()
            row[column.code] = value
        return row

    def values_of(self, row: Row) -> dict[str, Any]:
        """Field values of a sheet row."""
        return {
            self.field_of(column.code): ";".join(row[column.code])
            if column.kind is ColumnKind.CODES
            else row[column.code]
            for column in self.columns
        }

    def queryset(self):
        """The model rows that this sheet shows."""
        return self.model.objects.all()

    def count(self) -> int:
        return self.queryset().count()

    def rows(self, keys=None):
        order = [self.field_of(code) for code in self.key]
        for obj in self.queryset().order_by(*order, "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def save(self, actor, created, updated, at):
        new = [self.model(**self.defaults, **self.values_of(row)) for row in created]
        self.prepare(new, created)
        self.model.objects.bulk_create(new, batch_size=1000)
        audit.record_many(actor, f"{self.verb}.imported", new, at)
        changed, before = [], []
        if updated:
            wanted = {self.key_of(row): row for row in updated}
            # Only the rows themselves: PostgreSQL locks no row that an outer join may lack.
            for obj in self.queryset().select_for_update(of=("self",)):
                row = wanted.get(self.key_of(self.row_of(obj)))
                if row is not None:
                    before.append(copy(obj))
                    for name, value in self.values_of(row).items():
                        setattr(obj, name, value)
                    changed.append(obj)
            self.prepare(changed, [wanted[self.key_of(self.row_of(obj))] for obj in changed])
            names = {self.field_of(column.code) for column in self.columns} | set(self.prepared_fields)
            has_version = any(field.name == "version" for field in self.model._meta.concrete_fields)
            if has_version and "version" not in names:
                # A form opened before the import is stale now.
                names.add("version")
                for obj in changed:
                    obj.version += 1
            # An upsert by key: a CASE per row and field (bulk_update) takes minutes for 20,000 rows, this seconds.
            self.model.objects.bulk_create(
                changed,
                batch_size=1000,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=sorted(names),
            )
            audit.record_many(actor, f"{self.verb}.changed_by_import", changed, at)
        self.after_save([*new, *before, *changed])

    # Fields that `prepare` sets beside the sheet's own.
    prepared_fields: tuple[str, ...] = ()

    def prepare(self, objs: list, rows: list[Row]) -> None:
        """Complete model rows before they are written (resolve keys). Nothing by default."""

    def after_save(self, objs: list) -> None:
        """Mark stale what the rows (also as they were before) touch. Nothing by default."""
