"""What may follow what in a meeting, who is in a team on a day, and what an agenda may decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

# The name a factory's first team is kept under; pages say it in the reader's language.
STANDARD_NAME = "Enterprise Improvement Team"


class Status(StrEnum):
    """Where a meeting stands."""

    PLANNED = "PLANNED"
    OPEN = "OPEN"  # it is going on
    HELD = "HELD"
    CANCELLED = "CANCELLED"
    WITHDRAWN = "WITHDRAWN"  # a wrong entry; counted nowhere


class TeamRole(StrEnum):
    """What a member does in the team."""

    LEADER = "LEADER"
    DEPUTY = "DEPUTY"
    SECRETARY = "SECRETARY"
    LIAISON = "LIAISON"
    MEMBER = "MEMBER"


class ItemKind(StrEnum):
    """What an agenda item is about."""

    SUGGESTION = "SUGGESTION"
    HAZARD = "HAZARD"
    PROJECT = "PROJECT"
    ACTION = "ACTION"
    INDICATOR = "INDICATOR"  # one month of it, as code@month
    TOPIC = "TOPIC"


class DecisionKind(StrEnum):
    """What a meeting can decide."""

    START_PROJECT = "START_PROJECT"
    ADD_ACTION = "ADD_ACTION"
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    COMPLETE = "COMPLETE"
    NOTE = "NOTE"


class Shift(StrEnum):
    """Which shift stood together."""

    DAY = "DAY"
    MORNING = "MORNING"
    AFTERNOON = "AFTERNOON"
    NIGHT = "NIGHT"


class TalkTopic(StrEnum):
    """What a shift talk touched."""

    SAFETY = "SAFETY"
    QUALITY = "QUALITY"
    DELIVERY = "DELIVERY"
    PEOPLE = "PEOPLE"


class IssueKind(StrEnum):
    """What something raised in a shift talk can become."""

    SUGGESTION = "SUGGESTION"
    HAZARD = "HAZARD"
    ACTION = "ACTION"


# More than a shift can raise in some minutes.
MOST_ISSUES = 20

MOVES: dict[Status, frozenset[Status]] = {
    # A meeting on paper goes from planned to held without having been open on the screen.
    Status.PLANNED: frozenset({Status.OPEN, Status.HELD, Status.CANCELLED, Status.WITHDRAWN}),
    Status.OPEN: frozenset({Status.HELD, Status.CANCELLED, Status.WITHDRAWN}),
    Status.HELD: frozenset({Status.WITHDRAWN}),
    Status.CANCELLED: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

# What can be decided on each kind of item, in the order the page offers it.
OFFERS: dict[ItemKind, tuple[DecisionKind, ...]] = {
    ItemKind.SUGGESTION: (
        DecisionKind.START_PROJECT,
        DecisionKind.ACCEPT,
        DecisionKind.DECLINE,
        DecisionKind.ADD_ACTION,
        DecisionKind.NOTE,
    ),
    ItemKind.HAZARD: (DecisionKind.ADD_ACTION, DecisionKind.START_PROJECT, DecisionKind.NOTE),
    ItemKind.PROJECT: (DecisionKind.ADD_ACTION, DecisionKind.NOTE),
    ItemKind.ACTION: (DecisionKind.COMPLETE, DecisionKind.ADD_ACTION, DecisionKind.NOTE),
    ItemKind.INDICATOR: (DecisionKind.ADD_ACTION, DecisionKind.START_PROJECT, DecisionKind.NOTE),
    ItemKind.TOPIC: (DecisionKind.ADD_ACTION, DecisionKind.START_PROJECT, DecisionKind.NOTE),
}
# Kinds with no record behind them that the reader might not be allowed to see.
IN_WORDS = frozenset({ItemKind.INDICATOR, ItemKind.TOPIC})
# Decisions that settle an item; after the others the team says itself when it is done with it.
SETTLES = frozenset(
    {DecisionKind.START_PROJECT, DecisionKind.ACCEPT, DecisionKind.DECLINE, DecisionKind.COMPLETE}
)
# Of each kind a meeting looks at this many that nobody has taken to it, the worst or oldest first, beside what the
# last meeting left open: a longer agenda is not worked through. The rest keep their place in their registers.
MOST_OF_A_KIND = 20


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def is_in_term(from_date: date, to_date: date | None, day: date) -> bool:
    """Whether a term covers a day; both ends belong to it."""
    return from_date <= day and (to_date is None or to_date >= day)


# A series goes no further than this: after a year or two the hour and the place have changed anyhow.
MOST_IN_A_SERIES = 60


def series_days(first: date, until: date, every_weeks: int) -> list[date]:
    """The days of a series, both ends included when they fall on it; one more than allowed shows that it is too long.

    >>> [day.isoformat() for day in series_days(date(2026, 3, 3), date(2026, 4, 1), 2)]
    ['2026-03-03', '2026-03-17', '2026-03-31']
    """
    days = []
    while first <= until and len(days) <= MOST_IN_A_SERIES:
        days.append(first)
        first += timedelta(weeks=every_weeks)
    return days


# How long after the end of a programme somebody asks how the team is, in months.
CHECKS_AFTER = (6, 12)


def check_due(ended: date | None, done: Iterable[int], today: date) -> int | None:
    """Which check waits: the later one stands for one missed before it; `None` when there is none."""
    if ended is None:
        return None
    passed = (today.year - ended.year) * 12 + today.month - ended.month - (today.day < ended.day)
    reached = [months for months in CHECKS_AFTER if months <= passed]
    return reached[-1] if reached and reached[-1] > max(done, default=0) else None


def is_better(value: Decimal, than: Decimal, direction: str) -> bool:
    """Whether a value is better than another one, as the indicator's direction (UP or DOWN) has it."""
    return value > than if direction == "UP" else value < than


def way_gone(baseline: Decimal, now: Decimal, target: Decimal) -> Decimal:
    """The share of the way from baseline to target that is done; below 0 when it went the other way."""
    return (now - baseline) / (target - baseline)
