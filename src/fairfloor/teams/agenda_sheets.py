"""What meetings looked at and decided, as sheets."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.sheet_numbers import NumberedSheet
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.teams.models import AgendaItem, Decision, Meeting
from fairfloor.teams.workflow import DecisionKind, ItemKind

_NUMBER = {"minimum": Decimal(1), "maximum": Decimal(100_000)}
_OF_MEETING = (
    Column("team", required=True, max_length=20),
    Column("meeting", ColumnKind.WHOLE, required=True, **_NUMBER),
)
_MEETING = Link(
    "meeting",
    Meeting,
    {"team": "team__code", "meeting": "number"},
    sheet="Meetings",
    theirs=("team", "number"),
)
_REGISTERS = {
    ItemKind.SUGGESTION: "Suggestions",
    ItemKind.HAZARD: "Hazards",
    ItemKind.PROJECT: "Projects",
    ItemKind.ACTION: "Actions",
}


class AgendaItemSheet(NumberedSheet):
    """What a meeting looked at, by team, meeting and number."""

    name = "AgendaItems"
    model = AgendaItem
    verb = "agenda_item"
    key = ("team", "meeting", "number")
    fields = {"about": "about_code", "done": "is_done"}
    flags = ("done",)
    links = (_MEETING,)
    ordered_by = "position"
    prepared_fields = ()
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (
        *_OF_MEETING,
        Column("number", ColumnKind.WHOLE, required=True, **_NUMBER),
        Column("kind", required=True, choices=tuple(ItemKind)),
        Column("about", max_length=60),
        Column("title", max_length=300),
        Column("done", required=True, choices=(YES, NO)),
        Column("carried_from", ColumnKind.WHOLE, **_NUMBER),
    )

    def problems_in(self, row):
        needed = "title" if row["kind"] == ItemKind.TOPIC else "about"
        if not row[needed]:
            yield Problem(needed, "MISSING", {})
        if row["carried_from"] is not None and row["carried_from"] >= row["meeting"]:
            yield Problem("carried_from", "ABOVE", {"other": "meeting"})
        if row["kind"] == ItemKind.INDICATOR and row["about"]:
            code = row["about"].split("@")[0]
            if code not in load_content().indicators:
                yield Problem("about", "UNKNOWN_REFERENCE", {"text": code, "sheet": "indicators.yaml"})

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        for kind, register in _REGISTERS.items():
            named = [(index, row["about"]) for index, row in enumerate(rows) if row["kind"] == kind]
            known = {row["code"] for row in whole(register)} if named else set()
            for index, code in named:
                if code not in known:
                    yield index, Problem("about", "UNKNOWN_REFERENCE", {"text": code, "sheet": register})
        seen: dict[tuple, tuple] = {}
        for row in whole(self.name):
            if row["about"]:
                seen.setdefault(_record(row), self.key_of(row))
        for index, row in enumerate(rows):
            if row["about"] and seen[_record(row)] != self.key_of(row):
                yield index, Problem("about", "LOOKED_AT", {"number": seen[_record(row)][2]})


def _record(row) -> tuple:
    return row["team"], row["meeting"], row["kind"], row["about"]


class DecisionSheet(ModelSheet):
    """What a meeting decided, by team, meeting and number; ``item`` is the number on its agenda."""

    name = "Decisions"
    model = Decision
    verb = "decision"
    key = ("team", "meeting", "number")
    fields = {"number": "position", "item": "item_number", "result": "result_code"}
    prepared_fields = ("item",)
    links = (_MEETING,)
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (
        *_OF_MEETING,
        Column("number", ColumnKind.WHOLE, required=True, **_NUMBER),
        Column("item", ColumnKind.WHOLE, required=True, **_NUMBER),
        Column("kind", required=True, choices=tuple(DecisionKind)),
        Column("text", ColumnKind.LONG_TEXT, max_length=2000),
        Column("result", max_length=20),
    )

    def _numbered(self, objs):
        items = _AGENDA.in_order(_AGENDA.queryset())
        numbers = {item.pk: item.number_in_sheet for item in items}
        for obj in objs:
            obj.item_number = numbers[obj.item_id]
            yield obj

    def in_order(self, queryset):
        return self._numbered(super().in_order(queryset))

    def rows_to_change(self):
        return self._numbered(super().rows_to_change())

    def values_of(self, row):
        values = super().values_of(row)
        del values["item_number"]
        return values

    def problems_in(self, row):
        if row["kind"] == DecisionKind.NOTE and not row["text"]:
            yield Problem("text", "MISSING", {})

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        known = {(row["team"], row["meeting"], row["number"]) for row in whole("AgendaItems")}
        for index, row in enumerate(rows):
            if (row["team"], row["meeting"], row["item"]) not in known:
                text = f"{row['team']} · {row['meeting']} · {row['item']}"
                yield index, Problem("item", "UNKNOWN_REFERENCE", {"text": text, "sheet": "AgendaItems"})

    def prepare(self, objs, rows):
        meetings = {obj.meeting.pk for obj in objs}
        items = {
            (item.meeting_id, item.number_in_sheet): item
            for item in _AGENDA.in_order(_AGENDA.queryset().filter(meeting__in=meetings))
        }
        for obj, row in zip(objs, rows, strict=True):
            obj.item = items[obj.meeting.pk, row["item"]]
            obj.item_number = row["item"]


_AGENDA = AgendaItemSheet()
SHEETS = (_AGENDA, DecisionSheet())
