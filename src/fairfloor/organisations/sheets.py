"""Departments, People and Workforce as sheets."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.core.sheets import Column, ColumnKind, ModelSheet
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.codes import Level, Sex
from fairfloor.organisations.models import Department, Worker, WorkforceCount

SEX = Column("sex", choices=tuple(Sex))
LEVEL = Column("level", choices=tuple(Level))
DEPARTMENT = Column("department", ref=("Departments", "code"), max_length=40)


class DepartmentSheet(ModelSheet):
    """Departments, by code."""

    name = "Departments"
    model = Department
    verb = "department"
    columns = (
        Column("code", required=True, max_length=40),
        Column("name", required=True, max_length=120),
        Column("name_zh", max_length=120),
        Column("kind", max_length=40),
        Column("shifts", ColumnKind.WHOLE, minimum=Decimal(0), maximum=Decimal(9)),
    )
    key = ("code",)


class PeopleSheet(ModelSheet):
    """The roster, by code."""

    name = "People"
    model = Worker
    verb = "worker"
    columns = (
        Column("code", required=True, max_length=40),
        Column("name", max_length=150),
        SEX,
        LEVEL,
        DEPARTMENT,
        Column("job", max_length=120),
    )
    key = ("code",)
    fields = {"department": "department_code"}
    export_permission = "enterprise.view_roster"


class WorkforceSheet(ModelSheet):
    """Workforce snapshots: one row per day, department, level, sex and contract."""

    name = "Workforce"
    model = WorkforceCount
    verb = "workforce"
    columns = (
        Column("date", ColumnKind.DAY, required=True),
        Column("department", required=True, ref=("Departments", "code"), max_length=40),
        Column("level", required=True, choices=tuple(Level)),
        Column("sex", required=True, choices=tuple(Sex)),
        Column("contract", max_length=20),
        Column("headcount", ColumnKind.WHOLE, required=True, minimum=Decimal(0)),
    )
    key = ("date", "department", "level", "sex", "contract")
    fields = {"date": "snapshot_date", "department": "department_code"}

    def after_save(self, objs: list[WorkforceCount]) -> None:
        mark_stale("organisations", *{obj.snapshot_date for obj in objs})


SHEETS = (DepartmentSheet(), PeopleSheet(), WorkforceSheet())
