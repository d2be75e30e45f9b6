"""Charts and segmented regression against second computations, written from the formulas alone with numpy."""

import numpy as np
import pytest

from fairfloor.measure.control_charts import RULES, Observation, control_chart
from fairfloor.measure.interrupted import interrupted_series


def limits(kind, above, below, baseline):
    """Centre and limits by the textbook, without the package."""
    values = above / below
    if kind == "xmr":
        centre = values[:baseline].mean()
        spread = np.full(len(values), np.abs(np.diff(values[:baseline])).mean() / 1.128)
    else:
        centre = above[:baseline].sum() / below[:baseline].sum()
        variance = centre * (1 - centre) if kind == "p" else centre
        spread = np.sqrt(variance / below)
    return centre, spread, values


def rules(values, centre, spread):
    """Each rule said in its own words, window by window."""
    z = (values - centre) / spread
    found = []
    for last in range(len(z)):
        met = set()
        for side in (1, -1):
            d = side * z
            if d[last] > 3:
                met.add("BEYOND_LIMITS")
            if d[last] > 2 and (d[max(0, last - 2) : last + 1] > 2).sum() >= 2:
                met.add("TWO_OF_THREE")
            if d[last] > 1 and (d[max(0, last - 4) : last + 1] > 1).sum() >= 4:
                met.add("FOUR_OF_FIVE")
            if last >= 7 and (d[last - 7 : last + 1] > 0).all():
                met.add("RUN_OF_EIGHT")
            if last >= 5 and (np.diff(side * values[last - 5 : last + 1]) > 0).all():
                met.add("TREND_OF_SIX")
        found.append(met)
    return found


@pytest.mark.parametrize("kind", ["xmr", "p", "u"])
@pytest.mark.parametrize("seed", range(12))
def test_centre_limits_and_rules(kind, seed):
    generator = np.random.default_rng(seed)
    count, baseline = int(generator.integers(12, 40)), int(generator.integers(8, 12))
    below = generator.integers(40, 400, count).astype(float)
    drift = np.linspace(0.1, 0.1 + 0.15 * generator.random(), count)
    if kind == "xmr":
        below = np.ones(count)
        above = np.round(generator.normal(50 * (1 + drift), 4), 3)
        points = [Observation(str(i), float(x)) for i, x in enumerate(above)]
    else:
        draw = (
            generator.binomial(below.astype(int), drift) if kind == "p" else generator.poisson(below * drift)
        )
        above = draw.astype(float)
        points = [
            Observation(str(i), int(x), int(n)) for i, (x, n) in enumerate(zip(above, below, strict=True))
        ]
    chart = control_chart(kind, points, baseline)
    centre, spread, values = limits(kind, above, below, baseline)
    low, high = centre - 3 * spread, centre + 3 * spread
    if kind != "xmr":
        low = np.maximum(low, 0)
    if kind == "p":
        high = np.minimum(high, 1)
    assert chart.centre == pytest.approx(centre)
    assert [point.value for point in chart.points] == pytest.approx(list(values))
    assert [point.lower for point in chart.points] == pytest.approx(list(low), abs=1e-12)
    assert [point.upper for point in chart.points] == pytest.approx(list(high))
    assert [set(point.signals) for point in chart.points] == rules(values, centre, spread)
    assert chart.distances == pytest.approx(list((values - centre) / spread), abs=1e-9)


def test_every_rule_is_met_somewhere_by_the_oracle_s_series():
    met = set()
    for seed in range(12):
        values = np.random.default_rng(seed).normal(np.linspace(0, 4, 30), 1)
        chart = control_chart("xmr", [Observation(str(i), float(v)) for i, v in enumerate(values)], 10)
        met |= {code for point in chart.points for code in point.signals}
    assert met == set(RULES)


def segmented(values, first_after):
    """Least squares by the normal equations, Newey and West by their sum, the memory of the rests; no library."""
    y, count = np.asarray(values, float), len(values)
    t = np.arange(count, dtype=float)
    after = (t >= first_after).astype(float)
    since = (t - first_after) * after
    x = np.column_stack([np.ones(count), t, after, since])
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    rest = y - x @ b
    c = np.array([0, 0, 1, since.sum() / (count - first_after)])
    lags = max(1, int(4 * (count / 100) ** (2 / 9)))
    scores = x * rest[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    robust = c @ (inverse @ middle @ inverse) @ c * count / (count - 4)
    r = rest[1:] @ rest[:-1] / (rest @ rest)
    memory = min(0.9, max(0.0, r + 2 * (1 + 3 * r) / count))
    plain = c @ inverse @ c * (rest @ rest) / (count - 4) * (1 + memory) / (1 - memory)
    return c @ b, np.sqrt(max(robust, plain)), b


@pytest.mark.parametrize("seed", range(10))
def test_a_series_around_a_date(seed):
    from scipy.stats import t

    generator = np.random.default_rng(seed)
    before, after = (int(each) for each in generator.integers(8, 30, 2))
    noise = generator.normal(0, 2, before + after)
    for index in range(1, len(noise)):
        noise[index] += 0.4 * noise[index - 1]
    values = [float(round(each, 6)) for each in 40 + 0.1 * np.arange(len(noise)) + noise]
    difference, error, b = segmented(values, before)
    half = t.ppf(0.975, before + after - 4) * error
    found = interrupted_series(values, before, "UP")
    assert (found.difference, found.level, found.slope) == pytest.approx((difference, b[2], b[3]))
    assert (found.lower, found.upper) == pytest.approx((difference - half, difference + half))
    expected = "NO_DETECTABLE_CHANGE"
    if difference - half > 0:
        expected = "IMPROVED"
    elif difference + half < 0:
        expected = "WORSE"
    assert found.verdict == expected
