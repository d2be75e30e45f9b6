"""Verbs on improvement projects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.files import discard_photo, store_photo
from fairfloor.core.randomness import random_code
from fairfloor.projects.changes import (
    MoveNotAllowed,
    Refused,
    StaleEdit,
    change,
    check,
    is_own_work,
    load,
    tidy,
)
from fairfloor.projects.models import ImprovementProject, ProjectSuggestion, Visit
from fairfloor.projects.services.benefits import drop_verifications
from fairfloor.projects.services.hazards import link, note_on_hazards
from fairfloor.projects.workflow import (
    OPEN,
    PHOTO_POSSIBLE,
    PLAN_EDITABLE,
    WORK_EDITABLE,
    Status,
    may_move,
)
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.suggestions.public import Suggestion, record_outcome, record_project

PHOTO_PLACES = ("before", "after")
# Suggestions that can stand behind a project; the others were joined, passed on or are not real.
LINKABLE = frozenset(SuggestionStatus) - {
    SuggestionStatus.MERGED,
    SuggestionStatus.TO_SAFETY,
    SuggestionStatus.WITHDRAWN,
}


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("IP")
        if not ImprovementProject.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free project code was found.")


def _link(
    project: ImprovementProject, suggestion_ids: Iterable[int], actor: Actor, day: date, at: datetime
) -> int:
    """Put suggestions behind the project and tell them so; those already there are left alone."""
    wanted = set(suggestion_ids)
    there = set(ProjectSuggestion.objects.filter(project=project).values_list("suggestion_id", flat=True))
    count = 0
    for suggestion in Suggestion.objects.filter(pk__in=wanted - there).order_by("id"):
        if suggestion.status not in LINKABLE:
            raise Refused("SUGGESTION_CLOSED", "suggestions")
        ProjectSuggestion.objects.create(project=project, suggestion=suggestion)
        record_project(actor=actor, suggestion_id=suggestion.pk, project_code=project.code, day=day, at=at)
        count += 1
    if count != len(wanted - there):
        raise Suggestion.DoesNotExist("A suggestion to link is not in this enterprise.")
    return count


@transaction.atomic
def start_project(
    *,
    actor: Actor,
    title: str,
    day: date,
    at: datetime,
    department_code: str = "",
    module: str = "",
    tags: Iterable[str] = (),
    problem: str = "",
    target: str = "",
    suggestion_ids: Iterable[int] = (),
    hazard_ids: Iterable[int] = (),
    owner_name: str = "",
    owner_user_id: int | None = None,
    due_date: date | None = None,
    is_idea: bool = False,
    form_id: UUID | None = None,
) -> ImprovementProject:
    """Start an improvement project on ``day``, or note one down as an idea.

    The suggestions behind it are accepted by that and point to it; the hazards stay with safety and note it.
    Do not put a worker's words into ``problem``: projects can be shown outside, suggestions cannot. Raises
    :class:`Refused` for a value that cannot stand. A form sent twice (the same ``form_id``) gives the first
    project again.
    """
    require(actor, "projects.write")
    if earlier := once.begin(form_id):
        return ImprovementProject.objects.get(code=earlier)
    project = ImprovementProject(
        code=_fresh_code(),
        status=Status.IDEA if is_idea else Status.IN_PROGRESS,
        start_date=None if is_idea else day,
        due_date=due_date,
        owner_user_id=owner_user_id,
        changed_date=day,
        **tidy(
            {
                "title": title,
                "department_code": department_code,
                "module": module,
                "tags": tuple(tags),
                "problem": problem,
                "target": target,
                "owner_name": owner_name,
            }
        ),
    )
    check(project, ("tags", "module", "department_code"), day)
    project.save(force_insert=True)
    verb = "project.noted" if is_idea else "project.started"
    audit.record(actor, verb, project, at, version=project.version)
    _link(project, suggestion_ids, actor, day, at)
    link(project, hazard_ids, actor, at)
    once.made(form_id, project.code)
    return project


@transaction.atomic
def link_suggestions(
    *,
    actor: Actor,
    project_id: int,
    suggestion_ids: Iterable[int],
    day: date,
    at: datetime,
    version: int | None = None,
) -> ImprovementProject:
    """Put more suggestions behind an unfinished project; ones not decided yet are accepted by that."""
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status not in OPEN:
        raise MoveNotAllowed(project.status, project.status)
    count = _link(project, suggestion_ids, actor, day, at)
    if count:
        project.version += 1
        project.changed_date = day
        project.save(update_fields=["version", "changed_date"])
        audit.record(actor, "project.linked", project, at, version=project.version, suggestions=count)
    return project


@transaction.atomic
def approve_project(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Agree that an idea shall be carried out later."""
    require(actor, "projects.write")
    return change(load(project_id, version), actor, "approved", day, at, {}, move_to=Status.APPROVED)


