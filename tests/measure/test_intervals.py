import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.intervals import Interval, newcombe_difference, wilson


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_examples(x, n, lower, upper):
    """Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3."""
    interval = wilson(x, n)
    assert interval is not None
    assert interval.lower == pytest.approx(lower, abs=5e-5)
    assert interval.upper == pytest.approx(upper, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "lower", "upper"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090), ((10, 10, 0, 20), 0.6791, 1.0)],
)
def test_newcombe_gives_the_published_examples(counts, lower, upper):
    """Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10."""
    interval = newcombe_difference(*counts)
    assert interval is not None
    assert interval.lower == pytest.approx(lower, abs=5e-5)
    assert interval.upper == pytest.approx(upper, abs=5e-5)


def test_nothing_to_look_at_has_no_interval():
    assert wilson(0, 0) is None
    assert newcombe_difference(0, 0, 1, 2) is None
    assert newcombe_difference(1, 2, 0, 0) is None


@pytest.mark.parametrize(("x", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(ValueError, match="numerator"):
        wilson(x, n)


@pytest.mark.parametrize("confidence", [0, 1, 1.5])
def test_impossible_confidence_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(counts):
    x, n = counts
    interval, mirror = wilson(x, n), wilson(n - x, n)
    assert interval is not None
    assert mirror is not None
    assert 0 <= interval.lower <= x / n <= interval.upper <= 1
    assert interval.lower == pytest.approx(1 - mirror.upper, abs=1e-9)


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_newcombe_holds_the_difference_and_turns_round(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    one, other = newcombe_difference(x1, n1, x2, n2), newcombe_difference(x2, n2, x1, n1)
    assert one is not None
    assert other is not None
    assert -1 <= one.lower <= x1 / n1 - x2 / n2 <= one.upper <= 1
    assert Interval(-one.upper, -one.lower) == Interval(
        pytest.approx(other.lower), pytest.approx(other.upper)
    )
