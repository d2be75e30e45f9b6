"""The words a series may be given, as codes fixed by its numbers, and what may be said about causes: nothing alone.

Whoever puts a code into words has no choice of tone. A claim that one thing brought about another needs a comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from statistics import NormalDist
from typing import Literal

from .control_charts import ControlChart

Code = Literal["IMPROVED", "WORSE", "CHANGED", "NO_DETECTABLE_CHANGE", "NOT_ENOUGH_DATA"]
Link = Literal["NONE", "SINCE", "MORE_THAN_COMPARISON"]

MINIMUM_BASELINE = 8
"""Points a chart's limits must come from before a later signal is called better or worse."""
WINDOWS = (1, 3, 6, 12)
"""How many of the newest points are held against the baseline together: sudden and slow changes both show."""
SAYS_IT_MOVED = frozenset({"IMPROVED", "WORSE", "CHANGED"})


def _directed(has_risen: bool, direction: str) -> Code:
    if direction not in ("UP", "DOWN", "NEUTRAL"):
        raise ValueError(f"Unknown direction: {direction!r}")
    if direction == "NEUTRAL":
        return "CHANGED"
    return "IMPROVED" if has_risen == (direction == "UP") else "WORSE"


def verdict_of_interval(lower: float, upper: float, direction: str) -> Code:
    """Return the verdict on a difference (later − earlier) from its interval, ends included.

    Raises ValueError for an unknown direction or ends the wrong way round.
    """
    if lower > upper:
        raise ValueError("the interval's ends are the wrong way round")
    if lower <= 0 <= upper:
        _directed(True, direction)  # an unknown direction is told also where it does not matter
        return "NO_DETECTABLE_CHANGE"
    return _directed(lower > 0, direction)


def t_quantile(confidence: float, freedom: int) -> float:
    """Return the two-sided quantile of Student's t, within 0.01 of the tables from 7 degrees of freedom on.

    The expansion of Fisher and Cornish (Abramowitz and Stegun, 26.7.5), because a chart's page must not wait for scipy.

    >>> round(t_quantile(0.95, 11), 2)
    2.2
    """
    x = NormalDist().inv_cdf((1 + confidence) / 2)
    return x + sum(
        sum(factor * x**power for factor, power in terms) / (scale * freedom**order)
        for order, (scale, terms) in enumerate(_CORNISH_FISHER, 1)
    )


_CORNISH_FISHER = (
    (4, ((1, 3), (1, 1))),
    (96, ((5, 5), (16, 3), (3, 1))),
    (384, ((3, 7), (19, 5), (17, 3), (-15, 1))),
    (92160, ((79, 9), (776, 7), (1482, 5), (-1920, 3), (-945, 1))),
)


def shift_of(distances: Sequence[float], baseline: int) -> float | None:
    """Return how far the newest points lie from the first `baseline` ones, in standard deviations, if beyond chance.

    The means of the newest WINDOWS points are each held against the baseline's, the shortest first; all tests of a
    series together err in at most one steady series of twenty. The scatter is the baseline's own, but not less than
    the chart's, and the baseline's uncertainty counts too. None where chance alone could explain every window.
    """
    first, later = distances[:baseline], distances[baseline:]
    windows = [size for size in WINDOWS if size <= len(later)]
    if not windows:
        return None
    middle = fsum(first) / baseline
    scatter = max(1.0, (fsum((each - middle) ** 2 for each in first) / (baseline - 1)) ** 0.5)
    reach = t_quantile(1 - 0.05 / len(windows), baseline - 1) * scatter
    for size in windows:
        shift = fsum(later[-size:]) / size - middle
        if abs(shift) > reach * (1 / baseline + 1 / size) ** 0.5:
            return shift
    return None


def verdict_of_chart(chart: ControlChart, direction: str) -> Code:
    """Return the verdict on the points after a chart's baseline.

    It moved where one of the newest points meets a run rule and `shift_of` says that their mean left the baseline by
    more than chance; the side it lies on decides. Without points after the baseline, with a baseline of fewer than
    MINIMUM_BASELINE, or with one whose points are all the same, NOT_ENOUGH_DATA.
    """
    _directed(True, direction)
    later = chart.points[chart.baseline :]
    if not later or chart.baseline < MINIMUM_BASELINE or is_flat(chart):
        return "NOT_ENOUGH_DATA"
    has_signal = any(point.signals for point in later[-WINDOWS[-1] :])
    shift = shift_of(chart.distances, chart.baseline) if has_signal else None
    return "NO_DETECTABLE_CHANGE" if shift is None else _directed(shift > 0, direction)


def is_flat(chart: ControlChart) -> bool:
    """Whether the baseline leaves no room between the limits, so that nothing says how much chance would do."""
    return chart.points[0].lower == chart.points[0].upper


def link_allowed(own: Code, comparison: Code | None = None, *, differs_from_comparison: bool = False) -> Link:
    """Return how a change may be linked to what was done.

    NONE: nothing moved, so nothing is linked. SINCE: it moved after that day, and no word for a cause is allowed.
    MORE_THAN_COMPARISON: a comparison was measured too and the difference between the two is itself beyond chance
    (`differs_from_comparison`); only then may a sentence say that the change went with what was done.
    """
    if own not in SAYS_IT_MOVED:
        return "NONE"
    if comparison is None or comparison == "NOT_ENOUGH_DATA" or not differs_from_comparison:
        return "SINCE"
    return "MORE_THAN_COMPARISON"
