"""Control charts: limits that tell a signal from the noise of a process, and the run rules.

Sources: W. A. Shewhart (1931); D. J. Wheeler (1993) for XmR; Western Electric Company (1956), Statistical
Quality Control Handbook, for the zones and the run of eight; L. S. Nelson (1984), J. Qual. Technol. 16,
237-239, for the trend of six.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Literal

from .rounding import Number, exact

Kind = Literal["xmr", "p", "u"]
KINDS: tuple[Kind, ...] = ("xmr", "p", "u")

D2 = Fraction(1128, 1000)
"""Mean range of two normal values, in standard deviations: 3 ÷ 1.128 is the 2.66 of the textbooks."""
D4 = Fraction(3267, 1000)
"""Upper limit of a moving range of two, in mean moving ranges."""
SETTLED_FROM = 12
"""Limits from fewer points move visibly with the next one and are called provisional."""

BEYOND_LIMITS = "BEYOND_LIMITS"
RUN_OF_EIGHT = "RUN_OF_EIGHT"
TWO_OF_THREE = "TWO_OF_THREE"
FOUR_OF_FIVE = "FOUR_OF_FIVE"
TREND_OF_SIX = "TREND_OF_SIX"
RULES = (BEYOND_LIMITS, TWO_OF_THREE, FOUR_OF_FIVE, RUN_OF_EIGHT, TREND_OF_SIX)


class ChartRefused(ValueError):
    """No chart can be drawn. `code` says why, `index` is the point (from 0) or None.

    Codes: KIND, TOO_FEW, BASELINE, NEGATIVE, ZERO_DENOMINATOR, ABOVE_DENOMINATOR, LABEL_TWICE, MIXED (a value for a p
    or u chart without its denominator, or a denominator for XmR).
    """

    def __init__(self, code: str, index: int | None = None) -> None:
        super().__init__(code)
        self.code, self.index = code, index


@dataclass(frozen=True)
class Observation:
    """One point as measured: for XmR a value alone, for p and u what is counted and out of how much."""

    label: str
    numerator: Number
    denominator: Number | None = None


@dataclass(frozen=True)
class ChartPoint:
    """One point with the limits that hold for it and the codes of the rules it completes."""

    label: str
    value: float
    lower: float
    upper: float
    signals: tuple[str, ...]
    # XmR alone: how far it lies from the point before, and whether that jump itself is above its limit.
    moving_range: float | None = None
    is_range_beyond: bool = False


@dataclass(frozen=True)
class ControlChart:
    """A chart: the centre, its points, and from how many first points centre and limits come."""

    kind: Kind
    centre: float
    baseline: int
    is_provisional: bool
    points: tuple[ChartPoint, ...]
    range_centre: float | None = None
    range_upper: float | None = None
    # Of each point from the centre, in standard deviations of that point; infinite where the baseline has no spread.
    distances: tuple[float, ...] = ()

    @property
    def has_signals(self) -> bool:
        """Whether any point meets a rule."""
        return any(point.signals for point in self.points)


def _checked(kind: str, observations: Sequence[Observation], baseline: int | None) -> int:
    if kind not in KINDS:
        raise ChartRefused("KIND")
    seen: set[str] = set()
    for index, point in enumerate(observations):
        if point.label in seen:
            raise ChartRefused("LABEL_TWICE", index)
        seen.add(point.label)
        if (point.denominator is None) != (kind == "xmr"):
            raise ChartRefused("MIXED", index)
        if point.denominator is not None:
            if exact(point.numerator) < 0 or exact(point.denominator) < 0:
                raise ChartRefused("NEGATIVE", index)
            if exact(point.denominator) == 0:
                raise ChartRefused("ZERO_DENOMINATOR", index)
            if kind == "p" and exact(point.numerator) > exact(point.denominator):
                raise ChartRefused("ABOVE_DENOMINATOR", index)
    if len(observations) < 2:
        raise ChartRefused("TOO_FEW")
    if baseline is None:
        return len(observations)
    if not 2 <= baseline <= len(observations):
        raise ChartRefused("BASELINE")
    return baseline


def zone_rules(distances: Sequence[float], rises: Sequence[int]) -> list[tuple[str, ...]]:
    """The rules each point completes, from distances to the centre in standard deviations of that point.

    `rises` has, per point, the sign of its step from the point before (0 for the first). A point on a border is not
    beyond it, and one on the centre is on neither side. A rule is named at the point that completes it, and at each
    further point while it holds.
    """
    found: list[tuple[str, ...]] = []
    for last in range(len(distances)):
        signals = []
        if abs(distances[last]) > 3:
            signals.append(BEYOND_LIMITS)
        side = (distances[last] > 0) - (distances[last] < 0)
        for code, needed, window, border in ((TWO_OF_THREE, 2, 3, 2), (FOUR_OF_FIVE, 4, 5, 1)):
            near = distances[max(0, last - window + 1) : last + 1]
            if side * distances[last] > border and sum(side * d > border for d in near) >= needed:
                signals.append(code)
        run = distances[last - 7 : last + 1] if last >= 7 else ()
        if side and run and all(side * d > 0 for d in run):
            signals.append(RUN_OF_EIGHT)
        steps = rises[last - 4 : last + 1] if last >= 5 else ()
        if steps and steps[0] and all(step == steps[0] for step in steps):
            signals.append(TREND_OF_SIX)
        found.append(tuple(signals))
    return found


def _distance(gap: Fraction, sigma: float) -> float:
    if gap == 0:
        return 0.0
    # No spread in the baseline: whatever differs is further out than any limit.
    return float(gap) / sigma if sigma > 0 else (float("inf") if gap > 0 else float("-inf"))


def control_chart(
    kind: str, observations: Sequence[Observation], baseline: int | None = None
) -> ControlChart:
    """Draw an XmR, p or u chart; centre and limits come from the first `baseline` points, or from all.

    A p chart's limits stay within 0 and 1, a u chart's lower limit at 0 or above. Raises `ChartRefused`.
    """
    count = _checked(kind, observations, baseline)
    above = [exact(point.numerator) for point in observations]
    below = [
        exact(point.denominator) if point.denominator is not None else Fraction(1) for point in observations
    ]
    values = [a / b for a, b in zip(above, below, strict=True)]
    centre = sum(above[:count], Fraction(0)) / sum(below[:count], Fraction(0))
    ranges = [abs(b - a) for a, b in pairwise(values)]
    mean_range = sum(ranges[: count - 1], Fraction(0)) / (count - 1)
    sigma_at: Callable[[Fraction], float]
    if kind == "xmr":
        spread = float(mean_range / D2)
        sigma_at = lambda _size: spread  # noqa: E731
    elif kind == "p":
        sigma_at = lambda size: sqrt(centre * (1 - centre) / size)  # noqa: E731
    else:
        sigma_at = lambda size: sqrt(centre / size)  # noqa: E731
    sigmas = [sigma_at(size) for size in below]
    distances = [_distance(value - centre, sigma) for value, sigma in zip(values, sigmas, strict=True)]
    rises = [0, *((b > a) - (b < a) for a, b in pairwise(values))]
    signals = zone_rules(distances, rises)
    points = []
    for index, observation in enumerate(observations):
        lower, upper = float(centre) - 3 * sigmas[index], float(centre) + 3 * sigmas[index]
        if kind != "xmr":
            lower = max(0.0, lower)
        if kind == "p":
            upper = min(1.0, upper)
        jump = ranges[index - 1] if kind == "xmr" and index else None
        points.append(
            ChartPoint(
                observation.label,
                float(values[index]),
                lower,
                upper,
                signals[index],
                float(jump) if jump is not None else None,
                jump is not None and jump > D4 * mean_range,
            )
        )
    is_xmr = kind == "xmr"
    return ControlChart(
        kind,  # type: ignore[arg-type]
        float(centre),
        count,
        count < SETTLED_FROM,
        tuple(points),
        float(mean_range) if is_xmr else None,
        float(D4 * mean_range) if is_xmr else None,
        tuple(distances),
    )
