"""What may follow what in the life of a survey round, and how few answers may be shown. Pure."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a round stands. A cancelled one counts nowhere."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.CLOSED: frozenset({Status.CANCELLED}),
    Status.CANCELLED: frozenset(),
}

QUESTIONNAIRE = "satisfaction"
ITEMS = 20
# Fewer answers than this are never shown.
MINIMUM_ANSWERS = 5
# Items on harassment can bring somebody into danger: they need more.
MINIMUM_SENSITIVE = 20
SENSITIVE_DIMENSIONS = frozenset({"harassment"})


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def minimum_for(dimension: str) -> int:
    """How many answers a result of this dimension needs before it is shown."""
    return MINIMUM_SENSITIVE if dimension in SENSITIVE_DIMENSIONS else MINIMUM_ANSWERS
