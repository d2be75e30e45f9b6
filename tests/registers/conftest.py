"""Registers that keep their rows in a list, beside the real ones."""

from decimal import Decimal

import pytest

from fairfloor.core.sheets import Column, ColumnKind, Sheet
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.registers import catalog


class ListSheet(Sheet):
    """A register in a list."""

    import_permission = "enterprise.manage"
    export_permission = "registers.export"

    def __init__(self):
        self.kept = []

    def rows(self, keys=None):
        yield from ([dict(row) for row in self.kept])

    def save(self, actor, created, updated, at):
        changed = {self.key_of(row): row for row in updated}
        self.kept = [changed.get(self.key_of(row), row) for row in self.kept] + created

    def replace(self, actor, group, rows, at):
        self.kept = [row for row in self.kept if row[self.replace_by] != group] + rows


class ProjectSheet(ListSheet):
    name = "Projects"
    key = ("code",)
    columns = (Column("code", required=True), Column("title"))


class RoundSheet(ListSheet):
    name = "SurveyRounds"
    key = ("round",)
    columns = (
        Column("round", ColumnKind.WHOLE, required=True),
        Column("status", required=True, choices=("DRAFT", "OPEN", "CLOSED")),
    )


class AnswerSheet(ListSheet):
    name = "SurveyAnswers"
    replace_by = "round"
    columns = (
        Column("round", ColumnKind.WHOLE, required=True, ref=("SurveyRounds", "round")),
        DEPARTMENT,
        SEX,
        LEVEL,
        Column("q1", ColumnKind.WHOLE, minimum=Decimal(1), maximum=Decimal(5)),
    )


@pytest.fixture
def listed(monkeypatch):
    """The real departments, people, workforce, suggestions and readings, with projects and surveys in lists."""
    real = [
        sheet
        for sheet in catalog.all_sheets()
        if sheet.name in ("Departments", "People", "Workforce", "Suggestions", "Readings")
    ]
    added = {sheet.name: sheet for sheet in (ProjectSheet(), RoundSheet(), AnswerSheet())}
    monkeypatch.setattr(catalog, "_sheets", [*real[:3], *added.values(), *real[3:]])
    return added
