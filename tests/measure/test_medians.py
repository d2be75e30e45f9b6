"""The middle of a set of numbers, and between which of them it lies."""

from math import comb
from random import Random

import pytest

from fairfloor.measure.medians import median


def by_counting(values, confidence=0.95):
    """The interval straight from the definition: the narrowest pair that still covers often enough."""
    ordered, n = sorted(values), len(values)
    found = (None, None)
    for rank in range(1, n // 2 + 1):
        missed = 2 * sum(comb(n, k) for k in range(rank)) / 2**n
        if 1 - missed >= confidence:
            found = (ordered[rank - 1], ordered[n - rank])
    return found


@pytest.mark.parametrize("n", [1, 2, 5, 6, 7, 8, 9, 15, 40, 101])
def test_the_interval_is_the_sign_tests(n):
    values = Random(n).choices(range(60), k=n)
    found = median(values)
    assert (found.low, found.high) == by_counting(values)
    assert found.n == n
    assert sum(v < found.value for v in values) <= n / 2 >= sum(v > found.value for v in values)


def test_many_values_and_none():
    found = median(range(20_000))
    assert found.value == 9999.5
    assert (round(found.low), round(found.high)) == (9860, 10139)
    assert median([]) is None
    with pytest.raises(ValueError, match="confidence"):
        median([1], 1.0)
