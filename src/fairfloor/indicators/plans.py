"""Verbs and reads on the plan of an indicator: who reports it, what it is held against, where it shall go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from fairfloor.content import Indicator
from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import IndicatorPlan, Reading
from fairfloor.indicators.periods import month_before
from fairfloor.indicators.suppliers import milestones
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import IMPROVEMENT_TEAM, memberships

REPORTING = "reporting"
"""The supplier of what was reported of what was due."""


class PlanRefused(ValueError):
    """The plan cannot be kept. ``code`` says why, ``field`` where.

    Codes: UNKNOWN (indicator, reporter, project), ORDER, FUTURE (baseline), HALF (one end of a window), NO_BASELINE (no
    month with a value in it), BASELINE_NEEDED, WRONG_DIRECTION, NOT_A_SHARE, NEGATIVE, BEFORE_BASELINE (endline).
    ``baseline``: the one a target was held against.
    """

    def __init__(self, field: str, code: str, baseline: Decimal | None = None):
        super().__init__(f"{field}: {code}")
        self.field, self.code, self.baseline = field, code, baseline


def reading_indicators() -> dict[str, Indicator]:
    """The indicators a factory can measure itself, by code."""
    return {code: each for code, each in load_content().indicators.items() if each.is_reading}


def value_of(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """The value as shown, a share as a fraction, a rate with its base; ``None`` without a denominator."""
    if not denominator:
        return None
    return numerator / denominator * (indicator.base if indicator.unit == "RATE" else 1)


def reporters(day: date) -> dict[int, str]:
    """Who may write readings here now: user id → name."""
    return {
        member.user_id: member.user.name for member in memberships(day) if member.role in IMPROVEMENT_TEAM
    }


def _window(field: str, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    if (start is None) != (end is None):
        raise PlanRefused(f"{field}_end" if end is None else f"{field}_start", "HALF")
    if start is None or end is None:
        return None, None
    start, end = start.replace(day=1), end.replace(day=1)
    if end < start:
        raise PlanRefused(f"{field}_end", "ORDER")
    return start, end


def baseline_of(indicator: Indicator, start: date, end: date) -> Decimal | None:
    """The figure of the months from ``start`` to ``end`` measured by the definition of today."""
    numerator = denominator = Decimal(0)
    for row in Reading.objects.filter(
        indicator=indicator.code, month_date__range=(start, end), definition__in=["", indicator.pin]
    ):
        numerator += row.numerator
        denominator += row.denominator
    found = value_of(indicator, numerator, denominator)
    return None if found is None else Decimal(round(found, 6))


def target_problem(indicator: Indicator, target: Decimal, baseline: Decimal | None) -> str:
    """The code of what is wrong with a target; empty when nothing is."""
    if baseline is None:
        return "BASELINE_NEEDED"
    if target < 0:
        return "NEGATIVE"
    if indicator.is_fraction and target > 1:
        return "NOT_A_SHARE"
    gain = target - baseline
    if (indicator.direction == "UP" and gain <= 0) or (indicator.direction == "DOWN" and gain >= 0):
        return "WRONG_DIRECTION"
    return ""


@transaction.atomic
def plan_indicator(
    *,
    actor: Actor,
    indicator: str,
    day: date,
    at: datetime,
    reporter_user_id: int | None = None,
    baseline_start: date | None = None,
    baseline_end: date | None = None,
    target: Decimal | None = None,
    endline_start: date | None = None,
    endline_end: date | None = None,
    project_codes: Iterable[str] = (),
    is_in_use: bool = True,
    version: int | None = None,
) -> IndicatorPlan:
    """Say how an indicator is used, or say it anew; the baseline is worked out now and kept.

    Windows go from month to month; ``target`` is in the indicator's unit, a share as a fraction. Saving it takes over
    the definition of today. ``version`` 0 is that of a form opened before there was a plan.

    Raises :class:`PlanRefused`, ``StaleEdit``.
    """
    require(actor, "readings.plan")
    definition = reading_indicators().get(indicator)
    if definition is None:
        raise PlanRefused("indicator", "UNKNOWN")
    people = reporters(day)
    if reporter_user_id is not None and reporter_user_id not in people:
        raise PlanRefused("reporter", "UNKNOWN")
    first, last = _window("baseline", baseline_start, baseline_end)
    if last is not None and last > day:
        raise PlanRefused("baseline_end", "FUTURE")
    baseline = None
    if first is not None and last is not None:
        baseline = baseline_of(definition, first, last)
        if baseline is None:
            raise PlanRefused("baseline_start", "NO_BASELINE")
    if target is not None and (code := target_problem(definition, target, baseline)):
        raise PlanRefused("target", code, baseline)
    end_first, end_last = _window("endline", endline_start, endline_end)
    if end_first is not None and last is not None and end_first <= last:
        raise PlanRefused("endline_start", "BEFORE_BASELINE")
    codes = list(dict.fromkeys(project_codes))
    if {each.code for each in milestones(codes)} != set(codes):
        raise PlanRefused("project_codes", "UNKNOWN")
    values = {
        "definition": definition.pin,
        "reporter_user_id": reporter_user_id,
        "reporter_name": people.get(reporter_user_id or 0, ""),
        "baseline_start_date": first,
        "baseline_end_date": last,
        "baseline": baseline,
        "target": target,
        "endline_start_date": end_first,
        "endline_end_date": end_last,
        "project_codes": ";".join(codes),
        "is_in_use": is_in_use,
    }
    plan = IndicatorPlan.objects.select_for_update().filter(indicator=indicator).first()
    if plan is None:
        if version:
            raise StaleEdit
        plan = IndicatorPlan.objects.create(indicator=indicator, since_date=day.replace(day=1), **values)
        audit.record(actor, "indicator_plan.made", plan, at, indicator=indicator)
        mark_stale(REPORTING, *counted_months([indicator], plan.since_date, day))
        return plan
    check_version(plan, version)
    if changed := apply_changes(plan, values):
        plan.save()
        audit.record(actor, "indicator_plan.changed", plan, at, changed=changed)
        if "is_in_use" in changed:
            mark_stale(REPORTING, *counted_months([indicator], plan.since_date, day))
    return plan


def counted_months(indicators: Iterable[str], since: date, day: date) -> set[date]:
    """First days of the months in which these indicators were reported, or asked for from ``since`` to ``day``."""
    rows = Reading.objects.filter(indicator__in=list(indicators))
    found = set(rows.values_list("month_date", flat=True))
    month = month_before(day)
    while month >= month_before(since):
        found.add(month)
        month = month_before(month)
    return found


def plans() -> dict[str, IndicatorPlan]:
    """All plans of the enterprise in scope, by indicator, in the order of the packs."""
    found = {plan.indicator: plan for plan in IndicatorPlan.objects.all()}
    return {code: found[code] for code in reading_indicators() if code in found}


def numbers_of_project(code: str) -> list[Indicator]:
    """The indicators whose chart is to show this project."""
    known = reading_indicators()
    return [known[each.indicator] for each in plans().values() if code in each.projects]


def has_other_definitions(indicator: Indicator, period: Period) -> bool:
    """Whether months of a period were measured by another definition than today's."""
    return (
        Reading.objects.filter(
            indicator=indicator.code, month_date__range=(period.start_date, period.end_date)
        )
        .exclude(definition__in=["", indicator.pin])
        .exists()
    )


def has_new_definition(plan: IndicatorPlan) -> bool:
    """Whether the indicator is defined otherwise today than when the plan was made."""
    definition = reading_indicators().get(plan.indicator)
    return definition is not None and definition.pin != plan.definition
