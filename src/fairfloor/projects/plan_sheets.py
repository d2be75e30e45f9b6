"""Improvement plans, their rows and the looks at them as sheets; a row is named by its plan and its number."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.projects.models import ImprovementPlan, ImprovementProject, PlanLook, PlanRow
from fairfloor.projects.workflow import Light, PlanSource

_NUMBER = {"minimum": Decimal(1), "maximum": Decimal(9999)}


class Linked(ModelSheet):
    """A sheet with columns that name another row by its code."""

    import_permission = "projects.correct"
    export_permission = "projects.view"
    # Columns that hold no field of the model itself.
    named: tuple[str, ...] = ()

    def names_of(self, obj) -> dict:
        """The values of those columns."""
        raise NotImplementedError

    def row_of(self, obj):
        names = self.names_of(obj)
        return {
            column.code: names[column.code] if column.code in names else getattr(obj, column.code)
            for column in self.columns
        }

    def values_of(self, row):
        return {name: value for name, value in row.items() if name not in self.named}


class PlanSheet(ModelSheet):
    """Improvement plans, by code."""

    name = "Plans"
    model = ImprovementPlan
    verb = "plan"
    key = ("code",)
    import_permission = "projects.correct"
    export_permission = "projects.view"

    @property
    def columns(self):
        return (
            Column("code", required=True, max_length=20),
            Column("title", max_length=200),
            Column("module", choices=tuple(load_content().modules)),
            Column("drafted_date", ColumnKind.DAY, required=True),
            Column("revision", ColumnKind.WHOLE, required=True, **_NUMBER),
        )

    def problems_in(self, row):
        if not row["title"] and not row["module"]:
            yield Problem("title", "MISSING")


class PlanRowSheet(Linked):
    """The rows of plans."""

    name = "PlanRows"
    model = PlanRow
    verb = "plan_row"
    key = ("plan", "number")
    named = ("plan", "project")
    prepared_fields = ("version", "plan", "project")
    columns = (
        Column("plan", required=True, max_length=20, ref=("Plans", "code")),
        Column("number", ColumnKind.WHOLE, required=True, **_NUMBER),
        Column("problem", required=True, max_length=500),
        Column("source", required=True, choices=tuple(PlanSource)),
        Column("action", required=True, max_length=500),
        Column("worker", required=True, max_length=150),
        Column("manager", required=True, max_length=150),
        Column("resources", max_length=300),
        Column("start_date", ColumnKind.DAY),
        Column("due_date", ColumnKind.DAY),
        Column("measure", max_length=200),
        Column("baseline", max_length=60),
        Column("target", max_length=60),
        Column("project", max_length=20, ref=("Projects", "code")),
    )

    def queryset(self):
        return super().queryset().select_related("plan", "project")

    def rows(self, keys=None):
        for obj in self.queryset().order_by("plan__code", "number", "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def names_of(self, obj):
        return {"plan": obj.plan.code, "project": obj.project.code if obj.project else ""}

    def problems_in(self, row):
        if row["start_date"] and row["due_date"] and row["due_date"] < row["start_date"]:
            yield Problem("due_date", "BEFORE", {"other": "start_date"})

    def prepare(self, objs, rows):
        plans = {
            plan.code: plan for plan in ImprovementPlan.objects.filter(code__in={r["plan"] for r in rows})
        }
        codes = {row["project"] for row in rows if row["project"]}
        projects = {project.code: project for project in ImprovementProject.objects.filter(code__in=codes)}
        for obj, row in zip(objs, rows, strict=True):
            obj.plan, obj.project = plans[row["plan"]], projects.get(row["project"])
            if not obj._state.adding:
                obj.version += 1


class PlanLookSheet(Linked):
    """How rows of plans stood on a day."""

    name = "PlanLooks"
    model = PlanLook
    verb = "plan_look"
    key = ("plan", "number", "look_date")
    named = ("plan", "number")
    prepared_fields = ("row",)
    columns = (
        Column("plan", required=True, max_length=20, ref=("Plans", "code")),
        Column("number", ColumnKind.WHOLE, required=True, **_NUMBER),
        Column("look_date", ColumnKind.DAY, required=True),
        Column("light", required=True, choices=tuple(Light)),
        Column("words", required=True, max_length=500),
        Column("by_name", max_length=150),
    )

    def queryset(self):
        return super().queryset().select_related("row__plan")

    def rows(self, keys=None):
        order = ("row__plan__code", "row__number", "look_date", "id")
        for obj in self.queryset().order_by(*order).iterator(chunk_size=2000):
            yield self.row_of(obj)

    def names_of(self, obj):
        return {"plan": obj.row.plan.code, "number": obj.row.number}

    def problems_across(self, rows, whole):
        known = {(row["plan"], row["number"]) for row in whole("PlanRows")}
        for index, row in enumerate(rows):
            if (row["plan"], row["number"]) not in known:
                text = f"{row['plan']} · {row['number']}"
                yield index, Problem("number", "UNKNOWN_REFERENCE", {"text": text, "sheet": "PlanRows"})

    def prepare(self, objs, rows):
        found = PlanRow.objects.filter(plan__code__in={row["plan"] for row in rows}).select_related("plan")
        known = {(each.plan.code, each.number): each for each in found}
        for obj, row in zip(objs, rows, strict=True):
            obj.row = known[row["plan"], int(row["number"])]


SHEETS = (PlanSheet(), PlanRowSheet(), PlanLookSheet())
