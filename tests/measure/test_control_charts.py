import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.control_charts import (
    BEYOND_LIMITS,
    FOUR_OF_FIVE,
    RUN_OF_EIGHT,
    TREND_OF_SIX,
    TWO_OF_THREE,
    ChartRefused,
    Observation,
    control_chart,
    zone_rules,
)
from tests.performance.charts import interruption_rate, signal_rates

# NIST/SEMATECH e-Handbook 6.3.2.2, and 6.3.3.1 (faults on 25 wafers).
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
# Montgomery, Introduction to Statistical Quality Control: cans of juice, 30 samples of 50.
JUICE = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
# The same: dyed cloth, faults and units of 50 square metres, and faults of 20 samples of five computers.
CLOTH = [
    (14, 10),
    (12, 8),
    (20, 13),
    (11, 10),
    (7, 9.5),
    (10, 10),
    (21, 12),
    (16, 10.5),
    (19, 12),
    (23, 12.5),
]
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]


def xmr(values, baseline=None):
    return control_chart("xmr", [Observation(str(i), value) for i, value in enumerate(values, 1)], baseline)


def ratios(kind, pairs, baseline=None):
    points = [Observation(str(i), above, below) for i, (above, below) in enumerate(pairs, 1)]
    return control_chart(kind, points, baseline)


def met(chart, code):
    return [point.label for point in chart.points if code in point.signals]


def test_nist_flow_rate():
    chart = xmr(FLOW)
    assert chart.centre == pytest.approx(50.81)
    assert chart.range_centre == pytest.approx(1.8778, abs=5e-5)
    assert chart.points[0].upper == pytest.approx(55.8041, abs=5e-5)
    assert chart.points[0].lower == pytest.approx(45.8159, abs=5e-5)
    assert chart.range_upper == pytest.approx(3.267 * chart.range_centre)
    assert not chart.has_signals
    assert chart.points[0].moving_range is None
    assert chart.points[1].moving_range == pytest.approx(2.0)


def test_nist_wafers_as_a_u_chart_with_one_unit_each():
    chart = ratios("u", [(count, 1) for count in WAFERS])
    assert (chart.centre, chart.points[0].lower, chart.points[0].upper) == (16, 4, 28)
    assert met(chart, BEYOND_LIMITS) == ["24"]


def test_montgomery_juice_cans():
    chart = ratios("p", [(count, 50) for count in JUICE])
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.points[0].upper == pytest.approx(0.4102, abs=5e-5)
    assert chart.points[0].lower == pytest.approx(0.0524, abs=5e-5)
    assert met(chart, BEYOND_LIMITS) == ["15", "23"]


def test_montgomery_dyed_cloth_has_limits_for_each_size():
    chart = ratios("u", CLOTH)
    assert chart.centre == pytest.approx(1.42, abs=5e-3)
    # The book goes on with 1.42 rounded, hence the tolerance.
    assert [chart.points[i].upper for i in (0, 1, 2)] == pytest.approx([2.55, 2.68, 2.41], abs=0.015)
    assert [chart.points[i].lower for i in (0, 1, 2)] == pytest.approx([0.29, 0.16, 0.43], abs=0.015)
    assert not met(chart, BEYOND_LIMITS)


def test_montgomery_computers():
    chart = ratios("u", [(count, 5) for count in COMPUTERS])
    assert chart.centre == pytest.approx(1.93)
    assert round(chart.points[0].upper, 2) == 3.79
    assert round(chart.points[0].lower, 2) == 0.07


def test_a_baseline_freezes_the_limits():
    steady = [10, 12, 11, 9, 10, 11, 12, 10]
    chart = xmr([*steady, 30, 31], baseline=8)
    assert chart.centre == xmr(steady).centre
    assert chart.points[9].upper == xmr(steady).points[0].upper
    assert met(chart, BEYOND_LIMITS) == ["9", "10"]
    assert chart.points[8].is_range_beyond
    assert not chart.points[9].is_range_beyond
    # Without it the same two points widen their own limits.
    assert xmr([*steady, 30, 31]).centre > chart.centre


