"""Areas, rounds, findings and red tags as sheets. A round's single answers stay in the program."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.checklists.figures import SUPPLIER
from fairfloor.checklists.models import Area, Finding, FindingProject, RedTag, WalkRound
from fairfloor.checklists.setting_sheets import SHEETS as SETTING_SHEETS
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus, TagDecision
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT
from fairfloor.projects.public import ImprovementProject

AREA = Column("area", required=True, ref=("Areas", "code"), max_length=40)


class AreaSheet(ModelSheet):
    """Areas, by code."""

    name = "Areas"
    model = Area
    verb = "area"
    key = ("code",)
    fields = {"department": "department_code", "owner": "owner_name"}
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("code", required=True, max_length=40),
        Column("name", required=True, max_length=120),
        Column("name_zh", max_length=120),
        DEPARTMENT,
        Column("owner", max_length=150),
    )


class WalkRoundSheet(ModelSheet):
    """Rounds, by code, with their score."""

    name = "WalkRounds"
    model = WalkRound
    verb = "walk_round"
    key = ("code",)
    fields = {
        "area": "area_code",
        "department": "department_code",
        "checklist": "checklist_code",
        "pack_item": "checklist_pin",
        "auditor": "auditor_name",
    }
    prepared_fields = ("version",)
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("code", required=True, max_length=20),
        AREA,
        DEPARTMENT,
        Column("kind", required=True, choices=tuple(Kind)),
        Column("checklist", required=True, max_length=60),
        Column("pack_item", max_length=120),
        Column("auditor", max_length=150),
        Column("started_date", ColumnKind.DAY, required=True),
        Column("finished_date", ColumnKind.DAY, required=True),
        Column("status", required=True, choices=tuple(RoundStatus)),
        Column("points", ColumnKind.WHOLE, required=True, minimum=Decimal(0)),
        Column("points_possible", ColumnKind.WHOLE, required=True, minimum=Decimal(0)),
        Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def problems_in(self, row):
        if row["started_date"] and row["finished_date"] and row["finished_date"] < row["started_date"]:
            yield Problem("finished_date", "BEFORE", {"other": "started_date"})
        points, possible = row["points"], row["points_possible"]
        if points is not None and possible is not None and points > possible:
            yield Problem("points", "ABOVE_DENOMINATOR", {})
        if row["status"] == RoundStatus.WITHDRAWN and not row["reason"]:
            yield Problem("reason", "MISSING_FOR_STATUS", {"status": row["status"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if obj._state.adding:
                # A round from a workbook was on no phone of ours; its code says which it is.
                obj.client_id = f"workbook-{obj.code}"
            else:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.finished_date for obj in objs})


class FindingSheet(ModelSheet):
    """Findings, by code."""

    name = "Findings"
    model = Finding
    verb = "finding"
    key = ("code",)
    fields = {
        "round": "round_code",
        "date": "found_date",
        "department": "department_code",
        "outcome": "outcome_code",
    }
    prepared_fields = ("version",)
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("code", required=True, max_length=20),
        Column("round", required=True, ref=("WalkRounds", "code"), max_length=20),
        Column("date", ColumnKind.DAY, required=True),
        DEPARTMENT,
        Column("item", required=True, max_length=40),
        Column("question", max_length=300),
        Column("words", ColumnKind.LONG_TEXT, max_length=1000),
        Column("status", required=True, choices=tuple(FindingStatus)),
        Column("outcome", max_length=20),
        Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def problems_in(self, row):
        if (
            row["status"] in {FindingStatus.HAZARD, FindingStatus.ACTION, FindingStatus.PROJECT}
            and not row["outcome"]
        ):
            yield Problem("outcome", "MISSING_FOR_STATUS", {"status": row["status"]})
        if row["status"] == FindingStatus.NOTHING and not row["reason"]:
            yield Problem("reason", "MISSING_FOR_STATUS", {"status": row["status"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.found_date for obj in objs})


class ProjectFindingSheet(ModelSheet):
    """Which findings stand behind which project."""

    name = "ProjectFindings"
    model = FindingProject
    verb = "project_finding"
    key = ("project", "finding")
    prepared_fields = ("project", "finding")
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("project", required=True, max_length=20, ref=("Projects", "code")),
        Column("finding", required=True, max_length=20, ref=("Findings", "code")),
    )

    def queryset(self):
        return super().queryset().select_related("project", "finding")

    def rows(self, keys=None):
        for obj in self.queryset().order_by("project__code", "finding__code", "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def row_of(self, obj):
        return {"project": obj.project.code, "finding": obj.finding.code}

    def values_of(self, row):
        return {}

    def prepare(self, objs, rows):
        codes = {row["project"] for row in rows}
        projects = {each.code: each for each in ImprovementProject.objects.filter(code__in=codes)}
        findings = {
            each.code: each for each in Finding.objects.filter(code__in={row["finding"] for row in rows})
        }
        for obj, row in zip(objs, rows, strict=True):
            obj.project, obj.finding = projects[row["project"]], findings[row["finding"]]


class RedTagSheet(ModelSheet):
    """Red tags, by code."""

    name = "RedTags"
    model = RedTag
    verb = "red_tag"
    key = ("code",)
    fields = {"area": "area_code", "date": "tagged_date", "tagged_by": "tagged_by_name"}
    import_permission = "checklists.manage"
    export_permission = "checklists.view"
    columns = (
        Column("code", required=True, max_length=20),
        Column("item", required=True, max_length=200),
        Column("area", ref=("Areas", "code"), max_length=40),
        Column("reason", max_length=300),
        Column("date", ColumnKind.DAY, required=True),
        Column("tagged_by", max_length=150),
        Column("decision", choices=tuple(TagDecision)),
        Column("due_date", ColumnKind.DAY),
        Column("done_date", ColumnKind.DAY),
    )

    def problems_in(self, row):
        if row["done_date"] and not row["decision"]:
            yield Problem("decision", "MISSING_FOR_STATUS", {"status": "DONE"})
        for column in ("due_date", "done_date"):
            if row["date"] and row[column] and row[column] < row["date"]:
                yield Problem(column, "BEFORE", {"other": "date"})


SHEETS = (
    AreaSheet(),
    WalkRoundSheet(),
    FindingSheet(),
    ProjectFindingSheet(),
    RedTagSheet(),
    *SETTING_SHEETS,
)
