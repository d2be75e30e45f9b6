import pytest

from fairfloor.measure.trend import MINIMUM_N, compare_shares


@pytest.mark.parametrize(
    ("direction", "verdict"), [("DOWN", "IMPROVED"), ("UP", "WORSE"), ("NEUTRAL", "CHANGED")]
)
def test_a_clear_fall_is_read_by_its_direction(direction, verdict):
    change = compare_shares((420, 10_000), (310, 10_000), direction)
    assert change.verdict == verdict
    assert change.difference == pytest.approx(-0.011)
    assert change.interval is not None
    assert change.interval.upper < 0


def test_a_clear_rise():
    assert compare_shares((30, 100), (60, 100), "UP").verdict == "IMPROVED"
    assert compare_shares((30, 100), (60, 100), "DOWN").verdict == "WORSE"


@pytest.mark.parametrize("direction", ["UP", "DOWN", "NEUTRAL"])
def test_a_change_within_chance_is_not_called_one(direction):
    change = compare_shares((31, 46), (37, 46), direction)
    assert change.verdict == "NO_DETECTABLE_CHANGE"
    assert change.interval is not None
    assert change.interval.contains(0)


def test_few_records_give_no_verdict_but_keep_the_difference():
    change = compare_shares((0, MINIMUM_N - 1), (100, 100), "UP")
    assert change.verdict == "NOT_ENOUGH_DATA"
    assert change.difference == 1
    assert compare_shares((0, MINIMUM_N), (100, 100), "UP").verdict == "IMPROVED"


@pytest.mark.parametrize(("first", "last"), [((0, 0), (5, 50)), ((5, 50), (0, 0))])
def test_an_empty_side_gives_no_verdict(first, last):
    change = compare_shares(first, last, "UP")
    assert (change.verdict, change.difference, change.interval) == ("NOT_ENOUGH_DATA", None, None)


def test_refusals():
    with pytest.raises(ValueError, match="direction"):
        compare_shares((1, 20), (2, 20), "SIDEWAYS")
    with pytest.raises(ValueError, match="numerator"):
        compare_shares((21, 20), (2, 20), "UP")
