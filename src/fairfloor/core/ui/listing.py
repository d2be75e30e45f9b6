"""Register lists, declared once: columns, filters, search and sort, kept in the address; paging by key.

    SUGGESTIONS = Listing(
        columns=[Column("code", _("Code"), "code", sortable_field="code"),
                 Column("state", _("State"), lambda row: ("wait", row.status_label), kind="state")],
        filters=[ChoiceFilter("state", _("State"), options, lambda rows, value: rows.filter(status=value))],
        search_fields=["code", "text"], default_sort="-code", row_url=lambda row: row.get_absolute_url())
    return listing_page(request, SUGGESTIONS, queryset, "suggestions/suggestion_list.html", {})

Two queries a page, whatever its length: the rows and a count that stops at 1,000. Labels may be lazy texts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urlencode

import xlsxwriter
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from fairfloor.core.ui.cursor import Cursor, beyond, ordered, read_cursor, sort_value, write_cursor
from fairfloor.core.ui.formatting import NO_FIGURE, format_number

COUNT_LIMIT = 1000
SEARCH_LIMIT = 100
CELL_LIMIT = 32_767  # characters in a cell of a workbook
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Kind = Literal["text", "number", "date", "state", "link"]


@dataclass(frozen=True)
class Column:
    """One column. `value` is a callable on the row or a path of attributes ("department.name").

    A state's value is (kind, word), a link's is (address, word). `is_key=False` leaves it off small phones.
    """

    name: str
    label: Any
    value: Callable[[Any], Any] | str
    kind: Kind = "text"
    sortable_field: str | None = None
    is_key: bool = True
    places: int = 0

    def of(self, row: Any) -> Any:
        """The raw value for one row; None where a relation on the way is empty."""
        if callable(self.value):
            return self.value(row)
        value = row
        for name in self.value.split("."):
            value = getattr(value, name, None)
        return value


@dataclass(frozen=True)
class ChoiceFilter:
    """A choice that narrows the list. `options` gives (value, label) pairs; other values are ignored."""

    name: str
    label: Any
    options: Callable[[], Iterable[tuple[Any, Any]]]
    apply: Callable[[QuerySet, str], QuerySet]


@dataclass(frozen=True)
class Cell:
    """What the template draws in one place of the table."""

    column: Column
    text: str
    url: str = ""
    state: str = ""


@dataclass(frozen=True)
class RowView:
    """One row as drawn: its cells, where it leads, and the object itself."""

    cells: list[Cell]
    url: str
    item: Any


@dataclass(frozen=True)
class HeadView:
    """A heading; sortable ones carry the address that sorts by them."""

    column: Column
    sort_url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class FilterView:
    """A filter with its options and the one chosen."""

    name: str
    label: Any
    options: list[tuple[str, Any]]
    chosen: str


@dataclass(frozen=True)
class ListingPage:
    """All that core/includes/listing.html needs."""

    heads: list[HeadView]
    rows: list[RowView]
    filters: list[FilterView]
    search: str
    sort: str
    sort_options: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    previous_url: str
    next_url: str
    export_url: str
    clear_url: str
    summary: str
    total: int
    is_total_exact: bool
    is_filtered: bool
    can_search: bool


@dataclass(frozen=True)
class _Asked:
    """What the address asks for, cleaned: whatever is not understood is left out."""

    search: str
    chosen: dict[str, str]
    sort: str
    cursor: Cursor | None
    kept: list[tuple[str, str]] = field(default_factory=list)

    def address(self, **changes: str) -> str:
        pairs = dict([*self.kept, ("q", self.search), *self.chosen.items(), ("sort", self.sort)]) | changes
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True)
class Listing:
    """A register list. `default_sort` names a sortable column or one of `sorts`; a leading - is falling."""

    columns: Sequence[Column]
    filters: Sequence[ChoiceFilter] = ()
    search_fields: Sequence[str] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    default_sort: str = "-pk"
    page_size: int = 25
    row_url: Callable[[Any], str] | None = None

    def _sort_fields(self) -> dict[str, str]:
        own = {column.name: column.sortable_field for column in self.columns if column.sortable_field}
        return {"pk": "pk", **own, **self.sorts}

    def _read(self, params: Mapping[str, Any]) -> tuple[_Asked, list[FilterView]]:
        def one(name: str) -> str:
            return str(params.get(name) or "").replace("\x00", "").strip()

        views, chosen = [], {}
        for each in self.filters:
            options = [(str(value), label) for value, label in each.options()]
            wanted = one(each.name)
            picked = wanted if wanted in {value for value, _label in options} else ""
            views.append(FilterView(each.name, each.label, options, picked))
            if picked:
                chosen[each.name] = picked
        sort = one("sort")
        if sort.removeprefix("-") not in self._sort_fields():
            sort = self.default_sort
        cursor = read_cursor(one("at")) if one("at") else None
        if cursor and cursor.sort != sort:
            cursor = None
        own = {"q", "sort", "at", "export", *(each.name for each in self.filters)}
        kept = [
            (name, str(params.get(name))[:200])
            for name in list(params)[:10]
            if name not in own and params.get(name)
        ]
        search = one("q")[:SEARCH_LIMIT] if self.search_fields else ""
        return _Asked(search, chosen, sort, cursor, kept), views

    def _narrow(self, queryset: QuerySet, asked: _Asked) -> QuerySet:
        for each in self.filters:
            if each.name in asked.chosen:
                queryset = each.apply(queryset, asked.chosen[each.name])
        for word in asked.search.split():
            found = Q()
            for name in self.search_fields:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset

    def page(self, queryset: QuerySet, query_params: Mapping[str, Any]) -> ListingPage:
        """One page as the address asks for it. What the address has wrong is ignored, never refused."""
        asked, filter_views = self._read(query_params)
        narrowed = self._narrow(queryset, asked)
        is_descending = asked.sort.startswith("-")
        sort_field = self._sort_fields()[asked.sort.removeprefix("-")]
        is_backward = bool(asked.cursor and asked.cursor.is_backward)
        rows, has_more = self._fetch(narrowed, sort_field, is_descending, asked.cursor)
        if (
            asked.cursor and not rows
        ):  # the rows it led to are gone, or its field changed its kind: start again
            asked, is_backward = replace(asked, cursor=None), False
            rows, has_more = self._fetch(narrowed, sort_field, is_descending, None)
        total = narrowed.order_by()[: COUNT_LIMIT + 1].count()

        def at(row: Any, backward: bool) -> str:
            cursor = Cursor(asked.sort, sort_value(row, sort_field), row.pk, backward)
            return asked.address(at=write_cursor(cursor))

        has_previous = bool(rows) and (has_more if is_backward else asked.cursor is not None)
        has_next = bool(rows) and (True if is_backward else has_more)
        return ListingPage(
            heads=[self._head(column, asked) for column in self.columns],
            rows=[self._row(row) for row in rows],
            filters=filter_views,
            search=asked.search,
            sort=asked.sort,
            sort_options=self._sort_options(),
            kept=asked.kept,
            previous_url=at(rows[0], True) if has_previous else "",
            next_url=at(rows[-1], False) if has_next else "",
            export_url=asked.address(export="xlsx"),
            clear_url="?" + urlencode(dict(asked.kept)),
            summary=_summary(len(rows), total),
            total=min(total, COUNT_LIMIT),
            is_total_exact=total <= COUNT_LIMIT,
            is_filtered=bool(asked.search or asked.chosen),
            can_search=bool(self.search_fields),
        )

    def _fetch(
        self, narrowed: QuerySet, sort_field: str, is_descending: bool, cursor: Cursor | None
    ) -> tuple[list[Any], bool]:
        """The rows of one page in the list's order, and whether more follow in the direction asked."""
        is_backward = bool(cursor and cursor.is_backward)
        queryset = ordered(narrowed, sort_field, is_descending=is_descending, is_backward=is_backward)
        try:
            if cursor:
                queryset = beyond(queryset, sort_field, cursor, is_descending=is_descending)
            found = list(queryset[: self.page_size + 1])
        except (ValueError, TypeError, ValidationError):
            return [], False
        rows = found[: self.page_size]
        if is_backward:
            rows.reverse()
        return rows, len(found) > self.page_size

    def export_xlsx(
        self, queryset: QuerySet, params: Mapping[str, Any], columns: Sequence[Column] | None = None
    ) -> bytes:
        """All rows the address asks for as a workbook. Text stays text, also where it begins with "="."""
        asked, _views = self._read(params)
        sort_field = self._sort_fields()[asked.sort.removeprefix("-")]
        rows = ordered(self._narrow(queryset, asked), sort_field, is_descending=asked.sort.startswith("-"))
        chosen = list(columns if columns is not None else self.columns)
        target = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(target, options) as book:
            sheet = book.add_worksheet()
            bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
            for place, column in enumerate(chosen):
                sheet.set_column(place, place, 14 if column.kind in ("number", "date") else 24)
                sheet.write_string(0, place, str(column.label), bold)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows.iterator(chunk_size=500), 1):
                for place, column in enumerate(chosen):
                    _write_cell(sheet, line, place, column, column.of(row), day)
        return target.getvalue()

    def _head(self, column: Column, asked: _Asked) -> HeadView:
        if not column.sortable_field:
            return HeadView(column)
        is_current = asked.sort.removeprefix("-") == column.name
        is_down = asked.sort.startswith("-")
        wanted = column.name if not is_current or is_down else f"-{column.name}"
        direction = ("descending" if is_down else "ascending") if is_current else ""
        return HeadView(column, asked.address(sort=wanted), direction)

    def _sort_options(self) -> list[tuple[str, str]]:
        options = []
        for column in self.columns:
            if column.sortable_field:
                options.append((column.name, _("%(column)s, rising") % {"column": column.label}))
                options.append((f"-{column.name}", _("%(column)s, falling") % {"column": column.label}))
        return options

    def _row(self, row: Any) -> RowView:
        cells = [_cell(column, column.of(row)) for column in self.columns]
        return RowView(cells, self.row_url(row) if self.row_url else "", row)


