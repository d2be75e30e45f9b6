"""The vision of each year and its goals as sheets."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from fairfloor.content import load as load_content
from fairfloor.core.scoping import NoScope, current_enterprise_id
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from fairfloor.teams.models import Goal, Vision
from fairfloor.teams.workflow import is_better

_YEAR = Column("year", ColumnKind.WHOLE, required=True, minimum=Decimal(1950), maximum=Decimal(2200))
_VALUE = {"minimum": Decimal(0), "maximum": Decimal(10**13), "decimals": 6}


class VisionSheet(ModelSheet):
    """Visions, by year."""

    name = "Visions"
    model = Vision
    verb = "vision"
    key = ("year",)
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (_YEAR, Column("text", ColumnKind.LONG_TEXT, required=True, max_length=1000))


class GoalSheet(ModelSheet):
    """Goals, by code. The baseline is the figure as it was when the goal was set."""

    name = "Goals"
    model = Goal
    verb = "goal"
    key = ("code",)
    fields = {
        "baseline_from": "baseline_start_date",
        "baseline_to": "baseline_end_date",
        "projects": "project_codes",
        "owner": "owner_name",
        "reason": "dropped_reason",
    }
    prepared_fields = ("definition",)
    import_permission = "teams.manage"
    export_permission = "teams.view"

    @property
    def columns(self):
        fit = (
            i.code
            for i in load_content().indicators.values()
            if i.unit != "LIST" and i.direction != "NEUTRAL"
        )
        return (
            Column("code", required=True, max_length=20),
            _YEAR,
            Column("title", required=True, max_length=200),
            Column("indicator", required=True, choices=tuple(fit)),
            Column("baseline_from", ColumnKind.DAY, required=True),
            Column("baseline_to", ColumnKind.DAY, required=True),
            Column("baseline", ColumnKind.NUMBER, required=True, **_VALUE),
            Column("target", ColumnKind.NUMBER, required=True, **_VALUE),
            Column("definition", max_length=120),
            Column("projects", ColumnKind.CODES, ref=("Projects", "code"), max_length=600),
            Column("owner", max_length=150),
            Column("reason", max_length=300),
        )

    def problems_in(self, row):
        if row["baseline_to"] < row["baseline_from"]:
            yield Problem("baseline_to", "BEFORE", {"other": "baseline_from"})
        elif row["baseline_to"] > timezone.localdate():
            yield Problem("baseline_to", "STILL_TO_COME", {})
        indicator = load_content().indicators[row["indicator"]]
        shares = [name for name in ("baseline", "target") if indicator.is_fraction and row[name] > 1]
        if shares:
            yield Problem(shares[0], "NOT_A_SHARE", {})
        elif not is_better(row["target"], row["baseline"], indicator.direction):
            yield Problem("target", "NOT_REACHED", {})

    def problems_across(self, rows, whole):
        try:
            current_enterprise_id()
        except NoScope:
            return  # a factory that is only about to exist brings what it was
        stored = {goal.code: goal for goal in Goal.objects.all()}
        for index, row in enumerate(rows):
            start, end = row["baseline_from"], row["baseline_to"]
            goal = stored.get(row["code"])
            if goal and (goal.indicator, goal.baseline, goal.baseline_start_date, goal.baseline_end_date) == (
                row["indicator"],
                row["baseline"],
                start,
                end,
            ):
                continue
            # Figures are never typed in. Where this factory has none for those days yet, its records may be coming
            # in with the same workbook.
            found = figure(row["indicator"], Period(start, end))
            if found.value is not None and found.n and round(found.value, 6) != round(row["baseline"], 6):
                yield index, Problem("baseline", "FIGURE_SAYS", {"value": Decimal(round(found.value, 6))})

    def prepare(self, objs, rows):
        indicators = load_content().indicators
        for obj in objs:
            if not obj.definition:
                obj.definition = indicators[obj.indicator].pin


SHEETS = (VisionSheet(), GoalSheet())
