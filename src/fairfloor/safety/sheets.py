"""Hazards and job risks as sheets."""

from __future__ import annotations

from fairfloor.content import load as load_content
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.measure.risk import MATRIX_VALUES
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.safety import consultation_sheets, job_sheets, setting_sheets
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.job_sheets import scale_words
from fairfloor.safety.models import Hazard
from fairfloor.safety.workflow import DONE, Channel, ControlType, Status


class HazardSheet(ModelSheet):
    """Hazards, by code."""

    name = "Hazards"
    model = Hazard
    verb = "hazard"
    key = ("code",)
    fields = {
        "date": "found_date",
        "department": "department_code",
        "responsible": "responsible_name",
        "urgent": "is_urgent",
        "source": "source_code",
    }
    flags = ("urgent",)
    links = (Link("recurrence_of", Hazard, {"recurrence_of": "code"}),)
    prepared_fields = ("version",)
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"

    @property
    def columns(self):
        return (
            Column("code", required=True, max_length=20),
            Column("date", ColumnKind.DAY, required=True),
            SEX,
            LEVEL,
            DEPARTMENT,
            Column("category", choices=tuple(load_content().hazard_categories)),
            Column("description", ColumnKind.LONG_TEXT, required=True, max_length=4000),
            Column("likelihood", ColumnKind.WHOLE),
            Column("severity", ColumnKind.WHOLE),
            Column("status", required=True, choices=tuple(Status)),
            Column("due_date", ColumnKind.DAY),
            Column("fixed_date", ColumnKind.DAY),
            Column("control_type", choices=tuple(ControlType)),
            Column("channel", choices=tuple(Channel)),
            Column("closed_date", ColumnKind.DAY),
            Column("control", ColumnKind.LONG_TEXT, max_length=1000),
            Column("responsible", max_length=150),
            Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
            Column("urgent", choices=(YES, NO)),
            Column("work_stopped_date", ColumnKind.DAY),
            Column("recurrence_of", ref=("Hazards", "code"), max_length=20),
            Column("source", max_length=40),
        )

    def problems_in(self, row):
        for column in ("likelihood", "severity"):
            if row[column] is not None and row[column] not in MATRIX_VALUES:
                yield Problem(column, "OUTSIDE_SCALE", {"values": scale_words(MATRIX_VALUES)})
        if row["date"] and row["fixed_date"] and row["fixed_date"] < row["date"]:
            yield Problem("fixed_date", "BEFORE", {"other": "date"})
        if row["closed_date"] and row["fixed_date"] and row["closed_date"] < row["fixed_date"]:
            yield Problem("closed_date", "BEFORE", {"other": "fixed_date"})
        if row["status"] in DONE and row["fixed_date"] is None:
            yield Problem("fixed_date", "MISSING_FOR_STATUS", {"status": row["status"]})

        if row["recurrence_of"] == row["code"]:
            yield Problem("recurrence_of", "ITSELF", {})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.found_date for obj in objs})


SHEETS = (HazardSheet(), *job_sheets.SHEETS, *consultation_sheets.SHEETS, *setting_sheets.SHEETS)
