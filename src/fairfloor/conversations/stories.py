"""What a receipt shows, whatever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StoryKind(StrEnum):
    """What a worker sent."""

    IDEA = "idea"
    DANGER = "danger"


@dataclass(frozen=True)
class WorkerStory:
    """The state of what was sent, told to its writer; each feature with receipts makes it of its own rows.

    ``picture`` names a picture of the worker pages. ``answer`` is set only where the thread does not show it, as for
    what was merged. ``acknowledge_due`` and ``decision_due`` are the days the team promised, if it did.
    """

    kind: str
    code: str
    text: str
    submitted_date: date
    picture: str
    word: str
    sentence: str
    answer: str = ""
    is_merged: bool = False
    may_confirm: bool = False
    may_tell_group: bool = False
    acknowledge_due: date | None = None
    decision_due: date | None = None
    # Since when nobody of the team has answered, once that is longer than two weeks.
    no_answer_since: date | None = None
    # The team's manager was told that the answer is overdue.
    is_escalated: bool = False
