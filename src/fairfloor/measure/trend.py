"""Whether a share changed between two points in time by more than chance alone would explain.

A verdict says what happened to the figure. It never says why: no word here claims a cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .intervals import Interval, newcombe_difference
from .rounding import Number, exact

Direction = Literal["UP", "DOWN", "NEUTRAL"]
Verdict = Literal["IMPROVED", "WORSE", "NO_DETECTABLE_CHANGE", "NOT_ENOUGH_DATA", "CHANGED"]

MINIMUM_N = 10
"""Fewer than this on either side: no verdict, for one person more or less would turn it."""


@dataclass(frozen=True)
class Change:
    """The verdict on two shares; difference is last − first as a fraction, None when a side is empty."""

    verdict: Verdict
    difference: float | None
    interval: Interval | None


def compare_shares(first: tuple[Number, Number], last: tuple[Number, Number], direction: str) -> Change:
    """Compare two (numerator, denominator) pairs of one indicator.

    The interval is Newcombe's at 95 %. When it contains 0 the verdict is NO_DETECTABLE_CHANGE; otherwise
    `direction` (UP: more is better, DOWN: less is better, NEUTRAL: neither) decides between IMPROVED, WORSE
    and CHANGED. A side with a denominator below MINIMUM_N gives NOT_ENOUGH_DATA, with the difference where
    both sides have one. Raises ValueError for an unknown direction or an impossible share.
    """
    if direction not in ("UP", "DOWN", "NEUTRAL"):
        raise ValueError(f"Unknown direction: {direction!r}")
    interval = newcombe_difference(*last, *first)
    if interval is None:
        return Change("NOT_ENOUGH_DATA", None, None)
    difference = exact(last[0]) / exact(last[1]) - exact(first[0]) / exact(first[1])
    verdict: Verdict
    if min(exact(first[1]), exact(last[1])) < MINIMUM_N:
        verdict = "NOT_ENOUGH_DATA"
    elif interval.contains(0.0):
        verdict = "NO_DETECTABLE_CHANGE"
    elif direction == "NEUTRAL":
        verdict = "CHANGED"
    else:
        verdict = "IMPROVED" if (difference > 0) == (direction == "UP") else "WORSE"
    return Change(verdict, float(difference), interval)
