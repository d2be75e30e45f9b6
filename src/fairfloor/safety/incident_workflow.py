"""What may follow what after something happened, and which values belong together. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What happened."""

    INJURY = "INJURY"
    ILLNESS = "ILLNESS"  # caused by work
    NEAR_MISS = "NEAR_MISS"
    PROPERTY = "PROPERTY"


class InjuryClass(StrEnum):
    """How bad it was, the worst first."""

    FATAL = "FATAL"
    LOST_TIME = "LOST_TIME"
    RESTRICTED = "RESTRICTED"
    MEDICAL = "MEDICAL"
    FIRST_AID = "FIRST_AID"


class Stage(StrEnum):
    """Where an incident stands."""

    REPORTED = "REPORTED"
    INVESTIGATED = "INVESTIGATED"
    AGREED = "AGREED"  # actions agreed, or none needed and why
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"  # a wrong entry; not counted


class Factor(StrEnum):
    """What contributed."""

    MACHINE = "MACHINE"
    MAINTENANCE = "MAINTENANCE"
    LAYOUT = "LAYOUT"
    MATERIAL = "MATERIAL"
    METHOD = "METHOD"
    TRAINING = "TRAINING"
    SUPERVISION = "SUPERVISION"
    WORKLOAD = "WORKLOAD"
    SURROUNDINGS = "SURROUNDINGS"
    EQUIPMENT = "EQUIPMENT"


HURT = frozenset({Kind.INJURY, Kind.ILLNESS})
WITH_DAYS = frozenset({InjuryClass.FATAL, InjuryClass.LOST_TIME})
RECORDABLE = frozenset(set(InjuryClass) - {InjuryClass.FIRST_AID})
LONGEST_ABSENCE = 6000
"""Days; what statistics of some countries count for a death. More is a slip of the pen."""
HOURS_A_MONTH = 744
"""All hours of a long month: nobody works more."""

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.REPORTED: frozenset({Stage.INVESTIGATED, Stage.WITHDRAWN}),
    # Looked into once more.
    Stage.INVESTIGATED: frozenset({Stage.INVESTIGATED, Stage.AGREED, Stage.WITHDRAWN}),
    Stage.AGREED: frozenset({Stage.CLOSED, Stage.INVESTIGATED, Stage.WITHDRAWN}),
    Stage.CLOSED: frozenset({Stage.INVESTIGATED, Stage.WITHDRAWN}),
    Stage.WITHDRAWN: frozenset(),
}
COUNTED = frozenset(set(Stage) - {Stage.WITHDRAWN})
UNFINISHED = frozenset({Stage.REPORTED, Stage.INVESTIGATED, Stage.AGREED})


def may_move(old: str, new: str) -> bool:
    """Whether the second state may follow the first."""
    return Stage(new) in MOVES[Stage(old)]


def problem_of(values: dict[str, Any], day: date) -> tuple[str, str] | None:
    """(field, code) of the first thing no incident may have, or ``None``; ``day`` is today in the factory.

    Codes: EMPTY, FUTURE, UNKNOWN, OUTSIDE_SCALE (hour), MISSING_FOR_KIND and NOT_FOR_KIND (class), NEGATIVE, TOO_MANY,
    NOT_FOR_CLASS (days lost on a first-aid case), ZERO (no day on a lost-time case).
    """
    if not str(values.get("description") or "").strip():
        return "description", "EMPTY"
    if values["incident_date"] > day:
        return "incident_date", "FUTURE"
    if values["kind"] not in set(Kind):
        return "kind", "UNKNOWN"
    if values.get("hour") is not None and values["hour"] not in range(24):
        return "hour", "OUTSIDE_SCALE"
    grade = values.get("injury_class") or ""
    if grade and grade not in set(InjuryClass):
        return "injury_class", "UNKNOWN"
    if values["kind"] in HURT and not grade:
        return "injury_class", "MISSING_FOR_KIND"
    if grade and values["kind"] not in HURT:
        return "injury_class", "NOT_FOR_KIND"
    days = values.get("days_lost")
    if days is not None:
        if days < 0:
            return "days_lost", "NEGATIVE"
        if days > LONGEST_ABSENCE:
            return "days_lost", "TOO_MANY"
        if days and grade not in WITH_DAYS:
            return "days_lost", "NOT_FOR_CLASS"
        if days == 0 and grade == InjuryClass.LOST_TIME:
            return "days_lost", "ZERO"
    return None


def hours_problem_of(
    hours: Decimal | None, workers: Decimal | None, month_date: date, day: date
) -> tuple[str, str] | None:
    """(field, code) of what no month's hours may have: EMPTY, NEGATIVE, ZERO, FUTURE, TOO_MANY for the workers."""
    if month_date > day:
        return "month", "FUTURE"
    if hours is None:
        return "hours", "EMPTY"
    if hours < 0:
        return "hours", "NEGATIVE"
    if hours == 0:
        return "hours", "ZERO"
    if workers is not None:
        if workers < 0:
            return "workers", "NEGATIVE"
        if workers == 0:
            return "workers", "ZERO"
        if hours > workers * HOURS_A_MONTH:
            return "hours", "TOO_MANY"
    return None
