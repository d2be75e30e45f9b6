"""Correcting a row that somebody may have changed meanwhile: the version check, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fairfloor.core.tenancy import TenantModel


class StaleEdit(ValueError):
    """Somebody changed the row since the form was opened (409)."""


class MoveNotAllowed(ValueError):
    """The row is not in a state from which this can be done (409)."""

    def __init__(self, old: str, new: str):
        super().__init__(f"{old} → {new}")
        self.old, self.new = old, new


def check_version(obj: TenantModel, version: int | None) -> None:
    """Raise :class:`StaleEdit` unless the form saw this version; ``None`` does not ask."""
    if version is not None and obj.version != version:
        raise StaleEdit


def plain(value: Any) -> Any:
    """A field's value as the audit trail keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return getattr(value, "value", value)


def apply_changes(obj: TenantModel, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set fields and count the version up; gives back field → [old, new] of what really changed."""
    changed: dict[str, list[Any]] = {}
    for name, value in values.items():
        old = getattr(obj, name)
        if old != value:
            changed[name] = [plain(old), plain(value)]
            setattr(obj, name, value)
    if changed:
        obj.version += 1
    return changed