@transaction.atomic
def begin_project(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Start work on a noted or approved project today."""
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status not in {Status.IDEA, Status.APPROVED}:
        raise MoveNotAllowed(project.status, Status.IN_PROGRESS)
    return change(project, actor, "begun", day, at, {"start_date": day}, move_to=Status.IN_PROGRESS)


PLAN_FIELDS = frozenset(
    {
        "title",
        "department_code",
        "module",
        "tags",
        "owner_name",
        "owner_user_id",
        "start_date",
        "due_date",
        "problem",
        "target",
        "cost",
    }
)
DO_FIELDS = frozenset({"measures", "cost"})
CHECK_FIELDS = frozenset({"check_result", "no_check_reason", "saving", "saving_type", "saving_effect"})
ACT_FIELDS = frozenset({"learned", "standard"})


def _edit(
    actor: Actor,
    project_id: int,
    version: int | None,
    verb: str,
    allowed: frozenset[str],
    values: dict[str, Any],
    statuses: frozenset[Status],
    day: date,
    at: datetime,
) -> ImprovementProject:
    require(actor, "projects.write")
    if unknown := set(values) - allowed:
        raise TypeError(f"Not part of this step: {', '.join(sorted(unknown))}")
    project = load(project_id, version)
    if project.status not in statuses:
        raise MoveNotAllowed(project.status, project.status)
    return change(project, actor, verb, day, at, values)


@transaction.atomic
def plan_project(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementProject:
    """Plan: title, place, owner, dates, problem, target, expected cost (any of ``PLAN_FIELDS``)."""
    return _edit(actor, project_id, version, "planned", PLAN_FIELDS, values, PLAN_EDITABLE, day, at)


@transaction.atomic
def record_do(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementProject:
    """Do: what was done and what it cost (any of ``DO_FIELDS``)."""
    return _edit(actor, project_id, version, "done_recorded", DO_FIELDS, values, WORK_EDITABLE, day, at)


@transaction.atomic
def record_check(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementProject:
    """Check: what came out of it and what it saves (any of ``CHECK_FIELDS``)."""
    return _edit(actor, project_id, version, "checked", CHECK_FIELDS, values, WORK_EDITABLE, day, at)


@transaction.atomic
def record_act(
    *, actor: Actor, project_id: int, day: date, at: datetime, version: int | None = None, **values: Any
) -> ImprovementProject:
    """Act: what was learned and what is the standard from now on (any of ``ACT_FIELDS``)."""
    return _edit(actor, project_id, version, "acted", ACT_FIELDS, values, WORK_EDITABLE, day, at)


def add_photo(
    *,
    actor: Actor,
    project_id: int,
    place: str,
    upload: Any,
    day: date,
    at: datetime,
    version: int | None = None,
) -> ImprovementProject:
    """Keep a photo of how it looked ``before`` or looks ``after``; it takes the place of an earlier one.

    Raises ``FileRefused`` for what is not a picture or too large. The picture is read and written outside the
    transaction: work on files must not hold the database.
    """
    require(actor, "projects.write")
    field = _photo_field(place)
    project = ImprovementProject.objects.get(pk=project_id)
    _photo_possible(project, version)
    stored = store_photo(upload, permission="projects.view")
    try:
        with transaction.atomic():
            project = load(project_id, version)
            _photo_possible(project, version)
            old = getattr(project, field)
            change(project, actor, "photo_added", day, at, {field: stored}, place=place)
            discard_photo(old)
    except Exception:
        discard_photo(stored)
        raise
    return project


@transaction.atomic
def remove_photo(
    *, actor: Actor, project_id: int, place: str, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Take a photo away for good, e.g. because somebody on it does not want to be seen."""
    require(actor, "projects.write")
    field = _photo_field(place)
    project = load(project_id, version)
    old = getattr(project, field)
    change(project, actor, "photo_removed", day, at, {field: None}, place=place)
    discard_photo(old)
    return project


def _photo_field(place: str) -> str:
    if place not in PHOTO_PLACES:
        raise ValueError(f"A photo is taken before or after, not {place}.")
    return f"photo_{place}"


def _photo_possible(project: ImprovementProject, version: int | None) -> None:
    if version is not None and project.version != version:
        raise StaleEdit(project)
    if project.status not in PHOTO_POSSIBLE:
        raise MoveNotAllowed(project.status, project.status)


@transaction.atomic
def finish_project(
    *,
    actor: Actor,
    project_id: int,
    day: date,
    at: datetime,
    answer: str = "",
    finish_date: date | None = None,
    check_result: str = "",
    no_check_reason: str = "",
    version: int | None = None,
) -> ImprovementProject:
    """Say that the work is done; the writers of the suggestions behind it read ``answer``.

    Raises :class:`Refused` without a result in the check step or a reason why there is none.
    """
    require(actor, "projects.write")
    project = load(project_id, version)
    values: dict[str, Any] = {
        "finish_date": finish_date or day,
        "finished_by_name": actor.name,
        "finished_by_user_id": actor.user_id,
    }
    if check_result.strip():
        values["check_result"] = check_result
    if no_check_reason.strip():
        values["no_check_reason"] = no_check_reason
    texts = (project.check_result, project.no_check_reason, check_result, no_check_reason)
    if project.status == Status.IN_PROGRESS and not any(text.strip() for text in texts):
        raise Refused("CHECK_MISSING", "check_result")
    change(project, actor, "finished", day, at, values, move_to=Status.DONE)
    record_outcome(actor=actor, project_code=project.code, answer=answer, day=day, at=at)
    note_on_hazards(project, actor, at)
    return project


@transaction.atomic
def verify_project(
    *,
    actor: Actor,
    project_id: int,
    day: date,
    at: datetime,
    saving: Decimal | None = None,
    saving_type: str = "",
    saving_effect: str = "",
    note: str = "",
    version: int | None = None,
) -> ImprovementProject:
    """Confirm the result and fix the saving; by somebody who neither owns nor finished the project."""
    require(actor, "projects.verify")
    project = load(project_id, version)
    if may_move(project.status, Status.VERIFIED) and is_own_work(project, actor):
        raise Refused("OWN_WORK")
    values = {
        "saving": saving,
        "saving_type": saving_type,
        "saving_effect": saving_effect,
        "verified_by_name": actor.name,
        "verified_by_user_id": actor.user_id,
        "verified_date": day,
    }
    return change(project, actor, "verified", day, at, values, move_to=Status.VERIFIED, note=note.strip())


@transaction.atomic
def sustain_project(
    *, actor: Actor, project_id: int, day: date, at: datetime, note: str = "", version: int | None = None
) -> ImprovementProject:
    """Record that a verified improvement is still in place."""
    require(actor, "projects.verify")
    project = load(project_id, version)
    return change(project, actor, "sustained", day, at, {}, move_to=Status.SUSTAINED, note=note.strip())


@transaction.atomic
def reopen_project(
    *, actor: Actor, project_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Go back to work, e.g. because a writer says it is not fixed. The verification falls, its benefits' too."""
    require(actor, "projects.write")
    project = load(project_id, version)
    if project.status in {Status.IDEA, Status.APPROVED}:
        raise MoveNotAllowed(project.status, Status.IN_PROGRESS)
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    values = {
        "finish_date": None,
        "finished_by_name": "",
        "finished_by_user_id": None,
        "verified_by_name": "",
        "verified_by_user_id": None,
        "verified_date": None,
        "start_date": project.start_date or day,
    }
    drop_verifications(project, actor, at, reason.strip())
    # Visits looked at the earlier end; what they found stays in the story.
    Visit.objects.filter(project=project).delete_only()
    return change(
        project, actor, "reopened", day, at, values, move_to=Status.IN_PROGRESS, reason=reason.strip()
    )


@transaction.atomic
def cancel_project(
    *, actor: Actor, project_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Stop an unfinished project, with a reason."""
    require(actor, "projects.write")
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    project = load(project_id, version)
    return change(project, actor, "cancelled", day, at, {}, move_to=Status.CANCELLED, reason=reason.strip())


@transaction.atomic
def withdraw_project(
    *, actor: Actor, project_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> ImprovementProject:
    """Take a wrong entry out of all counts; it and its story stay."""
    require(actor, "projects.correct")
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    project = load(project_id, version)
    return change(project, actor, "withdrawn", day, at, {}, move_to=Status.WITHDRAWN, reason=reason.strip())


@transaction.atomic
def correct_project(
    *,
    actor: Actor,
    project_id: int,
    reason: str,
    day: date,
    at: datetime,
    version: int | None = None,
    **values: Any,
) -> ImprovementProject:
    """Put a wrong entry right, also in a verified project; what stood there before is kept in its story."""
    require(actor, "projects.correct")
    allowed = PLAN_FIELDS | DO_FIELDS | CHECK_FIELDS | ACT_FIELDS | {"finish_date"}
    if unknown := set(values) - allowed:
        raise TypeError(f"Cannot be corrected: {', '.join(sorted(unknown))}")
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    project = load(project_id, version)
    if project.status == Status.WITHDRAWN:
        raise MoveNotAllowed(project.status, project.status)
    return change(project, actor, "corrected", day, at, values, reason=reason.strip())
