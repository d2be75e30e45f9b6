from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.rates import compare_rates, days_rate, event_rate, poisson_interval, rate_ratio_p


def test_the_worked_example_of_the_domain():
    assert event_rate(3, 412_500, 1_000_000).value == pytest.approx(7.27, abs=5e-3)
    assert event_rate(3, 412_500, 200_000).value == pytest.approx(1.45, abs=5e-3)
    assert event_rate(3, 187.5, 1_000).value == pytest.approx(16.0)
    assert days_rate(47, 412_500).value == pytest.approx(113.94, abs=5e-3)
    assert days_rate(47, 412_500).lower is None


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # Garwood's table as reprinted in textbooks, 95 %.
    [(0, 0, 3.689), (1, 0.0253, 5.572), (3, 0.619, 8.767), (10, 4.795, 18.39), (50, 37.11, 65.92)],
)
def test_garwood(count, lower, upper):
    found = poisson_interval(count)
    assert found[0] == pytest.approx(lower, abs=5e-3)
    assert found[1] == pytest.approx(upper, abs=5e-3)


@given(st.integers(0, 60))
def test_the_interval_holds_what_its_definition_says(count):
    def at_most(limit, mean):
        term = total = exp(-mean)
        for k in range(1, limit + 1):
            term *= mean / k
            total += term
        return total

    lower, upper = poisson_interval(count)
    assert lower <= count <= upper
    assert at_most(count, upper) == pytest.approx(0.025, rel=1e-6)
    if count:
        assert 1 - at_most(count - 1, lower) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize("exposure", [None, 0, 0.0])
def test_without_hours_nothing_is_divided(exposure):
    assert event_rate(3, exposure, 1_000_000) is None
    assert days_rate(3, exposure) is None


def test_no_case_still_has_an_upper_end():
    rate = event_rate(0, 412_500, 1_000_000)
    assert (rate.value, rate.lower) == (0, 0)
    assert rate.upper == pytest.approx(8.94, abs=5e-3)


@pytest.mark.parametrize("call", [(-1, 10, 1), (1.5, 10, 1), (1, -10, 1), (1, 10, 0)])
def test_impossible_values_are_refused(call):
    with pytest.raises(ValueError, match=r"."):
        event_rate(*call)


def test_two_rates():
    # Equal exposures: the test is the sign test, 2 × (1 + 10) ÷ 1024 for 1 of 10.
    assert rate_ratio_p((1, 100), (9, 100)) == pytest.approx(22 / 1024)
    assert rate_ratio_p((0, 100), (0, 100)) is None
    assert rate_ratio_p((1, 0), (1, 100)) is None


@pytest.mark.parametrize(
    ("first", "last", "direction", "verdict"),
    [
        ((14, 400_000), (3, 410_000), "DOWN", "IMPROVED"),
        ((3, 400_000), (14, 410_000), "DOWN", "WORSE"),
        ((3, 400_000), (14, 410_000), "UP", "IMPROVED"),
        ((3, 400_000), (14, 410_000), "NEUTRAL", "CHANGED"),
        ((8, 400_000), (3, 410_000), "DOWN", "NO_DETECTABLE_CHANGE"),
        ((2, 400_000), (1, 410_000), "DOWN", "NOT_ENOUGH_DATA"),
        ((0, 400_000), (0, 410_000), "DOWN", "NOT_ENOUGH_DATA"),
        ((5, 0), (0, 410_000), "DOWN", "NOT_ENOUGH_DATA"),
    ],
)
def test_words_only_when_the_counts_say_so(first, last, direction, verdict):
    assert compare_rates(first, last, direction) == verdict


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match=r"."):
        compare_rates((1, 1), (1, 1), "SIDEWAYS")