@pytest.mark.parametrize(
    ("distances", "code", "at"),
    [
        ([0.5, 3.01, 0.5], BEYOND_LIMITS, [1]),
        ([3.0, -3.0], BEYOND_LIMITS, []),
        ([2.1, 0.1, 2.1], TWO_OF_THREE, [2]),
        ([2.1, 0.1, 0.1, 2.1], TWO_OF_THREE, []),
        ([2.1, -2.1, 0.1], TWO_OF_THREE, []),
        ([2.1, 2.1, 0.1], TWO_OF_THREE, [1]),
        ([-1.1, -1.1, 0.2, -1.1, -1.1], FOUR_OF_FIVE, [4]),
        ([1.1, 1.1, 1.0, 1.1, 1.0], FOUR_OF_FIVE, []),
        ([0.1] * 9, RUN_OF_EIGHT, [7, 8]),
        ([0.1] * 7 + [0.0] + [0.1] * 7, RUN_OF_EIGHT, []),
        ([-0.1] * 8, RUN_OF_EIGHT, [7]),
    ],
)
def test_zone_rules_at_their_borders(distances, code, at):
    found = zone_rules(distances, [0] * len(distances))
    assert [index for index, signals in enumerate(found) if code in signals] == at


@pytest.mark.parametrize(
    ("rises", "at"),
    [
        ([0, 1, 1, 1, 1, 1], [5]),
        ([0, 1, 1, 1, 1], []),
        ([0, -1, -1, -1, -1, -1, -1], [5, 6]),
        ([0, 1, 1, 0, 1, 1, 1], []),
        ([0, 1, 1, -1, 1, 1, 1], []),
    ],
)
def test_six_points_that_rise_or_fall(rises, at):
    found = zone_rules([0.0] * len(rises), rises)
    assert [index for index, signals in enumerate(found) if TREND_OF_SIX in signals] == at


def test_a_share_keeps_its_limits_within_0_and_1():
    low, high = ratios("p", [(1, 20), (2, 20), (0, 20)]), ratios("p", [(19, 20), (20, 20), (20, 20)])
    assert low.points[0].lower == 0
    assert high.points[0].upper == 1
    assert not high.has_signals


def test_a_process_without_spread_signals_whatever_differs():
    assert not xmr([0.1] * 12).points[0].signals
    assert BEYOND_LIMITS in xmr([*[0.1] * 8, 0.2], baseline=8).points[8].signals
    assert BEYOND_LIMITS in ratios("p", [(0, 9), (0, 9), (1, 9)], baseline=2).points[2].signals


@pytest.mark.parametrize(
    ("kind", "points", "baseline", "code", "index"),
    [
        ("c", [("a", 1, 1), ("b", 1, 1)], None, "KIND", None),
        ("xmr", [("a", 1, None)], None, "TOO_FEW", None),
        ("xmr", [], None, "TOO_FEW", None),
        ("xmr", [("a", 1, None), ("a", 2, None)], None, "LABEL_TWICE", 1),
        ("xmr", [("a", 1, None), ("b", 2, 3)], None, "MIXED", 1),
        ("p", [("a", 1, 2), ("b", 3, 2)], None, "ABOVE_DENOMINATOR", 1),
        ("p", [("a", 1, 2), ("b", -1, 2)], None, "NEGATIVE", 1),
        ("u", [("a", 1, 0), ("b", 1, 2)], None, "ZERO_DENOMINATOR", 0),
        ("u", [("a", 1, 1), ("b", 1, 2)], 3, "BASELINE", None),
        ("u", [("a", 1, 1), ("b", 1, 2)], 1, "BASELINE", None),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind, points, baseline, code, index):
    with pytest.raises(ChartRefused) as refused:
        control_chart(kind, [Observation(*point) for point in points], baseline)
    assert (refused.value.code, refused.value.index) == (code, index)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=40),
    st.sampled_from(["p", "u"]),
)
def test_limits_of_counts_stay_possible(pairs, kind):
    chart = ratios(kind, [(min(a, b), b) for a, b in pairs])
    for point in chart.points:
        assert 0 <= point.lower <= chart.centre <= point.upper
        assert kind == "u" or point.upper <= 1


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40), st.integers(-500, 500))
def test_moving_a_series_moves_its_chart_and_no_signal(values, by):
    first, second = xmr(values), xmr([value + by for value in values])
    assert [point.signals for point in first.points] == [point.signals for point in second.points]
    assert second.centre == pytest.approx(first.centre + by)


@pytest.mark.parametrize("kind", ["xmr", "p", "u"])
def test_steady_is_mostly_silent_and_a_large_shift_is_seen(kind):
    steady, moved = signal_rates(kind, 0.0, 60), signal_rates(kind, 3.0, 60)
    assert steady["limits"] < 0.02
    assert steady["points"] < 0.06
    assert moved["series"] > 0.95


def test_an_interrupted_series_sees_a_large_step_only():
    assert interruption_rate(0.0, 0.0, 12, 60) < 0.25
    assert interruption_rate(4.0, 0.0, 12, 60) > 0.9


def test_charts_load_no_heavy_library():
    code = (
        "import sys, fairfloor.measure.control_charts, fairfloor.measure.rates, fairfloor.measure.interrupted;"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'statsmodels')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
