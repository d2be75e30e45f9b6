"""What may follow what in the life of a suggestion, and by when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """Where a suggestion stands."""

    NEW = "NEW"
    IN_MEETING = "IN_MEETING"  # taken to the team's next meeting
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    IMPLEMENTED = "IMPLEMENTED"
    CONFIRMED = "CONFIRMED"  # the writer says it is fixed
    MERGED = "MERGED"  # joined another suggestion
    TO_SAFETY = "TO_SAFETY"  # became a hazard
    WITHDRAWN = "WITHDRAWN"  # a wrong entry; not counted


class Channel(StrEnum):
    """How it came."""

    QR = "QR"
    BOX = "BOX"
    ORAL = "ORAL"
    MEETING = "MEETING"
    SHIFT_TALK = "SHIFT_TALK"


MOVES: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset(
        {
            Status.IN_MEETING,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.MERGED,
            Status.TO_SAFETY,
            Status.WITHDRAWN,
        }
    ),
    Status.IN_MEETING: frozenset(
        {Status.ACCEPTED, Status.DECLINED, Status.MERGED, Status.TO_SAFETY, Status.WITHDRAWN}
    ),
    Status.ACCEPTED: frozenset({Status.IMPLEMENTED, Status.DECLINED, Status.MERGED, Status.WITHDRAWN}),
    Status.DECLINED: frozenset({Status.IN_MEETING, Status.ACCEPTED, Status.WITHDRAWN}),
    # "Not fixed" from the writer, or an undone project, opens it again.
    Status.IMPLEMENTED: frozenset({Status.CONFIRMED, Status.ACCEPTED, Status.WITHDRAWN}),
    Status.CONFIRMED: frozenset({Status.ACCEPTED, Status.WITHDRAWN}),
    Status.MERGED: frozenset({Status.WITHDRAWN}),
    Status.TO_SAFETY: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

DECIDED = frozenset(
    {
        Status.ACCEPTED,
        Status.DECLINED,
        Status.IMPLEMENTED,
        Status.CONFIRMED,
        Status.MERGED,
        Status.TO_SAFETY,
    }
)
UNDECIDED = frozenset({Status.NEW, Status.IN_MEETING})
IMPLEMENTED = frozenset({Status.IMPLEMENTED, Status.CONFIRMED})
ACKNOWLEDGE_WITHIN = timedelta(days=2)
DECIDE_WITHIN = timedelta(days=14)


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def decision_due(submitted_date: date) -> date:
    """The last day on which a decision is in time."""
    return submitted_date + DECIDE_WITHIN


def long_late_since(day: date, after: timedelta) -> date:
    """The day before which an idea came in if its decision is late by more than ``after``."""
    return day - after - DECIDE_WITHIN


def decided_in_time(submitted_date: date, decided_date: date | None, today: date) -> bool | None:
    """Whether the decision came within 14 days; ``None`` while it is neither decided nor late."""
    if decided_date is not None:
        return decided_date <= decision_due(submitted_date)
    return False if today > decision_due(submitted_date) else None


def acknowledge_due(submitted_date: date) -> date:
    """The last day on which a first sign of life is in time."""
    return submitted_date + ACKNOWLEDGE_WITHIN


@dataclass(frozen=True)
class Clock:
    """How the two promises stand on a day: each with its due day, and whether kept, broken or still open (``None``)."""

    acknowledge_due: date
    is_acknowledged_in_time: bool | None
    decision_due: date
    is_decided_in_time: bool | None

    @property
    def is_overdue(self) -> bool:
        """Whether a promise is broken and the act still missing or late."""
        return self.is_acknowledged_in_time is False or self.is_decided_in_time is False


def clock(
    submitted_date: date, acknowledged_date: date | None, decided_date: date | None, day: date
) -> Clock:
    """Both promises in the enterprise's own days: read within two, decided within fourteen."""
    read_by = acknowledge_due(submitted_date)
    # A decision shows as well that it was read.
    read_on = min((d for d in (acknowledged_date, decided_date) if d is not None), default=None)
    read_in_time = read_on <= read_by if read_on is not None else (False if day > read_by else None)
    return Clock(
        read_by,
        read_in_time,
        decision_due(submitted_date),
        decided_in_time(submitted_date, decided_date, day),
    )


def may_correct_text(channel: str) -> bool:
    """Whether staff typed the text themselves, so that a slip in it is theirs to mend."""
    return channel != Channel.QR
