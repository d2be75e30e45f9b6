"""The shape of a register on paper: its columns, how its rows are matched, exported and saved.

A feature describes its sheet here; ``registers`` reads and writes workbooks with it. A row is a plain
dict from column code to value: ``str`` (never ``None``), ``date | None``, ``int | None``,
``Decimal | None``, ``tuple[str, ...]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import Any

from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.tenancy import TenantModel, current_enterprise_id
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
    HOUR = "time of day"  # a text such as 09:05


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
    # How many places behind the point a number keeps.
    decimals: int = 4


YES, NO = "YES", "NO"


@dataclass(frozen=True)
class Link:
    """Columns that name another row: ``paths`` says which of our columns holds which of its fields.

    A link of one column is checked by the column's ``ref``; one of several by ``sheet``, whose columns of the same
    names (or those in ``theirs``) must hold the values together.
    """

    field: str
    model: type[TenantModel]
    paths: dict[str, str]
    sheet: str = ""
    theirs: tuple[str, ...] = ()

    def values_of(self, other: TenantModel | None) -> dict[str, Any]:
        """Our columns' values for the row named."""
        return {column: _walk(other, path) for column, path in self.paths.items()}

    def related(self) -> tuple[str, ...]:
        """What is read along with our rows."""
        parts = (path.rsplit("__", 1)[0] for path in self.paths.values() if "__" in path)
        return (self.field, *(f"{self.field}__{part}" for part in parts))

    def find(self, rows: Iterable[Row]) -> dict[Key, TenantModel]:
        """The rows named, by our columns' values."""
        column, path = next(iter(self.paths.items()))
        names = sorted({row[column] for row in rows if row[column] not in ("", None)})
        related = [part.removeprefix(f"{self.field}__") for part in self.related()[1:]]
        found: dict[Key, TenantModel] = {}
        # In parts: a database takes only so many values at once.
        for start in range(0, len(names), 5000):
            others = self.model.objects.filter(**{f"{path}__in": names[start : start + 5000]})
            for other in others.select_related(*related) if related else others:
                found[tuple(_walk(other, each) for each in self.paths.values())] = other
        return found


