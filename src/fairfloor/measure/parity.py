"""Whether a group has its part: its share among those chosen beside its share of all."""

from __future__ import annotations

from fractions import Fraction


def parity_index(chosen: int, of_chosen: int, there: int, of_all: int) -> Fraction | None:
    """Return (chosen/of_chosen) ÷ (there/of_all): 1 = parity, below 1 = fewer than their part of the workforce.

    ``None`` where one side has nobody to divide by. Raises ValueError for a part greater than its whole.
    Source: the parity index of UNESCO's education statistics, with the workforce's own composition as the measure
    instead of one to one.
    """
    if not (0 <= chosen <= of_chosen and 0 <= there <= of_all):
        raise ValueError("a part lies between 0 and its whole")
    if not of_chosen or not there:
        return None
    return Fraction(chosen, of_chosen) / Fraction(there, of_all)
