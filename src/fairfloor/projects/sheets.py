"""Improvement projects as a sheet."""

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.workflow import COMPLETED, SavingType, Status

# What the columns `cost` and `saving` can hold.
LARGEST_AMOUNT = Decimal("999999999999.99")


class ProjectSheet(ModelSheet):
    """Projects, by code."""

    name = "Projects"
    model = ImprovementProject
    verb = "project"
    key = ("code",)
    fields = {"department": "department_code"}
    prepared_fields = ("version",)
    import_permission = "projects.correct"
    export_permission = "projects.view"

    @property
    def columns(self):
        content = load_content()
        return (
            Column("code", required=True, max_length=20),
            Column("title", required=True, max_length=200),
            DEPARTMENT,
            Column("module", choices=tuple(content.modules)),
            Column("tags", ColumnKind.CODES, choices=tuple(content.project_tags)),
            Column("status", required=True, choices=tuple(Status)),
            Column("start_date", ColumnKind.DAY),
            Column("due_date", ColumnKind.DAY),
            Column("finish_date", ColumnKind.DAY),
            Column("cost", ColumnKind.NUMBER, minimum=Decimal(0), maximum=LARGEST_AMOUNT),
            Column("saving", ColumnKind.NUMBER, minimum=Decimal(0), maximum=LARGEST_AMOUNT),
            Column("saving_type", choices=tuple(SavingType)),
        )

    def problems_in(self, row):
        start, due, finish = row["start_date"], row["due_date"], row["finish_date"]
        if row["status"] in COMPLETED and not finish:
            yield Problem("finish_date", "MISSING_FOR_STATUS", {"status": row["status"]})
        if start and finish and finish < start:
            yield Problem("finish_date", "BEFORE", {"other": "start_date"})
        if start and due and due < start:
            yield Problem("due_date", "BEFORE", {"other": "start_date"})

    def prepare(self, objs, rows):
        # A form that was open while the workbook was imported is stale.
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale("projects", *{obj.finish_date for obj in objs})


SHEETS = (ProjectSheet(),)
