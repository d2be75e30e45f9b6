"""What may follow what in the life of a hazard, by when, and how it is rated. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from fairfloor.measure.risk import LEC, MATRIX, Rating, rate


class Status(StrEnum):
    """Where a hazard stands."""

    OPEN = "OPEN"  # reported
    TRIAGED = "TRIAGED"  # rated; nobody is to fix it yet
    ASSIGNED = "ASSIGNED"  # somebody is to fix it by a day
    FIXED = "FIXED"
    VERIFIED = "VERIFIED"  # somebody else looked and it holds
    CLOSED = "CLOSED"
    REJECTED = "REJECTED"  # no hazard; the reason says why
    ESCALATED = "ESCALATED"  # beyond what the floor can do
    WITHDRAWN = "WITHDRAWN"  # a wrong entry; not counted


class Channel(StrEnum):
    """How a hazard reached the list."""

    WORKER = "WORKER"  # a worker's phone
    STAFF = "STAFF"
    MEETING = "MEETING"
    SUGGESTION = "SUGGESTION"
    WALK_ROUND = "WALK_ROUND"


# What workers wrote stays inside: who looks in by grant or to support reads the kind alone.
WORKERS_WORDS = frozenset({Channel.WORKER, Channel.SUGGESTION})


class FinderWord(StrEnum):
    """What the finder says after the fix."""

    GONE = "GONE"
    NOT_GONE = "NOT_GONE"


class ControlType(StrEnum):
    """How a risk is dealt with, from the surest way to the weakest."""

    ELIMINATION = "ELIMINATION"
    SUBSTITUTION = "SUBSTITUTION"
    ENGINEERING = "ENGINEERING"
    ADMINISTRATIVE = "ADMINISTRATIVE"
    PPE = "PPE"


class Method(StrEnum):
    """How a job risk is rated."""

    MATRIX = MATRIX
    LEC = LEC


MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset(
        {
            Status.TRIAGED,
            Status.ASSIGNED,
            Status.FIXED,
            Status.REJECTED,
            Status.ESCALATED,
            Status.WITHDRAWN,
        }
    ),
    # Rating again is a triage again.
    Status.TRIAGED: frozenset(
        {
            Status.TRIAGED,
            Status.ASSIGNED,
            Status.FIXED,
            Status.REJECTED,
            Status.ESCALATED,
            Status.WITHDRAWN,
        }
    ),
    # Assigning again moves it to another person or day.
    Status.ASSIGNED: frozenset(
        {Status.ASSIGNED, Status.FIXED, Status.REJECTED, Status.ESCALATED, Status.WITHDRAWN}
    ),
    # A look that finds it not fixed sends it back.
    # The finder's "not gone" opens it again.
    Status.FIXED: frozenset({Status.OPEN, Status.VERIFIED, Status.ASSIGNED, Status.WITHDRAWN}),
    Status.VERIFIED: frozenset({Status.OPEN, Status.CLOSED, Status.ASSIGNED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset({Status.OPEN, Status.ASSIGNED, Status.WITHDRAWN}),
    Status.REJECTED: frozenset({Status.ASSIGNED, Status.WITHDRAWN}),
    Status.ESCALATED: frozenset({Status.ASSIGNED, Status.FIXED, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

# Still to be fixed.
UNFIXED = frozenset({Status.OPEN, Status.TRIAGED, Status.ASSIGNED, Status.ESCALATED})
# Says that it was fixed, so a day belongs to it.
DONE = frozenset({Status.FIXED, Status.VERIFIED, Status.CLOSED})
# Likelihood × severity from which the matrix is red.
CRITICAL_FROM = 17
SERIOUS = frozenset({"HIGH", "CRITICAL", "STOP_WORK"})

# Days to fix a hazard, by band of the 5 × 5 matrix; a critical one stops the work.
USUAL_DAYS = {"CRITICAL": 1, "HIGH": 3, "MEDIUM": 14, "LOW": 30}
LONGEST_DAYS = 365
# A finder gets a word within this time.
ANSWER_WITHIN = timedelta(days=14)
# A hazard like one closed within this time is a danger that came back.
RECURS_WITHIN = timedelta(days=365)


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def hazard_rating(likelihood: int | None, severity: int | None) -> Rating | None:
    """The rating of a hazard on the matrix; ``None`` while one of the two is missing or off the scale."""
    if likelihood not in range(1, 6) or severity not in range(1, 6):
        return None
    return rate(MATRIX, likelihood, None, severity)


def job_risk_rating(method: str, likelihood: Decimal, exposure: Decimal | None, severity: Decimal) -> Rating:
    """The rating of a job risk; raises ``RiskError`` off the scale."""
    return rate(method, likelihood, exposure, severity)


def fix_due(
    found_date: date, rating: Rating | None, days: Mapping[str, int] = USUAL_DAYS, *, is_urgent: bool = False
) -> date:
    """The last day to fix a hazard by its band; an unrated one is treated as medium, an urgent one as critical."""
    band = rating.band if rating else "CRITICAL" if is_urgent else "MEDIUM"
    return found_date + timedelta(days=days[band])


def days_are_fit(days: Mapping[str, int]) -> bool:
    """Whether deadlines are whole days from 0 to 365, and a worse hazard never has more time than a lesser one."""
    order = [days[band] for band in ("CRITICAL", "HIGH", "MEDIUM", "LOW")]
    return order == sorted(order) and order[0] >= 0 and order[-1] <= LONGEST_DAYS


def fixed_in_time(
    fixed_date: date | None, due_date: date | None, is_closed: bool, today: date
) -> bool | None:
    """Whether a hazard was fixed by its day and closed; ``None`` while it may still be."""
    if due_date is None:
        return None
    if is_closed and fixed_date is not None:
        return fixed_date <= due_date
    return False if today > due_date and fixed_date is None else None


def rests_on_ppe(rating: Rating | None, control_type: str) -> bool:
    """Whether a serious risk is answered with nothing but equipment people wear."""
    return rating is not None and rating.band in SERIOUS and control_type == ControlType.PPE


# --- job risks ---


class Stage(StrEnum):
    """Which of a risk's two ratings is meant."""

    FIRST = "FIRST"  # without measures, or as it was found
    AFTER = "AFTER"  # with the measures in place


