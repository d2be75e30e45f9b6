"""Incidents, their sealed health details, and hours worked as sheets."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.safety.incident_figures import SUPPLIER
from fairfloor.safety.incident_workflow import (
    HURT,
    LONGEST_ABSENCE,
    WITH_DAYS,
    InjuryClass,
    Kind,
    Stage,
    hours_problem_of,
)
from fairfloor.safety.investigation_sheets import SHEETS as INVESTIGATION_SHEETS
from fairfloor.safety.models import HoursWorked, Incident, IncidentHealth


class IncidentSheet(ModelSheet):
    """Incidents by code; who was hurt and how is a sheet of its own, which few may open."""

    name = "Incidents"
    model = Incident
    verb = "incident"
    key = ("code",)
    fields = {
        "date": "incident_date",
        "department": "department_code",
        "class": "injury_class",
        "hazard": "hazard_code",
    }
    prepared_fields = ("version",)
    import_permission = "safety.correct"
    export_permission = "safety.view_incidents"

    @property
    def columns(self):
        return (
            Column("code", required=True, max_length=20),
            Column("date", ColumnKind.DAY, required=True),
            Column("hour", ColumnKind.WHOLE, minimum=Decimal(0), maximum=Decimal(23)),
            DEPARTMENT,
            Column("place", max_length=120),
            Column("job", max_length=120),
            Column("kind", required=True, choices=tuple(Kind)),
            Column("class", choices=tuple(InjuryClass)),
            Column("description", ColumnKind.LONG_TEXT, required=True, max_length=4000),
            SEX,
            LEVEL,
            Column("days_lost", ColumnKind.WHOLE, minimum=Decimal(0), maximum=Decimal(LONGEST_ABSENCE)),
            Column("status", required=True, choices=tuple(Stage)),
            Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
            Column("hazard", max_length=20),
        )

    def problems_in(self, row):
        if row["date"] and row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        is_hurt = row["kind"] in HURT
        if is_hurt and not row["class"]:
            yield Problem("class", "MISSING_FOR_KIND", {"kind": row["kind"]})
        if row["class"] and not is_hurt:
            yield Problem("class", "NOT_FOR_KIND", {"kind": row["kind"]})
        if row["days_lost"] and row["class"] not in WITH_DAYS:
            yield Problem("days_lost", "NOT_FOR_CLASS", {"class": row["class"] or row["kind"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.incident_date for obj in objs})


class IncidentHealthSheet(ModelSheet):
    """Sealed details, by the incident's code; for those who may see health details and nobody else."""

    name = "IncidentHealth"
    model = IncidentHealth
    verb = "incident_health"
    key = ("incident",)
    prepared_fields = ("incident_id", "version")
    import_permission = "safety.see_health"
    export_permission = "safety.see_health"
    columns = (
        Column("incident", required=True, max_length=20, ref=("Incidents", "code")),
        Column("person", max_length=40),
        Column("nature"),
        Column("body_part"),
        Column("treatment", ColumnKind.LONG_TEXT, max_length=1000),
    )
    fields = {"person": "person_code"}

    def queryset(self):
        return IncidentHealth.objects.select_related("incident")

    def rows(self, keys=None):
        for obj in self.queryset().order_by("incident__code", "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def row_of(self, obj):
        plain = ("nature", "body_part", "treatment")
        row = {"incident": obj.incident.code, "person": obj.person_code}
        return row | {name: getattr(obj, name) for name in plain}

    def values_of(self, row):
        return {
            "person_code": row["person"],
            **{name: row[name] for name in ("nature", "body_part", "treatment")},
        }

    def field_of(self, column):
        return "incident_id" if column == "incident" else super().field_of(column)

    def prepare(self, objs, rows):
        wanted = {row["incident"] for row in rows}
        incidents = {each.code: each for each in Incident.objects.filter(code__in=wanted)}
        for obj, row in zip(objs, rows, strict=True):
            obj.incident = incidents[row["incident"]]
            if not obj._state.adding:
                obj.version += 1


class HoursWorkedSheet(ModelSheet):
    """Hours worked, by month, department and sex."""

    name = "HoursWorked"
    model = HoursWorked
    verb = "hours_worked"
    key = ("month", "department", "sex")
    fields = {"month": "month_date", "department": "department_code", "estimate": "is_estimate"}
    import_permission = "safety.correct"
    export_permission = "safety.view"
    columns = (
        Column("month", ColumnKind.MONTH, required=True),
        DEPARTMENT,
        SEX,
        Column("hours", ColumnKind.NUMBER, required=True),
        Column("workers", ColumnKind.NUMBER),
        Column("estimate", choices=("YES", "NO")),
    )

    def row_of(self, obj):
        return {
            "month": obj.month_date,
            "department": obj.department_code,
            "sex": obj.sex,
            "hours": obj.hours,
            "workers": obj.workers,
            "estimate": "YES" if obj.is_estimate else "NO",
        }

    def values_of(self, row):
        return {
            "month_date": row["month"],
            "department_code": row["department"],
            "sex": row["sex"],
            "hours": row["hours"],
            "workers": row["workers"],
            "is_estimate": row["estimate"] == "YES",
        }

    def problems_in(self, row):
        if row["month"] is None or row["hours"] is None:
            return
        problem = hours_problem_of(row["hours"], row["workers"], row["month"], row["month"])
        if problem:
            field, code = problem
            yield Problem(
                field, {"ZERO": "HOURS_ZERO", "NEGATIVE": "HOURS_ZERO"}.get(code, "HOURS_TOO_MANY"), {}
            )

    def problems_across(self, rows, whole):
        kinds: dict[object, set[tuple[bool, bool]]] = {}
        for row in whole(self.name):
            kinds.setdefault(row["month"], set()).add((bool(row["department"]), bool(row["sex"])))
        for index, row in enumerate(rows):
            if len(kinds.get(row["month"], ())) > 1:
                yield index, Problem("hours", "HOURS_MIXED", {})

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.month_date for obj in objs})


SHEETS = (IncidentSheet(), IncidentHealthSheet(), HoursWorkedSheet(), *INVESTIGATION_SHEETS)
