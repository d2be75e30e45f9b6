"""Verbs on improvement plans: drafting one, its rows with their pairs, a look at how a row stands, its project."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.randomness import random_code
from fairfloor.projects.changes import Refused
from fairfloor.projects.models import ImprovementPlan, ImprovementProject, PlanLook, PlanRow
from fairfloor.projects.services.lifecycle import start_project
from fairfloor.projects.workflow import Light, PlanSource

ROW_FIELDS = frozenset(
    {
        "problem",
        "source",
        "action",
        "worker",
        "manager",
        "resources",
        "start_date",
        "due_date",
        "measure",
        "baseline",
        "target",
    }
)


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("PL")
        if not ImprovementPlan.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free plan code was found.")


def _check_plan(plan: ImprovementPlan, day: date) -> None:
    if not plan.title and not plan.module:
        raise Refused("PLAN_NAMELESS", "title")
    if plan.module and plan.module not in load_content().modules:
        raise Refused("UNKNOWN_MODULE", "module")
    if plan.drafted_date > day:
        raise Refused("DRAFTED_IN_FUTURE", "drafted_date")


def _check_row(row: PlanRow) -> None:
    """Refuse what cannot stand; see ``labels.REASONS`` for the sentences."""
    if not row.problem:
        raise Refused("PLAN_PROBLEM_MISSING", "problem")
    if row.source not in set(PlanSource):
        raise Refused("PLAN_SOURCE_MISSING", "source")
    if not row.action:
        raise Refused("PLAN_ACTION_MISSING", "action")
    for name in ("worker", "manager"):
        if not getattr(row, name):
            raise Refused("PAIR_MISSING", name)
    if row.worker.casefold() == row.manager.casefold():
        raise Refused("PAIR_IS_ONE", "manager")
    if row.start_date and row.due_date and row.due_date < row.start_date:
        raise Refused("FINISH_BEFORE_START", "due_date")


def _tidy(values: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    if unknown := set(values) - allowed:
        raise TypeError(f"Not part of it: {', '.join(sorted(unknown))}")
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _plan(plan_id: int, version: int | None = None) -> ImprovementPlan:
    plan = ImprovementPlan.objects.select_for_update().get(pk=plan_id)
    check_version(plan, version)
    return plan


def _row(row_id: int, version: int | None) -> PlanRow:
    row = PlanRow.objects.select_for_update().get(pk=row_id)
    check_version(row, version)
    return row


@transaction.atomic
def draft_plan(
    *,
    actor: Actor,
    day: date,
    at: datetime,
    title: str = "",
    module: str = "",
    drafted_date: date | None = None,
) -> ImprovementPlan:
    """Begin a plan, named by a title or by the training module it comes from. Raises :class:`Refused`."""
    require(actor, "projects.write")
    plan = ImprovementPlan(
        code=_fresh_code(), title=title.strip(), module=module, drafted_date=drafted_date or day
    )
    _check_plan(plan, day)
    plan.save(force_insert=True)
    audit.record(actor, "plan.drafted", plan, at)
    return plan


@transaction.atomic
def change_plan(
    *, actor: Actor, plan_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementPlan:
    """Change title, module or day; ``is_revision=True`` counts the revision up, for a new print on the wall."""
    require(actor, "projects.write")
    plan = _plan(plan_id, version)
    is_revision = values.pop("is_revision", False)
    values = _tidy(values, frozenset({"title", "module", "drafted_date"}))
    if is_revision:
        values["revision"] = plan.revision + 1
    changed = apply_changes(plan, values)
    _check_plan(plan, day)
    if changed:
        plan.save()
        audit.record(actor, "plan.revised" if is_revision else "plan.changed", plan, at, changed=changed)
    return plan


@transaction.atomic
def add_row(*, actor: Actor, plan_id: int, at: datetime, **values: Any) -> PlanRow:
    """Put a priority problem into the plan (any of ``ROW_FIELDS``), with a worker and a manager who see to it."""
    require(actor, "projects.write")
    plan = _plan(plan_id)
    last = PlanRow.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    row = PlanRow(plan=plan, number=last + 1, **_tidy(values, ROW_FIELDS))
    _check_row(row)
    row.save(force_insert=True)
    audit.record(actor, "plan.row_added", plan, at, row=row.number, note=row.problem)
    return row


@transaction.atomic
def change_row(
    *, actor: Actor, row_id: int, at: datetime, version: int | None = None, **values: Any
) -> PlanRow:
    """Write a row anew (any of ``ROW_FIELDS``). Raises :class:`Refused` or ``StaleEdit``."""
    require(actor, "projects.write")
    row = _row(row_id, version)
    changed = apply_changes(row, _tidy(values, ROW_FIELDS))
    _check_row(row)
    if changed:
        row.save()
        audit.record(actor, "plan.row_changed", _plan(row.plan_id), at, row=row.number, changed=changed)
    return row


@transaction.atomic
def look_at_row(
    *,
    actor: Actor,
    row_id: int,
    light: str,
    words: str,
    day: date,
    at: datetime,
    look_date: date | None = None,
    version: int | None = None,
) -> PlanRow:
    """Say how a row stands, as a light and in words; a second look on the same day replaces the first."""
    require(actor, "projects.write")
    row, words = _row(row_id, version), words.strip()
    if light not in set(Light):
        raise Refused("LIGHT_MISSING", "light")
    if not words:
        raise Refused("LOOK_WORDS_MISSING", "words")
    if look_date is not None and look_date > day:
        raise Refused("LOOK_IN_FUTURE", "look_date")
    PlanLook.objects.update_or_create(
        row=row,
        look_date=look_date or day,
        defaults={"light": light, "words": words, "by_name": actor.name},
    )
    row.version += 1
    row.save(update_fields=["version"])
    audit.record(actor, "plan.looked_at", _plan(row.plan_id), at, row=row.number, light=light, note=words)
    return row


@transaction.atomic
def start_row_project(
    *, actor: Actor, row_id: int, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Start the project that carries a row out; a second call gives the one that is there."""
    require(actor, "projects.write")
    row = PlanRow.objects.select_for_update().get(pk=row_id)
    if row.project_id:
        return ImprovementProject.objects.get(pk=row.project_id)
    check_version(row, version)
    plan = _plan(row.plan_id)
    measured = " ".join(
        part for part in (row.measure, row.baseline and f"{row.baseline} →", row.target) if part
    )
    due = row.due_date if row.due_date and row.due_date >= day else None
    row.project = start_project(
        actor=actor,
        title=row.action[:200],
        problem=row.problem,
        target=measured,
        module=plan.module,
        owner_name=row.worker,
        due_date=due,
        day=day,
        at=at,
    )
    row.version += 1
    row.save(update_fields=["project", "version"])
    audit.record(actor, "plan.project_started", plan, at, row=row.number, project=row.project.code)
    return row.project
