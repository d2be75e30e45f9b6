import pytest

from fairfloor.measure.control_charts import Observation, control_chart
from fairfloor.measure.interrupted import MINIMUM_EACH_SIDE, interrupted_series, newey_west_lags
from fairfloor.measure.verdict import (
    link_allowed,
    shift_of,
    t_quantile,
    verdict_of_chart,
    verdict_of_interval,
)
from tests.performance.charts import verdict_rate

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


def test_a_baseline_without_scatter_cannot_be_judged():
    assert verdict_of_chart(chart([*[5] * 12, 7, 7, 7], 12), "DOWN") == "NOT_ENOUGH_DATA"
    # One faulty piece after a faultless year: three days' luck, and p-bar 0 would call it beyond any limit.
    none = [Observation(str(i), 0, 1000) for i in range(12)]
    assert (
        verdict_of_chart(control_chart("p", [*none, Observation("n", 1, 1000)], 12), "DOWN")
        == "NOT_ENOUGH_DATA"
    )


def test_one_early_signal_in_a_long_steady_series_is_no_change():
    assert verdict_of_chart(chart([*STEADY, 55, *STEADY, *STEADY], 12), "DOWN") == "NO_DETECTABLE_CHANGE"


def test_a_run_that_began_in_the_baseline_is_no_change():
    values = [45, 36, 41, 40, 42, *[41.5] * 7, 41.5]
    found = chart(values, 12)
    assert "RUN_OF_EIGHT" in found.points[12].signals
    assert verdict_of_chart(found, "DOWN") == "NO_DETECTABLE_CHANGE"


@pytest.mark.parametrize("confidence", [0.95, 0.975, 1 - 0.05 / 3, 0.9875])
def test_student_s_t_is_that_of_the_tables(confidence):
    from scipy.stats import t

    for freedom in range(7, 120):
        assert t_quantile(confidence, freedom) == pytest.approx(
            t.ppf((1 + confidence) / 2, freedom), abs=1e-3
        )


def test_how_far_the_newest_points_lie_from_the_baseline():
    """Against the textbook's formula of two means, worked out by numpy."""
    import numpy as np

    found = chart([*STEADY, 36, 35, 37], 12)
    first, later = np.array(found.distances[:12]), np.array(found.distances[12:])
    reach = 2.5931 * max(1, first.std(ddof=1))  # t of 97.5 %, 11 degrees: two windows share the 5 %
    shift = later[-1] - first.mean()
    assert abs(shift) < reach * np.sqrt(1 / 12 + 1)
    assert later.mean() - first.mean() < -reach * np.sqrt(1 / 12 + 1 / 3)
    assert shift_of(found.distances, 12) == pytest.approx(later.mean() - first.mean())
    assert shift_of(found.distances[:12], 12) is None


@pytest.mark.parametrize("kind", ["xmr", "p", "u"])
@pytest.mark.parametrize("baseline", [8, 24])
def test_a_steady_process_is_seldom_called_changed(kind, baseline):
    assert verdict_rate(kind, 0.0, baseline, 36, 200) < 0.06
    assert verdict_rate(kind, 2.0, baseline, 12, 100) > 0.6


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