class Cause(StrEnum):
    """Why a job's risks are to be looked at again."""

    REGULAR = "REGULAR"
    INCIDENT = "INCIDENT"
    CHANGE = "CHANGE"


# The four colours, 1 blue to 4 red, by band of either method.
_LEVELS = {
    "LOW": 1,
    "ACCEPTABLE": 1,
    "POSSIBLE": 1,
    "MEDIUM": 2,
    "SIGNIFICANT": 2,
    "HIGH": 3,
    "CRITICAL": 4,
    "STOP_WORK": 4,
}
HIGH_LEVEL = 3
# Better than rules, training and equipment.
ABOVE_ADMINISTRATIVE = frozenset({ControlType.ELIMINATION, ControlType.SUBSTITUTION, ControlType.ENGINEERING})
REVIEW_AFTER = timedelta(days=365)

_LEC_LIKELIHOOD = {1: "0.5", 2: "1", 3: "3", 4: "6", 5: "10"}
_LEC_SEVERITY = {1: "1", 2: "1", 3: "3", 4: "7", 5: "15"}


def level_of(band: str) -> int:
    """The colour a band is shown in: 1 blue, 2 yellow, 3 orange, 4 red."""
    return _LEVELS[band]


def strength(control_type: str) -> int:
    """Place in the hierarchy of controls, 0 for the surest; a measure of unknown kind comes last."""
    order = list(ControlType)
    return order.index(ControlType(control_type)) if control_type in order else len(order)


def suggested_values(
    method: str, likelihood: int, severity: int, exposure: int
) -> tuple[Decimal, Decimal | None, Decimal]:
    """A suggestion of a hazard list, given 1 to 5, as (likelihood, exposure, severity) of a method's own scales."""
    if method == Method.LEC:
        return (
            Decimal(_LEC_LIKELIHOOD[likelihood]),
            Decimal(exposure),
            Decimal(_LEC_SEVERITY[severity]),
        )
    return Decimal(likelihood), None, Decimal(severity)


def is_above_first(first_method: str, first: Rating, after_method: str, after: Rating) -> bool:
    """Whether a rating with measures is above the first; of two methods the colours are compared."""
    if first_method == after_method:
        return after.score > first.score
    return level_of(after.band) > level_of(first.band)
