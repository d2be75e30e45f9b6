from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.rounding import exact, percent, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (62.5, 0, "63"),
        (0.625, 2, "0.63"),
        (1.005, 2, "1.01"),
        (Decimal("2.5"), 0, "3"),
        (Fraction(5, 2), 0, "3"),
        (-2.5, 0, "-3"),
        (-2.4, 0, "-2"),
        (-0.2, 0, "0"),
        (74, 1, "74.0"),
        (1e-7, 7, "0.0000001"),
        (10**40 + 1, 0, str(10**40 + 1)),
    ],
)
def test_rounds_an_exact_half_away_from_zero(value, places, expected):
    assert f"{round_half_up(value, places):f}" == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_refuses_what_is_no_number(value):
    with pytest.raises(ValueError, match="finite"):
        round_half_up(value)


def test_refuses_negative_places():
    with pytest.raises(ValueError, match="places"):
        round_half_up(1, -1)


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_lands_within_half_a_unit_and_is_symmetric(value, places):
    rounded = Fraction(round_half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert Fraction(round_half_up(-value, places)) == -rounded


def test_percent_of_the_published_case():
    assert percent(77, 104, 0) == 74
    assert percent(25, 40, 0) == 63
    assert str(percent(9, 13)) == "69.2"
    assert str(percent(185, 221)) == "83.7"


def test_percent_of_nothing_is_none():
    assert percent(0, 0) is None


@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.integers(-(10**6), 10**6).map(lambda whole: Decimal(whole) / 8),
    ),
    st.integers(0, 8),
)
def test_a_decimal_and_a_float_round_as_the_fraction_they_show(value, places):
    # repr: 0 and -0, 1 and 1.00 are equal, and are not the same to read.
    assert repr(round_half_up(value, places)) == repr(round_half_up(exact(value), places))
