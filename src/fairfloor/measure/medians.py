"""The middle of a set of days, and between which values it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Median:
    """The middle value of ``n`` values; ``low`` and ``high`` are ``None`` where too few values are known."""

    value: float
    n: int
    low: float | None
    high: float | None


def median(values: Iterable[float], confidence: float = 0.95) -> Median | None:
    """The median with the interval of the sign test: order statistics, no shape assumed; ``None`` without values.

    The interval is the narrowest pair of k-th smallest and k-th largest value that covers the median with at least
    ``confidence`` (binomial, p = 0.5; Conover, Practical Nonparametric Statistics, 3.2). Below six values 95 % cannot
    be reached and no interval is given.

    >>> median([4, 1, 3])
    Median(value=3, n=3, low=None, high=None)
    >>> median([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    Median(value=5.5, n=10, low=2, high=9)
    """
    if not 0 < confidence < 1:
        raise ValueError("The confidence lies between 0 and 1.")
    ordered = sorted(values)
    n = len(ordered)
    if n == 0:
        return None
    middle = ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2
    # Whole numbers throughout; each binomial coefficient follows from the one before.
    tail, rank, ways = 0, 0, 1
    limit = int((1 - Fraction(str(confidence))) * 2**n)
    while rank < n // 2:
        tail += ways
        if 2 * tail > limit:
            break
        ways = ways * (n - rank) // (rank + 1)
        rank += 1
    if rank == 0:
        return Median(middle, n, None, None)
    return Median(middle, n, ordered[rank - 1], ordered[n - rank])