def _summary(shown: int, total: int) -> str:
    if total > COUNT_LIMIT:
        return _("%(shown)s shown of more than %(limit)s.") % {
            "shown": format_number(shown),
            "limit": format_number(COUNT_LIMIT),
        }
    return _("%(shown)s shown of %(total)s.") % {"shown": format_number(shown), "total": format_number(total)}


def _day(value: Any) -> dt.date | None:
    """The day of a date or of a moment, in the time zone of the page."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, dt.date) else None


def _cell(column: Column, value: Any) -> Cell:
    if value is None or value == "":
        return Cell(column, NO_FIGURE)
    if column.kind in ("state", "link") and isinstance(value, tuple):
        first, words = value
        return (
            Cell(column, str(words), state=first)
            if column.kind == "state"
            else Cell(column, str(words), url=first)
        )
    if column.kind == "number" and not isinstance(value, str):
        return Cell(column, format_number(value, column.places))
    if column.kind == "date" and (day := _day(value)):
        return Cell(column, formats.date_format(day, "DATE_FORMAT"))
    return Cell(column, str(value))


def _write_cell(sheet: Any, line: int, place: int, column: Column, value: Any, day_format: Any) -> None:
    if value is None or value == "":
        return
    if column.kind in ("state", "link") and isinstance(value, tuple):
        value = value[1]
    elif column.kind == "number" and not isinstance(value, str):
        sheet.write_number(line, place, float(value))
        return
    elif column.kind == "date" and (day := _day(value)):
        sheet.write_datetime(line, place, dt.datetime.combine(day, dt.time()), day_format)
        return
    sheet.write_string(line, place, str(value)[:CELL_LIMIT])


def listing_page(
    request: HttpRequest,
    listing: Listing,
    queryset: QuerySet,
    template: str,
    context: Mapping[str, Any],
    *,
    can_export: bool = True,
    file_name: str = "register",
) -> HttpResponse:
    """The page with its list (`listing` in the context); for htmx the list alone; ?export=xlsx the workbook.

    The queryset must already hold only what this person may see; `can_export=False` refuses the export.
    """
    if can_export and request.GET.get("export") == "xlsx":
        name = f"{file_name}-{timezone.localdate():%Y-%m-%d}.xlsx"
        response = HttpResponse(listing.export_xlsx(queryset, request.GET), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    whole = {**context, "listing": listing.page(queryset, request.GET), "can_export": can_export}
    is_part = bool(getattr(request, "htmx", False)) and request.headers.get("HX-Target") == "listing"
    response = render(request, "core/includes/listing.html" if is_part else template, whole)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
