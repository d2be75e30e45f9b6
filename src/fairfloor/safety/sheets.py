"""Hazards and job risks as sheets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.measure.risk import LEC_EXPOSURES, LEC_LIKELIHOODS, LEC_SEVERITIES, MATRIX_VALUES
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX, Level
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Hazard, JobRisk
from fairfloor.safety.workflow import DONE, ControlType, Method, Status

# What each method allows, by column.
SCALES: dict[str, dict[str, frozenset[Decimal]]] = {
    Method.MATRIX: {"likelihood": MATRIX_VALUES, "severity": MATRIX_VALUES},
    Method.LEC: {"likelihood": LEC_LIKELIHOODS, "exposure": LEC_EXPOSURES, "severity": LEC_SEVERITIES},
}


def scale_words(values: Iterable[Decimal]) -> str:
    """The values of a scale, rising, as people write them."""
    return ", ".join(format(value, "f") for value in sorted(values))


class HazardSheet(ModelSheet):
    """Hazards, by code."""

    name = "Hazards"
    model = Hazard
    verb = "hazard"
    key = ("code",)
    fields = {"date": "found_date", "department": "department_code"}
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
        )

    def problems_in(self, row):
        for column in ("likelihood", "severity"):
            if row[column] is not None and row[column] not in MATRIX_VALUES:
                yield Problem(column, "OUTSIDE_SCALE", {"values": scale_words(MATRIX_VALUES)})
        if row["date"] and row["fixed_date"] and row["fixed_date"] < row["date"]:
            yield Problem("fixed_date", "BEFORE", {"other": "date"})
        if row["status"] in DONE and row["fixed_date"] is None:
            yield Problem("fixed_date", "MISSING_FOR_STATUS", {"status": row["status"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.found_date for obj in objs})


class JobRiskSheet(ModelSheet):
    """Job risks, by job, step and hazard."""

    name = "JobRisks"
    model = JobRisk
    verb = "job_risk"
    key = ("job", "step", "hazard")
    fields = {"date": "assessed_date", "department": "department_code"}
    prepared_fields = ("version",)
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        Column("date", ColumnKind.DAY, required=True),
        Column("job", required=True, max_length=120),
        Column("step", required=True),
        Column("hazard", required=True),
        DEPARTMENT,
        Column("finder_level", choices=tuple(Level)),
        Column("method", required=True, choices=tuple(Method)),
        Column("likelihood", ColumnKind.NUMBER, required=True),
        Column("exposure", ColumnKind.NUMBER),
        Column("severity", ColumnKind.NUMBER, required=True),
        Column("control", ColumnKind.LONG_TEXT, max_length=1000),
        Column("control_type", choices=tuple(ControlType)),
    )

    def queryset(self):
        return JobRisk.objects.filter(withdrawn_date__isnull=True)

    def problems_in(self, row):
        scales = SCALES.get(row["method"])
        if scales is None:
            return
        for column in ("likelihood", "exposure", "severity"):
            value, allowed = row[column], scales.get(column)
            if allowed is None:
                if value is not None:
                    yield Problem(column, "NOT_FOR_METHOD", {"method": row["method"]})
            elif value is not None and value not in allowed:
                yield Problem(column, "OUTSIDE_SCALE", {"values": scale_words(allowed)})
            elif value is None and column == "exposure":
                yield Problem(column, "MISSING_FOR_METHOD", {"method": row["method"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.assessed_date for obj in objs})


SHEETS = (HazardSheet(), JobRiskSheet())
