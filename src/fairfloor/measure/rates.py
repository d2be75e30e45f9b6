"""Rates of injuries over hours worked or people, with exact Poisson intervals, because the counts are small.

Sources: 16th International Conference of Labour Statisticians (1998), resolution on occupational injuries; F. Garwood
(1936), Biometrika 28, 437-442; J. Przyborowski and H. Wilenski (1940), Biometrika 31, 313-323 (two rates).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .rounding import Number, exact

MILLION_HOURS = 1_000_000
"""Base of the frequency and severity rates of the 1998 resolution: hours worked."""
HUNDRED_FULL_TIMERS = 200_000
"""Base of OSHA and older GRI reports: 100 people at 40 hours for 50 weeks."""
THOUSAND_WORKERS = 1_000
"""Base of the incidence rate: workers."""
HOUR_BASES = (MILLION_HOURS, HUNDRED_FULL_TIMERS)

Direction = Literal["UP", "DOWN", "NEUTRAL"]


@dataclass(frozen=True)
class Rate:
    """`value` events per `base` hours (or workers); the interval is at 95 %, None for days, which are no counts."""

    value: float
    base: int
    lower: float | None
    upper: float | None


def _count(value: Number) -> int:
    number = exact(value)
    if number.denominator != 1 or number < 0:
        raise ValueError("events must be a whole number, 0 or more")
    return int(number)


def _exposure(value: Number) -> float:
    number = exact(value)
    if number < 0:
        raise ValueError("exposure must not be negative")
    return float(number)


def poisson_interval(events: Number, confidence: float = 0.95) -> tuple[float, float]:
    """Return Garwood's exact interval of a Poisson mean from one count.

    Raises ValueError for a negative or broken count, or a confidence not in (0, 1).
    """
    from scipy.stats import chi2  # heavy: only where a rate is shown

    count = _count(events)
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else float(chi2.ppf(tail, 2 * count)) / 2
    return lower, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2


def event_rate(events: Number, exposure: Number | None, base: int, confidence: float = 0.95) -> Rate | None:
    """Return events ÷ exposure × base with its exact interval; None where the exposure is missing or 0.

    `exposure` is hours worked or average workers. Raises ValueError for negative values or a base below 1.
    """
    if base < 1:
        raise ValueError("base must be 1 or more")
    count = _count(events)
    if exposure is None or exact(exposure) == 0:
        return None
    per = base / _exposure(exposure)
    lower, upper = poisson_interval(count, confidence)
    return Rate(count * per, base, lower * per, upper * per)


def days_rate(days: Number, hours: Number | None, base: int = MILLION_HOURS) -> Rate | None:
    """Return the severity rate, days lost ÷ hours × base; None where hours are missing or 0.

    It has no interval: the days of one injury hang together, so they are no independent counts.
    Raises ValueError as `event_rate` does.
    """
    if base < 1:
        raise ValueError("base must be 1 or more")
    lost = _exposure(days)
    if hours is None or exact(hours) == 0:
        return None
    return Rate(lost * base / _exposure(hours), base, None, None)


def rate_ratio_p(first: tuple[Number, Number], last: tuple[Number, Number]) -> float | None:
    """Return the two-sided p-value of the exact conditional test that two (events, exposure) rates are one.

    Given all events together, those of one side are binomial with its part of the exposure. None where an exposure
    is 0 or nothing happened on either side. Raises ValueError as `event_rate` does.
    """
    x1, x2 = _count(first[0]), _count(last[0])
    t1, t2 = _exposure(first[1]), _exposure(last[1])
    if t1 == 0 or t2 == 0 or x1 + x2 == 0:
        return None
    from scipy.stats import binomtest

    return float(binomtest(x2, x1 + x2, t2 / (t1 + t2)).pvalue)


def compare_rates(
    first: tuple[Number, Number],
    last: tuple[Number, Number],
    direction: Direction = "DOWN",
    level: float = 0.05,
) -> str:
    """Return the verdict on two (events, exposure) pairs.

    IMPROVED, WORSE, CHANGED (for NEUTRAL), NO_DETECTABLE_CHANGE, or NOT_ENOUGH_DATA where even all events on one side
    could not have shown a difference.
    """
    if direction not in ("UP", "DOWN", "NEUTRAL"):
        raise ValueError(f"Unknown direction: {direction!r}")
    p = rate_ratio_p(first, last)
    if p is None:
        return "NOT_ENOUGH_DATA"
    total = _count(first[0]) + _count(last[0])
    extremes = [rate_ratio_p((total, first[1]), (0, last[1])), rate_ratio_p((0, first[1]), (total, last[1]))]
    if all(extreme is None or extreme > level for extreme in extremes):
        return "NOT_ENOUGH_DATA"
    if p > level:
        return "NO_DETECTABLE_CHANGE"
    if direction == "NEUTRAL":
        return "CHANGED"
    has_risen = exact(last[0]) / exact(last[1]) > exact(first[0]) / exact(first[1])
    return "IMPROVED" if has_risen == (direction == "UP") else "WORSE"
