"""Differences between groups are told only when chance hardly makes them."""

import pytest

from fairfloor.measure.voice_equity import compare_voices, compare_waits, level_for


def test_a_group_that_is_heard_less_is_named_and_an_even_one_is_not():
    assert compare_voices({"F": (5, 300), "M": (60, 300)}) == {"F": "LESS", "M": "MORE"}
    assert set(compare_voices({"F": (30, 300), "M": (33, 300)}).values()) == {"NO_DIFFERENCE"}


@pytest.mark.parametrize(
    "groups", [{}, {"F": (9, 100)}, {"F": (0, 50), "M": (0, 50)}, {"F": (1, 5), "M": (2, 5)}]
)
def test_too_little_says_so(groups):
    assert set(compare_voices(groups).values()) <= {"NOT_ENOUGH_DATA"}


def test_more_groups_make_each_comparison_stricter():
    two = {"A": (10, 100), "B": (24, 100)}
    assert compare_voices(two)["A"] == "LESS"
    many = {**two, **dict.fromkeys("CDEFG", (17, 100))}
    assert compare_voices(many)["A"] == "NO_DIFFERENCE"
    assert level_for(7) < level_for(3) < level_for(2)
    with pytest.raises(ValueError, match="group"):
        level_for(0)


def test_waits_are_compared_by_rank_so_one_very_long_wait_does_not_decide():
    even = [3, 4, 5, 6, 7, 8, 9, 10]
    assert set(compare_waits({"A": even, "B": [*even[:-1], 900]}).values()) == {"NO_DIFFERENCE"}
    assert compare_waits({"A": [value + 9 for value in even], "B": even})["A"] == "MORE"


def test_few_or_equal_waits_are_not_compared():
    assert compare_waits({"A": [1] * 7, "B": [9] * 20})["A"] == "NOT_ENOUGH_DATA"
    assert compare_waits({"A": [4] * 20, "B": [4] * 20})["A"] == "NOT_ENOUGH_DATA"
    assert compare_waits({"A": [4] * 20}) == {"A": "NOT_ENOUGH_DATA"}
