"""How alive an improvement team is: a score of 0 to 100 with its five parts, and when it begins to fall asleep.

Source: indicator I-07 of the method's monitoring: 25 × min(1, meetings held ÷ planned in 90 days) + 25 × attendance +
25 × actions done by their day + 15 × enough workers in it + 10 × enough women in it. The weights are that rule's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

PartCode = Literal["meetings", "attendance", "actions", "workers", "women"]
WEIGHTS: dict[PartCode, int] = {"meetings": 25, "attendance": 25, "actions": 25, "workers": 15, "women": 10}
WINDOW_DAYS = 90
# Without a meeting for so long a team is falling asleep; for twice as long it sleeps.
DROWSY_AFTER = timedelta(weeks=6)
DORMANT_AFTER = timedelta(weeks=12)

Sleep = Literal["AWAKE", "DROWSY", "DORMANT", "NEW"]


@dataclass(frozen=True)
class Part:
    """One part of the score: `numerator` of `denominator` reached; a denominator of 0 says that it is not known."""

    code: PartCode
    numerator: Decimal
    denominator: Decimal

    @property
    def weight(self) -> int:
        """The most points this part can give."""
        return WEIGHTS[self.code]

    @property
    def points(self) -> Decimal | None:
        """The points reached, never more than the weight; `None` while the part is not known."""
        if self.denominator == 0:
            return None
        return self.weight * min(Decimal(1), self.numerator / self.denominator)


def meetings_planned(every_weeks: int) -> Decimal:
    """How many meetings 90 days hold for a team that meets every so many weeks; ValueError outside 1 to 26."""
    if not 1 <= every_weeks <= 26:
        raise ValueError("A team meets every 1 to 26 weeks.")
    return Decimal(WINDOW_DAYS) / (7 * every_weeks)


def health(parts: Iterable[Part]) -> tuple[Decimal, int] | None:
    """Points reached and points possible over the parts that are known; `None` when none is.

    A part nobody can know yet (no action was due) is left out of both, so that it neither helps nor harms.
    """
    known = [(part.points, part.weight) for part in parts if part.points is not None]
    if not known:
        return None
    return sum((points for points, _weight in known if points is not None), Decimal(0)), sum(
        weight for _points, weight in known
    )


def sleep(last_held: date | None, first_day: date | None, today: date) -> Sleep:
    """Whether a team still meets. One that never met is new for six weeks from its first member's first day."""
    if last_held is None:
        if first_day is None or today - first_day <= DROWSY_AFTER:
            return "NEW"
        return "DORMANT" if today - first_day > DORMANT_AFTER else "DROWSY"
    if today - last_held > DORMANT_AFTER:
        return "DORMANT"
    return "DROWSY" if today - last_held > DROWSY_AFTER else "AWAKE"
