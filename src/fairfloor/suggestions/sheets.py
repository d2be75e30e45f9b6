"""Suggestions as a sheet."""

from django.conf import settings

from fairfloor.content import load as load_content
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.suggestions.models import AnswerTemplate, Suggestion
from fairfloor.suggestions.services import SUPPLIER
from fairfloor.suggestions.workflow import Channel, Status


class SuggestionSheet(ModelSheet):
    """Suggestions, by code."""

    name = "Suggestions"
    model = Suggestion
    verb = "suggestion"
    key = ("code",)
    fields = {
        "date": "submitted_date",
        "proposer": "proposer_code",
        "department": "department_code",
        "project": "project_code",
        "hazard": "hazard_code",
        "held": "is_held",
    }
    flags = ("held",)
    links = (Link("merged_into", Suggestion, {"merged_into": "code"}),)
    import_permission = "suggestions.correct"
    export_permission = "suggestions.view"

    @property
    def columns(self):
        return (
            Column("code", required=True, max_length=20),
            Column("date", ColumnKind.DAY, required=True),
            Column("channel", required=True, choices=tuple(Channel)),
            Column("proposer", max_length=40),
            SEX,
            LEVEL,
            DEPARTMENT,
            Column("category", choices=tuple(load_content().suggestion_categories)),
            Column("title", max_length=200),
            Column("text", ColumnKind.LONG_TEXT, required=True, max_length=4000),
            Column("status", required=True, choices=tuple(Status)),
            Column("decided_date", ColumnKind.DAY),
            Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
            Column("project", ref=("Projects", "code"), max_length=20),
            Column("answer", ColumnKind.LONG_TEXT, max_length=4000),
            Column("translation", ColumnKind.LONG_TEXT, max_length=4000),
            Column("acknowledged_date", ColumnKind.DAY),
            Column("hazard", ref=("Hazards", "code"), max_length=20),
            Column("merged_into", ref=("Suggestions", "code"), max_length=20),
            Column("held", choices=(YES, NO)),
        )

    def problems_in(self, row):
        if row["date"] and row["decided_date"] and row["decided_date"] < row["date"]:
            yield Problem("decided_date", "BEFORE", {"other": "date"})
        if row["status"] == Status.DECLINED and not row["reason"]:
            yield Problem("reason", "REASON_MISSING", {})
        if row["merged_into"] == row["code"]:
            yield Problem("merged_into", "ITSELF", {})

    def after_save(self, objs):
        mark_stale(SUPPLIER, *{obj.submitted_date for obj in objs})


class AnswerTemplateSheet(ModelSheet):
    """The factory's own drafts of answers, by title and language."""

    name = "AnswerTemplates"
    model = AnswerTemplate
    verb = "answer_template"
    key = ("title", "language")
    import_permission = "suggestions.triage"
    export_permission = "suggestions.view"
    columns = (
        Column("title", required=True, max_length=120),
        Column("language", required=True, choices=tuple(code for code, _name in settings.LANGUAGES)),
        Column("text", ColumnKind.LONG_TEXT, required=True, max_length=4000),
    )


SHEETS = (SuggestionSheet(), AnswerTemplateSheet())