def _walk(other: Any, path: str) -> Any:
    for name in path.split("__"):
        if other is None:
            return ""
        other = getattr(other, name)
    return other


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
    # Columns that name other rows.
    links: tuple[Link, ...] = ()
    # Columns that say YES or NO of a true or false field.
    flags: tuple[str, ...] = ()

    def field_of(self, column: str) -> str:
        """The model field behind a column; of a column that names another row, the key to it."""
        for link in self.links:
            if column in link.paths:
                return link.field
        return self.fields.get(column, column)

    def row_of(self, obj: TenantModel) -> Row:
        """The sheet row of a model row."""
        return self._read(obj, self._layout())

    def _layout(self) -> list[tuple[Column, str, bool]]:
        """The columns of fields of our own: each with its field, and whether cell and field differ in kind.

        Asked for once for many rows: some sheets build their columns anew each time.
        """
        named = {column for link in self.links for column in link.paths}
        return [
            (
                column,
                self.field_of(column.code),
                column.kind in (ColumnKind.CODES, ColumnKind.HOUR) or column.code in self.flags,
            )
            for column in self.columns
            if column.code not in named
        ]

    def _read(self, obj: TenantModel, layout: list[tuple[Column, str, bool]]) -> Row:
        row: Row = {}
        for link in self.links:
            row |= link.values_of(getattr(obj, link.field))
        for column, field, is_other in layout:
            value = getattr(obj, field)
            row[column.code] = self._cell_of(column, value) if is_other else value
        return row

    def _reader(self) -> Callable[[Any], Row]:
        """``row_of`` for many rows."""
        if type(self).row_of is not ModelSheet.row_of:
            return self.row_of
        layout = self._layout()
        return lambda obj: self._read(obj, layout)

    def _cell_of(self, column: Column, value: Any) -> Any:
        if column.kind is ColumnKind.CODES:
            return tuple(value.split(";")) if value else ()
        if column.kind is ColumnKind.HOUR:
            return value.strftime("%H:%M") if value else ""
        if column.code in self.flags:
            # Where nothing need be written, nothing stands for no.
            return YES if value else NO if value is False and self._is_asked(column) else ""
        return value

    def values_of(self, row: Row) -> dict[str, Any]:
        """Field values of a sheet row; the rows it names are found by :meth:`save`."""
        return self._values(row, self._layout())

    def _values(self, row: Row, layout: list[tuple[Column, str, bool]]) -> dict[str, Any]:
        return {
            field: self._value_of(column, row[column.code]) if is_other else row[column.code]
            for column, field, is_other in layout
        }

    def _valuer(self) -> Callable[[Row], dict[str, Any]]:
        """``values_of`` for many rows."""
        if type(self).values_of is not ModelSheet.values_of:
            return self.values_of
        layout = self._layout()
        return lambda row: self._values(row, layout)

    def _value_of(self, column: Column, cell: Any) -> Any:
        if column.kind is ColumnKind.CODES:
            return ";".join(cell)
        if column.kind is ColumnKind.HOUR:
            return time.fromisoformat(cell) if cell else None
        if column.code in self.flags:
            return None if not cell and self._may_be_null(column) else cell == YES
        return cell

    def _may_be_null(self, column: Column) -> bool:
        return self.model._meta.get_field(self.field_of(column.code)).null

    def _is_asked(self, column: Column) -> bool:
        return column.required or self._may_be_null(column)

    def problems_across(
        self, rows: Sequence[Row], whole: Callable[[str], Iterable[Row]]
    ) -> Iterable[tuple[int, Problem]]:
        """What several columns name together must be there."""
        for link in self.links:
            if not link.sheet:
                continue
            columns = tuple(link.paths)
            known = {tuple(row[code] for code in link.theirs or columns) for row in whole(link.sheet)}
            for index, row in enumerate(rows):
                named = tuple(row[code] for code in columns)
                if named not in known:
                    text = " · ".join(map(str, named))
                    yield (
                        index,
                        Problem(columns[-1], "UNKNOWN_REFERENCE", {"text": text, "sheet": link.sheet}),
                    )

    def queryset(self):
        """The model rows that this sheet shows."""
        related = [name for link in self.links for name in link.related()]
        return self.model.objects.select_related(*related) if related else self.model.objects.all()

    def _order(self) -> list[str]:
        paths = {code: f"{link.field}__{path}" for link in self.links for code, path in link.paths.items()}
        return [paths.get(code) or self.field_of(code) for code in self.key]

    def in_order(self, queryset) -> Iterator[Any]:
        """Model rows one after the other, ordered by key."""
        yield from queryset.order_by(*self._order(), "id").iterator(chunk_size=2000)

    def rows_to_change(self) -> Iterable[Any]:
        """The model rows, locked."""
        # Only the rows themselves: PostgreSQL locks no row that an outer join may lack.
        return self.queryset().select_for_update(of=("self",))

    def find_links(self, objs: list, rows: list[Row]) -> None:
        """Set the keys to the rows that the columns name."""
        for link in self.links:
            found = link.find(rows)
            if link.model is self.model:
                # Rows that come in together may name each other.
                enterprise_id = current_enterprise_id()
                for obj in objs:
                    obj.enterprise_id = enterprise_id
                    found[tuple(_walk(obj, path) for path in link.paths.values())] = obj
            for obj, row in zip(objs, rows, strict=True):
                setattr(obj, link.field, found.get(tuple(row[code] for code in link.paths)))

    def count(self) -> int:
        return self.queryset().count()

    def rows(self, keys=None):
        row_of = self._reader()
        for obj in self.in_order(self.queryset()):
            yield row_of(obj)

    def save(self, actor, created, updated, at):
        row_of, values_of = self._reader(), self._valuer()
        new = [self.model(**self.defaults, **values_of(row)) for row in created]
        self.find_links(new, created)
        self.prepare(new, created)
        self.model.objects.bulk_create(new, batch_size=1000)
        audit.record_many(actor, f"{self.verb}.imported", new, at)
        changed, before = [], []
        if updated:
            wanted = {self.key_of(row): row for row in updated}
            of_changed = []
            for obj in self.rows_to_change():
                row = wanted.get(self.key_of(row_of(obj)))
                if row is not None:
                    before.append(copy(obj))
                    for name, value in values_of(row).items():
                        setattr(obj, name, value)
                    changed.append(obj)
                    of_changed.append(row)
            self.find_links(changed, of_changed)
            self.prepare(changed, of_changed)
            known = {
                name for field in self.model._meta.concrete_fields for name in (field.name, field.attname)
            }
            names = {self.field_of(column.code) for column in self.columns} & known | set(
                self.prepared_fields
            )
            has_version = "version" in known
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
