"""Verbs on departments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit
from fairfloor.organisations.models import Department

FIELDS = ("name", "name_zh", "kind", "shifts")


class DepartmentRefused(ValueError):
    """The department cannot be kept. ``code`` says why (EMPTY, TAKEN), ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def seen_of(department: Department) -> str:
    """What a form saw of a department; a change that saw something else is stale."""
    return "|".join(str(getattr(department, name) or "") for name in FIELDS)


@transaction.atomic
def add_department(*, actor: Actor, code: str, at: datetime, **values: Any) -> Department:
    """Add a department. Raises :class:`DepartmentRefused` for a code in use."""
    require(actor, "enterprise.manage")
    code = code.strip()
    if not code or not str(values.get("name", "")).strip():
        raise DepartmentRefused("code" if not code else "name", "EMPTY")
    if Department.objects.filter(code=code).exists():
        raise DepartmentRefused("code", "TAKEN")
    department = Department.objects.create(code=code, **values)
    audit.record(actor, "department.added", department, at)
    return department


@transaction.atomic
def change_department(
    *, actor: Actor, department_id: int, seen: str, at: datetime, **values: Any
) -> Department:
    """Change a department's names, kind or shifts; its code stays. Raises ``StaleEdit`` (see :func:`seen_of`)."""
    require(actor, "enterprise.manage")
    department = Department.objects.select_for_update().get(pk=department_id)
    if seen != seen_of(department):
        raise StaleEdit
    if "name" in values and not values["name"].strip():
        raise DepartmentRefused("name", "EMPTY")
    changed = {
        name: [getattr(department, name), value]
        for name, value in values.items()
        if name in FIELDS and getattr(department, name) != value
    }
    if changed:
        for name, (_old, new) in changed.items():
            setattr(department, name, new)
        department.save(update_fields=list(changed))
        audit.record(actor, "department.changed", department, at, changed=changed)
    return department
