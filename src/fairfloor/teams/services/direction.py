"""Verbs on the direction: the vision of a year, and its few goals, each tied to an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, apply_changes, check_version
from fairfloor.core.randomness import random_code
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period
from fairfloor.projects.public import ImprovementProject
from fairfloor.teams.models import Goal, Vision
from fairfloor.teams.services.errors import GoalRefused
from fairfloor.teams.workflow import is_better


@transaction.atomic
def write_vision(*, actor: Actor, year: int, text: str, at: datetime, version: int | None = None) -> Vision:
    """Write where the factory wants to be in a year's words. Raises ``StaleEdit``, :class:`GoalRefused`."""
    require(actor, "teams.manage")
    if not text.strip():
        raise GoalRefused("TITLE_MISSING", "text")
    vision = Vision.objects.select_for_update().filter(year=year).first()
    if vision is None:
        if version is not None:  # the form saw words that are no longer there
            raise StaleEdit
        vision = Vision.objects.create(year=year, text=text.strip())
    else:
        check_version(vision, version)
        if apply_changes(vision, {"text": text.strip()}):
            vision.save()
    audit.record(actor, "vision.written", vision, at, year=year)
    return vision


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("G")
        if not Goal.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free goal code was found.")


def _checked(values: dict[str, Any], project_codes: Iterable[str], day: date) -> dict[str, Any]:
    """Values as the table keeps them, with the baseline looked up; raises :class:`GoalRefused`."""
    title = values["title"].strip()
    if not title:
        raise GoalRefused("TITLE_MISSING", "title")
    indicator = load_content().indicators.get(values["indicator"])
    if indicator is None or indicator.unit == "LIST" or indicator.direction == "NEUTRAL":
        raise GoalRefused("UNKNOWN_INDICATOR", "indicator")
    start, end = values["baseline_start_date"], values["baseline_end_date"]
    if end < start:
        raise GoalRefused("BASELINE_ORDER", "baseline_end_date")
    if end > day:
        raise GoalRefused("BASELINE_IN_FUTURE", "baseline_end_date")
    found = figure(indicator.code, Period(start, end))
    if found.value is None or not found.n:
        raise GoalRefused("NO_BASELINE", "baseline_start_date")
    target = values["target"]
    if indicator.is_fraction and not 0 <= target <= 1:
        raise GoalRefused("NOT_A_SHARE", "target")
    baseline = Decimal(round(found.value, 6))
    if not is_better(target, baseline, indicator.direction):
        raise GoalRefused("WRONG_DIRECTION", "target")
    codes = list(dict.fromkeys(project_codes))
    if ImprovementProject.objects.filter(code__in=codes).count() != len(codes):
        raise GoalRefused("UNKNOWN_PROJECT", "project_codes")
    return {
        **values,
        "title": title,
        "owner_name": values.get("owner_name", "").strip(),
        "baseline": baseline,
        "definition": indicator.pin,
        "project_codes": ";".join(codes),
    }


@transaction.atomic
def set_goal(
    *,
    actor: Actor,
    year: int,
    title: str,
    indicator: str,
    baseline_start_date: date,
    baseline_end_date: date,
    target: Decimal,
    day: date,
    at: datetime,
    project_codes: Iterable[str] = (),
    owner_name: str = "",
) -> Goal:
    """Set a goal for a year. ``target`` is in the indicator's unit, a share as a fraction. Raises :class:`GoalRefused`.

    The baseline is looked up now and kept, so that a later correction of old records does not move the goal silently.
    """
    require(actor, "teams.manage")
    values = {
        "title": title,
        "indicator": indicator,
        "baseline_start_date": baseline_start_date,
        "baseline_end_date": baseline_end_date,
        "target": target,
        "owner_name": owner_name,
    }
    goal = Goal.objects.create(code=_fresh_code(), year=year, **_checked(values, project_codes, day))
    audit.record(actor, "goal.set", goal, at, year=year, indicator=indicator)
    return goal


@transaction.atomic
def change_goal(
    *,
    actor: Actor,
    goal_id: int,
    day: date,
    at: datetime,
    project_codes: Iterable[str] = (),
    version: int | None = None,
    **values: Any,
) -> Goal:
    """Write a goal anew; its baseline is looked up again. Raises :class:`GoalRefused`, ``StaleEdit``."""
    require(actor, "teams.manage")
    goal = _load(goal_id, version)
    names = ("title", "indicator", "baseline_start_date", "baseline_end_date", "target", "owner_name")
    kept = {name: getattr(goal, name) for name in names}
    changed = apply_changes(goal, _checked({**kept, **values}, project_codes, day))
    if changed:
        goal.save()
        audit.record(actor, "goal.changed", goal, at, changed=changed)
    return goal


@transaction.atomic
def drop_goal(*, actor: Actor, goal_id: int, reason: str, at: datetime, version: int | None = None) -> Goal:
    """Give a goal up, with a reason; it stays on record. Raises :class:`GoalRefused`, ``StaleEdit``."""
    require(actor, "teams.manage")
    goal = _load(goal_id, version)
    if not reason.strip():
        raise GoalRefused("REASON_MISSING", "reason")
    apply_changes(goal, {"dropped_reason": reason.strip()})
    goal.save()
    audit.record(actor, "goal.dropped", goal, at, reason=reason.strip())
    return goal


def _load(goal_id: int, version: int | None) -> Goal:
    goal = Goal.objects.select_for_update().get(pk=goal_id)
    check_version(goal, version)
    if goal.dropped_reason:
        raise GoalRefused("DROPPED", "")
    return goal
