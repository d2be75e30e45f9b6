"""Whether a group is heard less, or waits longer for an answer, than all the others together.

Sources: J. Przyborowski and H. Wilenski (1940), Biometrika 31, 313-323 (two rates); H. B. Mann and D. R. Whitney
(1947), Annals of Mathematical Statistics 18, 50-60, with the correction for ties (waiting times).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from .rates import rate_ratio_p
from .rounding import Number

SMALLEST_SIDE = 8
"""Waiting times on each side below which the approximation of the rank test is not used."""

Difference = Literal["MORE", "LESS", "NO_DIFFERENCE", "NOT_ENOUGH_DATA"]


def level_for(groups: int, level: float = 0.05) -> float:
    """Return the level of each comparison when every group is held against the others (Bonferroni).

    Two groups make one comparison, for each is the other's rest. Raises ValueError below one group.
    """
    if groups < 1:
        raise ValueError("there must be a group")
    return level / groups if groups > 2 else level


def compare_voices(groups: Mapping[str, tuple[Number, Number]], level: float = 0.05) -> dict[str, Difference]:
    """Hold each group's rate, as (events, people), against all other groups together, by the exact test.

    NOT_ENOUGH_DATA where even the most uneven split of the events could not have shown a difference, or nobody is on
    one side.
    """
    found: dict[str, Difference] = {}
    each = level_for(max(1, len(groups)), level)
    for key, (events, people) in groups.items():
        others = [value for other, value in groups.items() if other != key]
        rest = (sum(int(value[0]) for value in others), sum(int(value[1]) for value in others))
        p = rate_ratio_p((events, people), rest) if others else None
        if p is None:
            found[key] = "NOT_ENOUGH_DATA"
            continue
        total = int(events) + rest[0]
        extremes = (rate_ratio_p((total, people), (0, rest[1])), rate_ratio_p((0, people), (total, rest[1])))
        if all(extreme is None or extreme > each for extreme in extremes):
            found[key] = "NOT_ENOUGH_DATA"
        elif p > each:
            found[key] = "NO_DIFFERENCE"
        else:
            found[key] = "MORE" if int(events) * rest[1] > rest[0] * int(people) else "LESS"
    return found


def compare_waits(groups: Mapping[str, Sequence[float]], level: float = 0.05) -> dict[str, Difference]:
    """Hold each group's waiting times against all others', by ranks: MORE says that it waits longer.

    NOT_ENOUGH_DATA with fewer than `SMALLEST_SIDE` values on a side, or where all values are the same.
    """
    from scipy.stats import mannwhitneyu  # heavy: only where waiting times are compared

    found: dict[str, Difference] = {}
    each = level_for(max(1, len(groups)), level)
    for key, own in groups.items():
        rest = [value for other, values in groups.items() if other != key for value in values]
        if min(len(own), len(rest)) < SMALLEST_SIDE or len({*own, *rest}) < 2:
            found[key] = "NOT_ENOUGH_DATA"
            continue
        result = mannwhitneyu(own, rest, alternative="two-sided", method="asymptotic")
        if result.pvalue > each:
            found[key] = "NO_DIFFERENCE"
        else:
            found[key] = "MORE" if result.statistic * 2 > len(own) * len(rest) else "LESS"
    return found
