"""How often areas are walked, and the factory's own lists, as sheets."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from fairfloor.checklists.catalog import OWN
from fairfloor.checklists.models import OwnChecklist, Routine
from fairfloor.checklists.services.settings import MOST_ITEMS, questions_in, text_of
from fairfloor.checklists.workflow import Kind
from fairfloor.content import load as load_content
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, ModelSheet, Problem

# A cell holds 32,767 characters; a list of eighty long questions is longer and goes on in a second one.
_CELL = 30_000
_TEXTS = ("text", "text_2")


class OwnChecklistSheet(ModelSheet):
    """Every version of the factory's own lists, by code and number, written as on the page where lists are made."""

    name = "OwnChecklists"
    model = OwnChecklist
    verb = "own_checklist"
    key = ("code", "number")
    fields = {"in_use": "is_current"}
    flags = ("in_use",)
    prepared_fields = ("document",)
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("code", required=True, max_length=60),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(100_000)),
        Column("name", required=True, max_length=120),
        Column("kind", required=True, choices=tuple(Kind)),
        Column("in_use", required=True, choices=(YES, NO)),
        Column("text", ColumnKind.LONG_TEXT, required=True, max_length=32_000),
        Column("text_2", ColumnKind.LONG_TEXT, max_length=32_000),
    )

    def row_of(self, obj):
        text = text_of(obj.document)
        cut = text.rfind("\n", 0, _CELL) if len(text) > _CELL else len(text)
        plain = {"code": obj.code, "number": obj.number, "name": obj.name, "kind": obj.kind}
        rest = {"in_use": YES if obj.is_current else NO, "text": text[:cut], "text_2": text[cut + 1 :]}
        return plain | rest

    def values_of(self, row):
        sections, items = questions_in("\n".join(row[name] for name in _TEXTS))
        return {
            **{name: row[name] for name in ("code", "number", "name", "kind")},
            "is_current": row["in_use"] == YES,
            "document": {"sections": sections, "items": items},
        }

    def problems_in(self, row):
        if not row["code"].startswith(OWN):
            yield Problem("code", "NOT_AN_OWN_CODE", {"start": OWN})
        _sections, items = questions_in("\n".join(row[name] for name in _TEXTS))
        if not items:
            yield Problem("text", "NO_QUESTION", {})
        elif len(items) > MOST_ITEMS:
            yield Problem("text", "TOO_MANY_LINES", {"limit": MOST_ITEMS})

    def problems_across(self, rows, whole):
        counts = Counter(row["code"] for row in whole(self.name) if row["in_use"] == YES)
        for index, row in enumerate(rows):
            if counts[row["code"]] > 1 and row["in_use"] == YES:
                yield index, Problem("in_use", "ONLY_ONE", {"key": row["code"]})

    def save(self, actor, created, updated, at):
        # One version is in use at a time, also in between.
        codes = {row["code"] for row in (*created, *updated) if row["in_use"] == YES}
        OwnChecklist.objects.filter(code__in=codes, is_current=True).update(is_current=False)
        super().save(actor, created, updated, at)


class RoutineSheet(ModelSheet):
    """How often areas are walked, by area and list."""

    name = "Routines"
    model = Routine
    verb = "routine"
    key = ("area", "checklist")
    fields = {"area": "area_code", "checklist": "checklist_code"}
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("area", required=True, ref=("Areas", "code"), max_length=40),
        Column("checklist", required=True, max_length=60),
        Column("every_weeks", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(520)),
        Column("from_date", ColumnKind.DAY, required=True),
    )

    def problems_across(self, rows, whole):
        known = {row["code"] for row in whole("OwnChecklists")} | set(load_content().checklists)
        for index, row in enumerate(rows):
            if row["checklist"] not in known:
                values = {"text": row["checklist"], "sheet": "OwnChecklists"}
                yield index, Problem("checklist", "UNKNOWN_REFERENCE", values)


SHEETS = (OwnChecklistSheet(), RoutineSheet())
