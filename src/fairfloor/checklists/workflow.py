"""What an answer may be, how a round is scored, and when the next one is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fairfloor.content import Checklist, ChecklistItem


class Kind(StrEnum):
    """What a checklist asks for."""

    HAZARD_HUNT = "HAZARD_HUNT"  # OK, not OK, does not apply
    FIVE_S = "FIVE_S"  # 0 to 4 points


class RoundStatus(StrEnum):
    """Where a round stands. One being walked is on the phone only."""

    FINISHED = "FINISHED"
    WITHDRAWN = "WITHDRAWN"  # a wrong one; counts nowhere


class FindingStatus(StrEnum):
    """What became of a finding."""

    OPEN = "OPEN"
    HAZARD = "HAZARD"
    ACTION = "ACTION"
    PROJECT = "PROJECT"
    NOTHING = "NOTHING"  # with the reason


class Standing(StrEnum):
    """How what became of a finding stands today."""

    WAITS = "WAITS"  # nobody took it up
    UNDER_WAY = "UNDER_WAY"
    LATE = "LATE"
    FINISHED = "FINISHED"  # a project is finished or a hazard fixed, and nobody has verified it yet
    DEALT_WITH = "DEALT_WITH"
    DROPPED = "DROPPED"  # what it became was given up: it waits again
    NOTHING = "NOTHING"


# A finding that stands so can be taken up, again or for the first time.
TO_TAKE_UP = frozenset({Standing.WAITS, Standing.DROPPED})


class TagDecision(StrEnum):
    """What happens to a thing with a red tag."""

    KEEP = "KEEP"
    MOVE = "MOVE"
    SELL = "SELL"
    SCRAP = "SCRAP"


OK, NOT_OK, NOT_APPLICABLE = "OK", "NOT_OK", "NA"
MARKS = (OK, NOT_OK, NOT_APPLICABLE)
POINTS = ("0", "1", "2", "3", "4")
MOST_POINTS = 4
# A score this low is a finding and needs a photo.
LOW = 1
# A red tag is decided on within this many days.
TAG_DAYS = 30


def values_for(kind: str) -> tuple[str, ...]:
    """What can be answered, in the order of the buttons."""
    return (*POINTS, NOT_APPLICABLE) if kind == Kind.FIVE_S else MARKS


def is_low(kind: str, value: str) -> bool:
    """Whether an answer is a finding."""
    return value == NOT_OK if kind == Kind.HAZARD_HUNT else value in POINTS and int(value) <= LOW


def needs_photo(kind: str, value: str) -> bool:
    """Whether an answer is taken with a photo only."""
    return kind == Kind.FIVE_S and is_low(kind, value)


@dataclass(frozen=True)
class Score:
    """Points given, of how many, and how many findings; in a hazard hunt a question that is OK is one point."""

    points: int = 0
    possible: int = 0
    findings: int = 0

    def plus(self, kind: str, value: str) -> Score:
        """The score with one more answer."""
        if value == NOT_APPLICABLE:
            return self
        points = int(value == OK) if kind == Kind.HAZARD_HUNT else int(value)
        most = 1 if kind == Kind.HAZARD_HUNT else MOST_POINTS
        return Score(self.points + points, self.possible + most, self.findings + is_low(kind, value))


def score_by_section(checklist: Checklist, values: Mapping[str, str]) -> dict[str, Score]:
    """The score of each section, in the order of the list; what was not answered counts nothing."""
    found = {section.code: Score() for section in checklist.sections}
    for item in checklist.items:
        if item.code in values:
            found[item.section] = found[item.section].plus(checklist.kind, values[item.code])
    return found


def item_of(checklist: Checklist, code: str) -> ChecklistItem | None:
    """One question of a list."""
    return next((item for item in checklist.items if item.code == code), None)


def next_due(every_weeks: int, from_date: date, last: date | None) -> date:
    """When the next round is due: on the first day, then so many weeks after the last round."""
    return from_date if last is None or last < from_date else last + timedelta(weeks=every_weeks)
