"""Student's t distribution in plain Python: what a long import would only be needed for.

Source: M. Abramowitz and I. A. Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt


def t_between(limit: float, freedom: int) -> float:
    """The probability that |t| stays within `limit` (0 or more), for whole degrees of freedom (1 or more)."""
    if freedom < 1:
        raise ValueError("There is at least one degree of freedom.")
    angle = atan(limit / sqrt(freedom))
    square = cos(angle) ** 2
    is_odd = freedom % 2
    if freedom == 1:
        return 2 * angle / pi
    # The series 1 + ½cos² + (1·3)/(2·4)cos⁴ …, or with 2/3, (2·4)/(3·5) … times cos for odd ones.
    term = total = cos(angle) if is_odd else 1.0
    for step in range(2 if is_odd else 1, freedom - 2, 2):
        term *= square * step / (step + 1)
        total += term
    return 2 * (angle + sin(angle) * total) / pi if is_odd else sin(angle) * total


@lru_cache(maxsize=512)
def t_limit(freedom: int, confidence: float = 0.95) -> float:
    """The limit within which |t| stays with `confidence`, for whole degrees of freedom.

    >>> round(t_limit(10), 6)
    2.228139
    """
    if not 0 < confidence < 1:
        raise ValueError("The confidence lies between 0 and 1.")
    low, high = 0.0, 1.0
    while t_between(high, freedom) < confidence:
        low, high = high, 2 * high
    # Halved until two neighbouring floats are left.
    while low < (middle := (low + high) / 2) < high:
        if t_between(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return high
