"""The work on projects as sheets: who is on it, why the problem is there, trials, later visits, where else it fits."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from fairfloor.core.sheet_numbers import NumberedSheet
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import LEVEL, SEX
from fairfloor.projects.models import (
    CauseAnalysis,
    ImprovementProject,
    ProjectMember,
    ProjectSuggestion,
    Spread,
    Trial,
    Visit,
)
from fairfloor.projects.workflow import VISITS_AFTER, WHYS, InPlace
from fairfloor.suggestions.public import Suggestion

_PROJECT = Column("project", required=True, max_length=20, ref=("Projects", "code"))
_OF_PROJECT = Link("project", ImprovementProject, {"project": "code"})


class _OfProject(ModelSheet):
    """Rows that belong to a project named by its code."""

    links: tuple[Link, ...] = (_OF_PROJECT,)
    import_permission = "projects.correct"
    export_permission = "projects.view"

    def after_save(self, objs):
        # A form that was open while the workbook was imported is stale.
        touched = ImprovementProject.objects.filter(pk__in={obj.project_id for obj in objs})
        touched.update(version=F("version") + 1)
        # What a look found decides for how long a saving counts.
        mark_stale("projects", *touched.values_list("finish_date", flat=True))


class ProjectSuggestionSheet(_OfProject):
    """The suggestions behind projects."""

    name = "ProjectSuggestions"
    model = ProjectSuggestion
    verb = "project_suggestion"
    key = ("project", "suggestion")
    links = (_OF_PROJECT, Link("suggestion", Suggestion, {"suggestion": "code"}))
    columns = (_PROJECT, Column("suggestion", required=True, max_length=20, ref=("Suggestions", "code")))


class ProjectMemberSheet(_OfProject):
    """Who works on projects; sex and level as they were then."""

    name = "ProjectMembers"
    model = ProjectMember
    verb = "project_member"
    key = ("project", "person")
    fields = {"person": "worker_code"}
    columns = (
        _PROJECT,
        Column("person", required=True, max_length=40, ref=("People", "code")),
        SEX,
        LEVEL,
    )


_BONES = ("people", "machine", "material", "method", "measurement", "surroundings")


class CauseSheet(_OfProject):
    """Why the problem is there, by project: a cause a line, the chain of whys, the root."""

    name = "Causes"
    model = CauseAnalysis
    verb = "project_causes"
    key = ("project",)
    columns = (
        _PROJECT,
        *(Column(bone, ColumnKind.LONG_TEXT, max_length=2000) for bone in (*_BONES, "whys")),
        Column("root", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def problems_in(self, row):
        if len(row["whys"].splitlines()) > WHYS:
            yield Problem("whys", "TOO_MANY_LINES", {"limit": WHYS})


class TrialSheet(_OfProject, NumberedSheet):
    """Small experiments, by project, day and number."""

    name = "Trials"
    model = Trial
    verb = "project_trial"
    key = ("project", "date", "number")
    fields = {"date": "trial_date", "worked": "has_worked", "tried_by": "by_name"}
    flags = ("worked",)
    columns = (
        _PROJECT,
        Column("date", ColumnKind.DAY, required=True),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("what", ColumnKind.LONG_TEXT, required=True, max_length=1000),
        Column("worked", choices=(YES, NO)),
        Column("learned", ColumnKind.LONG_TEXT, max_length=1000),
        Column("tried_by", max_length=150),
    )

    def problems_in(self, row):
        if row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        if row["worked"] == NO and not row["learned"]:
            yield Problem("learned", "MISSING", {})


class VisitSheet(_OfProject):
    """Looks, months after the end, whether the improvement is still in place."""

    name = "Visits"
    model = Visit
    verb = "project_visit"
    key = ("project", "after_months")
    fields = {"date": "visit_date", "checked_by": "by_name"}
    columns = (
        _PROJECT,
        Column("after_months", ColumnKind.WHOLE, required=True),
        Column("date", ColumnKind.DAY, required=True),
        Column("state", required=True, choices=tuple(InPlace)),
        Column("words", ColumnKind.LONG_TEXT, max_length=1000),
        Column("checked_by", max_length=150),
    )

    def problems_in(self, row):
        if row["after_months"] not in VISITS_AFTER:
            yield Problem("after_months", "NOT_ONE_OF", {"values": ", ".join(map(str, VISITS_AFTER))})
        if row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        if row["state"] != InPlace.YES and not row["words"]:
            yield Problem("words", "MISSING", {})

    def problems_across(self, rows, whole):
        finished = {row["code"]: row["finish_date"] for row in whole("Projects")}
        for index, row in enumerate(rows):
            day = finished.get(row["project"])
            if day and row["date"] < day:
                yield index, Problem("date", "BEFORE_THE_FINISH", {"date": day})


class SpreadSheet(_OfProject):
    """Other departments where an improvement could work, and whether it does."""

    name = "Spreads"
    model = Spread
    verb = "project_spread"
    key = ("project", "department")
    fields = {"department": "department_code", "adopted": "is_adopted"}
    flags = ("adopted",)
    columns = (
        _PROJECT,
        Column("department", required=True, ref=("Departments", "code"), max_length=40),
        Column("adopted", required=True, choices=(YES, NO)),
        Column("words", max_length=300),
    )


# After suggestions, which some of them name.
SHEETS = (
    ProjectSuggestionSheet(),
    ProjectMemberSheet(),
    CauseSheet(),
    TrialSheet(),
    VisitSheet(),
    SpreadSheet(),
)
