"""Actions as a sheet."""

from __future__ import annotations

from fairfloor.actions.models import ActionItem
from fairfloor.actions.workflow import Status
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem


class ActionSheet(ModelSheet):
    """Actions, by code. The owner leaves by name; a login stays with the action as long as the name does."""

    name = "Actions"
    model = ActionItem
    verb = "action"
    key = ("code",)
    fields = {"owner": "owner_name", "date": "created_date", "about": "about_feature"}
    prepared_fields = ("owner_user",)
    import_permission = "actions.write"
    export_permission = "actions.view"
    columns = (
        Column("code", required=True, max_length=20),
        Column("text", ColumnKind.LONG_TEXT, required=True, max_length=500),
        Column("owner", max_length=150),
        Column("date", ColumnKind.DAY, required=True),
        Column("due_date", ColumnKind.DAY),
        Column("done_date", ColumnKind.DAY),
        Column("status", required=True, choices=tuple(Status)),
        Column("about", max_length=20),
        Column("about_code", max_length=60),
    )

    def problems_in(self, row):
        is_done = row["status"] == Status.DONE
        if is_done and not row["done_date"]:
            yield Problem("done_date", "MISSING_FOR_STATUS", {"status": row["status"]})
        if row["done_date"] and not is_done:
            yield Problem("done_date", "NOT_FOR_STATUS", {"status": row["status"]})
        if row["done_date"] and row["done_date"] < row["date"]:
            yield Problem("done_date", "BEFORE", {"other": "date"})

    def rows_to_change(self):
        for obj in super().rows_to_change():
            obj.owner_before = obj.owner_name
            yield obj

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding and obj.owner_before != obj.owner_name:
                obj.owner_user = None


SHEETS = (ActionSheet(),)
