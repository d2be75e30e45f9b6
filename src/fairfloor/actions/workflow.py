"""What may follow what in the life of an action, and when it is late. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """Where an action stands."""

    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.DONE, Status.CANCELLED}),
    Status.DONE: frozenset({Status.OPEN}),
    Status.CANCELLED: frozenset({Status.OPEN}),
}
# An action this close to its day is shown to its owner.
REMIND_BEFORE = timedelta(days=7)


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def is_overdue(status: str, due_date: date | None, day: date) -> bool:
    """Whether the action is still open after its day."""
    return status == Status.OPEN and due_date is not None and due_date < day
