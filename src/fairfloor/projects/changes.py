"""How a project row is changed: one lock, one check, one record of what stood there before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fairfloor.content import load as load_content
from fairfloor.core import audit, edits
from fairfloor.core.access import Actor
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Department, own_names, plain_name
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.workflow import COMPLETED, VERIFIED, SavingType, Status, may_move

__all__ = ["MoveNotAllowed", "Refused", "StaleEdit", "change", "check", "is_own_work", "load", "tidy"]

SUPPLIER = "projects"


class StaleEdit(edits.StaleEdit):
    """Somebody changed the project since the form was opened (409). ``project`` is as it is now."""

    def __init__(self, project: ImprovementProject):
        super().__init__(project.code)
        self.project = project


class Refused(ValueError):
    """A value cannot stand. ``reason`` picks the sentence (see ``labels``), ``field`` its place."""

    def __init__(self, reason: str, field: str = ""):
        super().__init__(reason)
        self.reason, self.field = reason, field


def is_own_work(project: ImprovementProject, actor: Actor, names: frozenset[str] | None = None) -> bool:
    """Whether the actor owns or finished the project and so cannot be the one to verify it.

    ``names`` are the actor's (``own_names``), for who asks about many projects.
    """
    own_ids = {project.owner_user_id, project.finished_by_user_id} - {None}
    if actor.user_id is not None and actor.user_id in own_ids:
        return True
    # An owner without a login is known by name only, and one human may have two logins: of two people with one name
    # neither verifies the other's work, which a third can do. The name on the roster is the person's own too.
    names = own_names(actor) if names is None else names
    return any(plain_name(name) in names for name in (project.owner_name, project.finished_by_name))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, however they are written; no name is nobody's."""
    name = " ".join(one.split()).casefold()
    return name != "" and name == " ".join(other.split()).casefold()


def flatters(project: ImprovementProject, name: str, old: Any, new: Any) -> bool:
    """Whether a change alone would make more of what a second person has confirmed."""
    if name in {"saving", "saving_type"}:
        return project.status in VERIFIED
    if name != "cost" or (old or 0) <= (new or 0):
        return False
    return (
        project.status in VERIFIED
        or project.benefits.filter(verified_date__isnull=False, unit="", part_of=None).exists()
    )


def check(project: ImprovementProject, changed: Iterable[str], day: date) -> None:
    """Refuse values that cannot stand. Codes are looked up only when they changed."""
    changed = set(changed)
    content = load_content()
    if not project.title:
        raise Refused("TITLE_MISSING", "title")
    if project.start_date and project.due_date and project.due_date < project.start_date:
        raise Refused("DUE_BEFORE_START", "due_date")
    if project.start_date and project.finish_date and project.finish_date < project.start_date:
        raise Refused("FINISH_BEFORE_START", "finish_date")
    if "finish_date" in changed and project.finish_date and project.finish_date > day:
        raise Refused("FINISH_IN_FUTURE", "finish_date")
    if project.status in COMPLETED and not project.finish_date:
        raise Refused("FINISH_MISSING", "finish_date")
    for name in ("cost", "saving"):
        value = getattr(project, name)
        if value is not None and not 0 <= value < Decimal(10) ** 12:
            raise Refused("AMOUNT_OUT_OF_RANGE", name)
    if project.saving and not project.saving_type and "saving" in changed:
        raise Refused("SAVING_TYPE_MISSING", "saving_type")
    if project.saving_type and project.saving_type not in set(SavingType):
        raise Refused("UNKNOWN_SAVING_TYPE", "saving_type")
    if "tags" in changed and not set(project.tag_codes) <= set(content.project_tags):
        raise Refused("UNKNOWN_TAG", "tags")
    if "module" in changed and project.module and project.module not in content.modules:
        raise Refused("UNKNOWN_MODULE", "module")
    department = project.department_code if "department_code" in changed else ""
    if department and not Department.objects.filter(code=department).exists():
        raise Refused("UNKNOWN_DEPARTMENT", "department_code")


def load(project_id: int, version: int | None) -> ImprovementProject:
    """The row, locked; raises :class:`StaleEdit` when the form saw another version (``None``: not asked)."""
    project = ImprovementProject.objects.select_for_update().get(pk=project_id)
    if version is not None and project.version != version:
        raise StaleEdit(project)
    return project


def tidy(values: dict[str, Any]) -> dict[str, Any]:
    """Texts without space around them, tags as kept in the table."""
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if "tags" in tidy and not isinstance(tidy["tags"], str):
        tidy["tags"] = ";".join(dict.fromkeys(tidy["tags"]))
    return tidy


def change(
    project: ImprovementProject,
    actor: Actor,
    verb: str,
    day: date,
    at: datetime,
    values: dict[str, Any],
    *,
    move_to: Status | None = None,
    **detail: Any,
) -> ImprovementProject:
    """Set values on a locked row, check, save what changed and record it with what stood there before."""
    if move_to is not None:
        if not may_move(project.status, move_to):
            raise MoveNotAllowed(project.status, move_to)
        values = {**values, "status": move_to.value}
    values = tidy(values)
    if set(values.get("tags", "").split(";")) == set(project.tags.split(";")):
        values.pop("tags", None)  # the same tags in another order are no change
    before = {name: getattr(project, name) for name in values}
    changed = sorted(name for name, value in values.items() if before[name] != value)
    if move_to is None and is_own_work(project, actor):
        for name in changed:
            if flatters(project, name, before[name], values[name]):
                raise Refused("OWN_AMOUNT", name)
    old_finish = project.finish_date
    for name in changed:
        setattr(project, name, values[name])
    check(project, changed, day)
    if not changed:
        return project
    project.version += 1
    project.changed_date = day
    project.save(update_fields=[*changed, "version", "changed_date"])
    shown = {name: _plain(before[name]) for name in changed}
    detail = {name: value for name, value in detail.items() if value not in ("", None)}
    audit.record(actor, f"project.{verb}", project, at, version=project.version, before=shown, **detail)
    mark_stale(SUPPLIER, old_finish, project.finish_date)
    return project


def _plain(value: Any) -> str:
    return "" if value is None else str(getattr(value, "pk", value))
