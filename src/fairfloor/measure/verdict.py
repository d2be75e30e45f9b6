"""The words a series may be given, as codes fixed by its numbers, and what may be said about causes: nothing alone.

Whoever puts a code into words has no choice of tone. A claim that one thing brought about another needs a comparison.
"""

from __future__ import annotations

from typing import Literal

from .control_charts import RULES, TREND_OF_SIX, ControlChart

Code = Literal["IMPROVED", "WORSE", "CHANGED", "NO_DETECTABLE_CHANGE", "NOT_ENOUGH_DATA"]
Link = Literal["NONE", "SINCE", "MORE_THAN_COMPARISON"]

MINIMUM_BASELINE = 8
"""Points a chart's limits must come from before a later signal is called better or worse."""
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


def verdict_of_chart(chart: ControlChart, direction: str) -> Code:
    """Return the verdict on the points after a chart's baseline.

    The newest point that meets a rule decides, by its side of the centre (a trend of six by where it goes). Without
    points after the baseline, or with a baseline of fewer than MINIMUM_BASELINE, NOT_ENOUGH_DATA.
    """
    _directed(True, direction)
    later = range(chart.baseline, len(chart.points))
    if not later or chart.baseline < MINIMUM_BASELINE:
        return "NOT_ENOUGH_DATA"
    for index in reversed(later):
        point = chart.points[index]
        if any(code in RULES and code != TREND_OF_SIX for code in point.signals):
            return _directed(point.value > chart.centre, direction)
        # A trend counts where it ran after the baseline: its six points are all new.
        if TREND_OF_SIX in point.signals and index - 5 >= chart.baseline:
            return _directed(point.value > chart.points[index - 1].value, direction)
    return "NO_DETECTABLE_CHANGE"


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
