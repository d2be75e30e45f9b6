"""An interrupted time series: did a monthly series leave its own line at a known date?

Segmented regression; its standard error is the wider of Newey and West's and of the ordinary one, itself made wider by
the memory the residuals show. Sources: A. K. Wagner et al. (2002), J. Clin. Pharm. Ther. 27,
299-309; W. K. Newey and K. D. West (1987), Econometrica 55, 703-708.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from .rounding import Number, exact
from .student import t_limit
from .verdict import Code, verdict_of_interval

MINIMUM_EACH_SIDE = 8
"""Fewer points before or after: no line, for three points more or less would turn it."""


@dataclass(frozen=True)
class Interruption:
    """What a series did after a date beside its own line before, in the series' unit.

    `difference` is the mean distance of the fitted line after the date from the earlier line drawn on, with its 95 %
    interval. `level` is the step at the date, `slope` the change of the slope per point. All None without enough
    points.
    """

    verdict: Code
    before: int
    after: int
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float | None = None
    slope: float | None = None


def newey_west_lags(count: int) -> int:
    """Return how many lags are allowed for: the whole part of 4 (n/100)^(2/9), at least 1."""
    return max(1, int(4 * (count / 100) ** (2 / 9)))


@dataclass(frozen=True)
class _Line:
    """A least-squares line through one side; `spread` is the sum of the squared distances of its times."""

    count: int
    time: float
    mean: float
    slope: float
    spread: float

    def at(self, time: float) -> float:
        """The line at a time."""
        return self.mean + self.slope * (time - self.time)


def _line(first: int, values: Sequence[float]) -> _Line:
    count = len(values)
    time, mean = first + (count - 1) / 2, fsum(values) / count
    spread = count * (count * count - 1) / 12
    slope = fsum((first + i - time) * (value - mean) for i, value in enumerate(values)) / spread
    return _Line(count, time, mean, slope, spread)


def _together(values: Sequence[float], lag: int = 0) -> float:
    """Sum of each value times the one `lag` places before."""
    return fsum(later * earlier for later, earlier in zip(values[lag:], values, strict=False))


def _memory(residuals: Sequence[float]) -> float:
    """How much of one residual the next one keeps: lag-1 autocorrelation, raised for short series, 0 to 0.9."""
    count = len(residuals)
    found = _together(residuals, 1) / _together(residuals)
    return min(0.9, max(0.0, found + 2 * (1 + 3 * found) / count))


def interrupted_series(values: Sequence[Number], first_after: int, direction: str) -> Interruption:
    """Compare a series of equally spaced values with its own line up to, but without, index `first_after`.

    `direction` is UP, DOWN or NEUTRAL. Fewer than MINIMUM_EACH_SIDE points on a side give NOT_ENOUGH_DATA; a series
    without any scatter too, since nothing then says how much chance would do. Raises ValueError for an index outside
    the series, an unknown direction or a value that is no finite number.
    """
    if not 0 <= first_after <= len(values):
        raise ValueError("the date must lie in the series")
    if direction not in ("UP", "DOWN", "NEUTRAL"):
        raise ValueError(f"Unknown direction: {direction!r}")
    observed = [float(exact(value)) for value in values]
    count, before, after = len(observed), first_after, len(observed) - first_after
    if min(before, after) < MINIMUM_EACH_SIDE:
        return Interruption("NOT_ENOUGH_DATA", before, after)
    # With a step and a change of slope, the segmented regression is one line for each side.
    earlier, later = _line(0, observed[:before]), _line(first_after, observed[before:])
    residuals = [
        value - (earlier if time < before else later).at(time) for time, value in enumerate(observed)
    ]
    if max(map(abs, residuals)) <= 1e-9 * max(1.0, *map(abs, observed)):
        return Interruption("NOT_ENOUGH_DATA", before, after)
    difference = later.mean - earlier.at(later.time)
    # How much the difference moves with each single value.
    reach = later.time - earlier.time
    weights = [-1 / before - reach * (time - earlier.time) / earlier.spread for time in range(before)]
    weights += [1 / after] * after
    # Newey and West alone find a change in one steady series of six at these lengths (simulated), so the
    # ordinary error, made wider by the memory left in the residuals, is a floor.
    memory = _memory(residuals)
    plain = _together(residuals) / (count - 4) * _together(weights) * (1 + memory) / (1 - memory)
    moved = [weight * residual for weight, residual in zip(weights, residuals, strict=True)]
    lags = newey_west_lags(count)
    robust = _together(moved) + 2 * fsum(
        (1 - lag / (lags + 1)) * _together(moved, lag) for lag in range(1, lags + 1)
    )
    half = t_limit(count - 4) * sqrt(max(plain, robust * count / (count - 4)))
    lower, upper = difference - half, difference + half
    return Interruption(
        verdict_of_interval(lower, upper, direction),
        before,
        after,
        difference,
        lower,
        upper,
        later.at(first_after) - earlier.at(first_after),
        later.slope - earlier.slope,
    )
