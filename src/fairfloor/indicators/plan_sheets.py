"""Plans of indicators as a sheet: who reports, what it is held against, where it shall go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from fairfloor.content import load as load_content
from fairfloor.core.scoping import NoScope, current_enterprise_id
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, ModelSheet, Problem, Row
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.indicators.plans import REPORTING, counted_months, reporters, target_problem, value_of

_VALUE = {"minimum": Decimal(0), "maximum": Decimal(10**13), "decimals": 6}
WINDOWS = (("baseline_from", "baseline_to"), ("endline_from", "endline_to"))


class IndicatorPlanSheet(ModelSheet):
    """Plans, by indicator. The baseline is the figure of its months as it was when the plan was made."""

    name = "IndicatorPlans"
    model = IndicatorPlan
    verb = "indicator_plan"
    key = ("indicator",)
    fields = {
        "reporter": "reporter_name",
        "since": "since_date",
        "baseline_from": "baseline_start_date",
        "baseline_to": "baseline_end_date",
        "endline_from": "endline_start_date",
        "endline_to": "endline_end_date",
        "projects": "project_codes",
        "in_use": "is_in_use",
    }
    flags = ("in_use",)
    prepared_fields = ("reporter_user_id", "definition")
    import_permission = "readings.plan"
    export_permission = "readings.view"

    @property
    def columns(self):
        readings = tuple(i.code for i in load_content().indicators.values() if i.is_reading)
        return (
            Column("indicator", required=True, choices=readings),
            Column("reporter", max_length=150),
            Column("since", ColumnKind.MONTH, required=True),
            Column("baseline_from", ColumnKind.MONTH),
            Column("baseline_to", ColumnKind.MONTH),
            Column("baseline", ColumnKind.NUMBER, **_VALUE),
            Column("target", ColumnKind.NUMBER, **_VALUE),
            Column("endline_from", ColumnKind.MONTH),
            Column("endline_to", ColumnKind.MONTH),
            Column("projects", ColumnKind.CODES, ref=("Projects", "code"), max_length=600),
            Column("definition", max_length=120),
            Column("in_use", required=True, choices=(YES, NO)),
        )

    def problems_in(self, row):
        for start, end in WINDOWS:
            if bool(row[start]) != bool(row[end]):
                empty, other = (end, start) if row[start] else (start, end)
                yield Problem(empty, "MISSING_FOR_OTHER", {"other": other})
            elif row[start] and row[end] < row[start]:
                yield Problem(end, "BEFORE", {"other": start})
        if row["baseline_to"] and row["baseline_to"] > timezone.localdate():
            yield Problem("baseline_to", "STILL_TO_COME", {})
        if row["baseline_to"] and row["endline_from"] and row["endline_from"] <= row["baseline_to"]:
            yield Problem("endline_from", "BEFORE", {"other": "baseline_to"})
        if (row["baseline"] is None) != (row["baseline_from"] is None):
            empty, other = ("baseline", "baseline_from")
            if row["baseline"] is not None:
                empty, other = other, empty
            yield Problem(empty, "MISSING_FOR_OTHER", {"other": other})
            return
        indicator = load_content().indicators[row["indicator"]]
        if indicator.is_fraction and row["baseline"] is not None and row["baseline"] > 1:
            yield Problem("baseline", "NOT_A_SHARE", {})
        elif row["target"] is not None and (
            code := target_problem(indicator, row["target"], row["baseline"])
        ):
            told = {"BASELINE_NEEDED": "MISSING_FOR_OTHER", "WRONG_DIRECTION": "NOT_REACHED"}.get(code, code)
            column = "baseline" if code == "BASELINE_NEEDED" else "target"
            yield Problem(column, told, {"other": "target"} if column == "baseline" else {})

    def problems_across(self, rows, whole):
        try:
            current_enterprise_id()
        except NoScope:
            return  # a factory that is only about to exist brings what it was
        stored = {plan.indicator: plan for plan in IndicatorPlan.objects.all()}
        yield from _strangers(rows, stored.values())
        yield from _invented_baselines(rows, stored, whole)

    def rows_to_change(self):
        for obj in super().rows_to_change():
            obj.reporter_before, obj.since_before = obj.reporter_name, obj.since_date
            yield obj

    def prepare(self, objs, rows):
        people = reporters(timezone.localdate())
        count = Counter(people.values())
        # Of two people with one name nobody is asked by mistake: the name stands, and Settings takes the person.
        ids = {name: key for key, name in people.items() if count[name] == 1}
        indicators = load_content().indicators
        for obj in objs:
            if obj._state.adding or obj.reporter_before != obj.reporter_name:
                obj.reporter_user_id = ids.get(obj.reporter_name)
            if not obj.definition:
                obj.definition = indicators[obj.indicator].pin

    def after_save(self, objs):
        # A beginning that moved to a later month takes those before it out of the count.
        since = min(min(obj.since_date, getattr(obj, "since_before", obj.since_date)) for obj in objs)
        codes = [obj.indicator for obj in objs]
        mark_stale(REPORTING, *counted_months(codes, since, timezone.localdate()))


def _strangers(rows: Sequence[Row], stored: Iterable[IndicatorPlan]) -> Iterator[tuple[int, Problem]]:
    """Reporters who are nobody here. Who left keeps the name under what was planned."""
    people = set(reporters(timezone.localdate()).values())
    known = people | {plan.reporter_name for plan in stored}
    for index, row in enumerate(rows):
        if people and row["reporter"] and row["reporter"] not in known:
            yield index, Problem("reporter", "UNKNOWN_PERSON", {"text": row["reporter"]})


def _invented_baselines(
    rows: Sequence[Row], stored: dict[str, IndicatorPlan], whole: Callable[[str], Iterable[Row]]
) -> Iterator[tuple[int, Problem]]:
    """Baselines are never typed in: a new or changed one is what the readings of its months give."""
    changed = []
    for index, row in enumerate(rows):
        plan = stored.get(row["indicator"])
        same = plan and (plan.baseline, plan.baseline_start_date, plan.baseline_end_date)
        if row["baseline"] is not None and same != (
            row["baseline"],
            row["baseline_from"],
            row["baseline_to"],
        ):
            changed.append((index, row))
    if not changed:
        return
    totals: dict[tuple[str, date], tuple[Decimal, Decimal]] = {
        (row["indicator"], row["month"]): (row["numerator"], row["denominator"]) for row in whole("Readings")
    }
    for index, row in changed:
        code, first, last = row["indicator"], row["baseline_from"], row["baseline_to"]
        months = [pair for (each, month), pair in totals.items() if each == code and first <= month <= last]
        found = value_of(
            load_content().indicators[code],
            sum((pair[0] for pair in months), Decimal(0)),
            sum((pair[1] for pair in months), Decimal(0)),
        )
        if found is None:
            yield index, Problem("baseline_from", "NO_READINGS", {})
        elif round(found, 6) != round(row["baseline"], 6):
            yield index, Problem("baseline", "READINGS_SAY", {"value": round(found, 6)})


SHEETS = (IndicatorPlanSheet(),)
