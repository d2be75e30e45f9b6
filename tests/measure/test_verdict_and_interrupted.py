import pytest

from fairfloor.measure.control_charts import Observation, control_chart
from fairfloor.measure.interrupted import MINIMUM_EACH_SIDE, interrupted_series, newey_west_lags
from fairfloor.measure.verdict import link_allowed, verdict_of_chart, verdict_of_interval

STEADY = [42, 39, 44, 41, 38, 43, 40, 42, 39, 41, 43, 40]
LOWER = [33, 31, 34, 30, 32, 29, 33, 31, 30, 32, 29, 31]


def chart(values, baseline):
    return control_chart("xmr", [Observation(str(i), value) for i, value in enumerate(values)], baseline)


@pytest.mark.parametrize(
    ("direction", "code"), [("DOWN", "IMPROVED"), ("UP", "WORSE"), ("NEUTRAL", "CHANGED")]
)
def test_a_series_that_left_its_line(direction, code):
    found = interrupted_series([*STEADY, *LOWER], 12, direction)
    assert found.verdict == code
    assert found.lower < found.difference < found.upper < 0
    assert found.level < 0
    assert verdict_of_chart(chart([*STEADY, *LOWER], 12), direction) == code


def test_a_series_that_went_on_as_before():
    assert interrupted_series([*STEADY, *STEADY], 12, "DOWN").verdict == "NO_DETECTABLE_CHANGE"
    assert verdict_of_chart(chart([*STEADY, *STEADY], 12), "DOWN") == "NO_DETECTABLE_CHANGE"


def test_a_slope_that_only_goes_on_is_no_change():
    rising = [index * 2 + (index * 7 % 5) for index in range(24)]
    found = interrupted_series(rising, 12, "UP")
    assert found.verdict == "NO_DETECTABLE_CHANGE"


def test_too_few_points_on_a_side():
    side = MINIMUM_EACH_SIDE
    assert interrupted_series([*STEADY[: side - 1], *LOWER], side - 1, "DOWN").verdict == "NOT_ENOUGH_DATA"
    assert interrupted_series([*STEADY, *LOWER[: side - 1]], 12, "DOWN").difference is None
    assert interrupted_series([*STEADY[:side], *LOWER[:side]], side, "DOWN").verdict == "IMPROVED"
    assert verdict_of_chart(chart([*STEADY[:7], *LOWER], 7), "DOWN") == "NOT_ENOUGH_DATA"
    assert verdict_of_chart(chart(STEADY, None), "DOWN") == "NOT_ENOUGH_DATA"


def test_a_series_without_scatter_cannot_be_judged():
    assert interrupted_series([5] * 10 + [3] * 10, 10, "DOWN").verdict == "NOT_ENOUGH_DATA"


def test_the_newest_signal_decides():
    back = [*STEADY, *LOWER, *[60, 61, 59]]
    assert verdict_of_chart(chart(back, 12), "DOWN") == "WORSE"


@pytest.mark.parametrize(
    ("ends", "code"), [((-2, -1), "IMPROVED"), ((1, 2), "WORSE"), ((0, 2), "NO_DETECTABLE_CHANGE")]
)
def test_an_interval_in_a_word(ends, code):
    assert verdict_of_interval(*ends, "DOWN") == code


def test_no_word_for_a_cause_without_a_comparison():
    assert link_allowed("NO_DETECTABLE_CHANGE", "IMPROVED", differs_from_comparison=True) == "NONE"
    assert link_allowed("IMPROVED") == "SINCE"
    assert link_allowed("IMPROVED", "IMPROVED") == "SINCE"
    assert link_allowed("IMPROVED", "NOT_ENOUGH_DATA", differs_from_comparison=True) == "SINCE"
    assert link_allowed("IMPROVED", "IMPROVED", differs_from_comparison=True) == "MORE_THAN_COMPARISON"


def test_what_cannot_be_asked():
    for call in (
        lambda: interrupted_series(STEADY, 13, "UP"),
        lambda: interrupted_series(STEADY, 6, "SIDEWAYS"),
        lambda: verdict_of_interval(2, 1, "UP"),
        lambda: verdict_of_interval(-1, 1, "SIDEWAYS"),
    ):
        with pytest.raises(ValueError, match=r"."):
            call()
    assert newey_west_lags(24) == 2
    assert newey_west_lags(4) >= 1
