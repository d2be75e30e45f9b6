"""Confidence intervals of shares and of the difference of two shares, by score methods.

Sources: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; R. G. Newcombe (1998), Stat. Med. 17,
873-890, method 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from .rounding import Number, exact


@dataclass(frozen=True)
class Interval:
    """Two ends of an interval, as fractions (0.74 is 74 %), both included."""

    lower: float
    upper: float

    def contains(self, value: float) -> bool:
        """Tell whether the value lies in the interval, ends included."""
        return self.lower <= value <= self.upper


def _checked(numerator: Number, denominator: Number) -> tuple[float, float]:
    above, below = exact(numerator), exact(denominator)
    if above < 0 or below < 0:
        raise ValueError("numerator and denominator must not be negative")
    if above > below:
        raise ValueError("numerator must not be greater than denominator")
    return float(above), float(below)


def wilson(numerator: Number, denominator: Number, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's score interval of a share; None when the denominator is 0.

    Raises ValueError when the numerator exceeds the denominator, either is negative, or confidence is not
    in (0, 1).
    """
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    x, n = _checked(numerator, denominator)
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = x / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At 0 and at n the formula gives exactly 0 and 1; floating point alone would give 1e-17 or 0.999….
    lower = 0.0 if x == 0 else max(0.0, centre - half)
    upper = 1.0 if x == n else min(1.0, centre + half)
    return Interval(lower, upper)


def newcombe_difference(
    x1: Number, n1: Number, x2: Number, n2: Number, confidence: float = 0.95
) -> Interval | None:
    """Return the hybrid score interval of x1/n1 − x2/n2 for independent groups; None when one is empty.

    Raises ValueError as `wilson` does.
    """
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    if first is None or second is None:
        return None
    p1, p2 = float(exact(x1) / exact(n1)), float(exact(x2) / exact(n2))
    difference = p1 - p2
    below = sqrt((p1 - first.lower) ** 2 + (second.upper - p2) ** 2)
    above = sqrt((first.upper - p1) ** 2 + (p2 - second.lower) ** 2)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))
