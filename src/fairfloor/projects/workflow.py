"""What may follow what in the life of an improvement project, and what comes next. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    """Where a project stands."""

    IDEA = "IDEA"
    APPROVED = "APPROVED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    VERIFIED = "VERIFIED"  # somebody else looked and agrees
    SUSTAINED = "SUSTAINED"  # still in place months later
    CANCELLED = "CANCELLED"
    WITHDRAWN = "WITHDRAWN"  # a wrong entry; not counted


class SavingType(StrEnum):
    """How often a saving comes. A recurring one is stated per year."""

    ONE_OFF = "ONE_OFF"
    RECURRING = "RECURRING"


class InPlace(StrEnum):
    """What somebody found who looked again after months."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


class PlanSource(StrEnum):
    """Where a priority problem of an improvement plan was seen."""

    BASELINE = "BASELINE"
    CLASS = "CLASS"
    SUGGESTION = "SUGGESTION"
    HAZARD = "HAZARD"
    SURVEY = "SURVEY"


class Light(StrEnum):
    """How a row of an improvement plan stands."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"


class Step(StrEnum):
    """What a project needs next."""

    START = "START"
    PLAN = "PLAN"
    DO = "DO"
    CHECK = "CHECK"
    ACT = "ACT"
    FINISH = "FINISH"
    VERIFY = "VERIFY"
    SUSTAIN = "SUSTAIN"
    NOTHING = "NOTHING"


MOVES: dict[Status, frozenset[Status]] = {
    Status.IDEA: frozenset({Status.APPROVED, Status.IN_PROGRESS, Status.CANCELLED, Status.WITHDRAWN}),
    Status.APPROVED: frozenset({Status.IN_PROGRESS, Status.CANCELLED, Status.WITHDRAWN}),
    Status.IN_PROGRESS: frozenset({Status.DONE, Status.CANCELLED, Status.WITHDRAWN}),
    # "Not fixed" from the writer of a suggestion opens a finished project again.
    Status.DONE: frozenset({Status.VERIFIED, Status.IN_PROGRESS, Status.WITHDRAWN}),
    Status.VERIFIED: frozenset({Status.SUSTAINED, Status.IN_PROGRESS, Status.WITHDRAWN}),
    Status.SUSTAINED: frozenset({Status.IN_PROGRESS, Status.WITHDRAWN}),
    Status.CANCELLED: frozenset({Status.IN_PROGRESS, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

OPEN = frozenset({Status.IDEA, Status.APPROVED, Status.IN_PROGRESS})
RUNNING = frozenset({Status.APPROVED, Status.IN_PROGRESS})
COMPLETED = frozenset({Status.DONE, Status.VERIFIED, Status.SUSTAINED})
VERIFIED = frozenset({Status.VERIFIED, Status.SUSTAINED})
PLAN_EDITABLE = OPEN | {Status.DONE}
WORK_EDITABLE = frozenset({Status.IN_PROGRESS, Status.DONE})
PHOTO_POSSIBLE = frozenset(Status) - {Status.CANCELLED, Status.WITHDRAWN}

UNTOUCHED_AFTER = timedelta(days=30)
# When somebody looks again, in months after the finish.
VISITS_AFTER = (3, 6, 12)
WHYS = 5
# Amounts can be stated while a project lives, and found after it.
BENEFIT_POSSIBLE = frozenset(Status) - {Status.CANCELLED, Status.WITHDRAWN}


class ProjectTexts(Protocol):
    """The part of a project that decides what comes next."""

    status: str
    problem: str
    target: str
    measures: str
    check_result: str
    no_check_reason: str
    learned: str
    standard: str


def may_move(old: str, new: str) -> bool:
    """Whether the second status may follow the first."""
    return Status(new) in MOVES[Status(old)]


def is_filled(project: ProjectTexts, step: Step) -> bool:
    """Whether a step says enough to go on: a problem and a target, measures, a result, a lesson."""
    if step is Step.PLAN:
        return bool(project.problem and project.target)
    if step is Step.DO:
        return bool(project.measures)
    if step is Step.CHECK:
        return bool(project.check_result or project.no_check_reason)
    return bool(project.learned or project.standard)


def next_step(project: ProjectTexts) -> Step:
    """The one thing to do now. Steps are offered in order; those after the result are not demanded."""
    if project.status in {Status.IDEA, Status.APPROVED}:
        return Step.START
    if project.status == Status.IN_PROGRESS:
        for step in (Step.PLAN, Step.DO, Step.CHECK, Step.ACT):
            if not is_filled(project, step):
                return step
        return Step.FINISH
    if project.status == Status.DONE:
        return Step.VERIFY
    if project.status == Status.VERIFIED:
        return Step.SUSTAIN
    return Step.NOTHING


def is_late(status: str, due_date: date | None, today: date) -> bool:
    """Whether an unfinished project is past its due date."""
    return status in OPEN and due_date is not None and due_date < today


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def last_finish_for(months: int, today: date) -> date:
    """The last day of a finish since which that many months have gone by today."""
    last = today - timedelta(days=31 * months)
    while months_after(last + timedelta(days=1), months) <= today:
        last += timedelta(days=1)
    return last


class Look(Protocol):
    """What a visit says of how long an improvement lasted."""

    after_months: int
    state: str


def months_in_place(visits: Iterable[Look]) -> int:
    """For how many months of its first year an improvement lasted: up to the look that found it gone for good.

    A later look that found it again, or a part of it, makes it whole.
    """
    months = 12
    for visit in sorted(visits, key=lambda each: each.after_months, reverse=True):
        if visit.state != InPlace.NO:
            break
        months = min(visit.after_months, 12)
    return months


def visit_due(finish_date: date, done: Iterable[int], today: date) -> int | None:
    """Which visit (3, 6 or 12 months after the finish) waits now; a later one stands for those missed before it."""
    reached = [months for months in VISITS_AFTER if months_after(finish_date, months) <= today]
    return reached[-1] if reached and reached[-1] > max(done, default=0) else None
