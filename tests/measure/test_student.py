"""Student's t against scipy, and segmented regression in plain Python against statsmodels."""

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairfloor.measure.interrupted import interrupted_series, newey_west_lags
from fairfloor.measure.student import t_between, t_limit

NUMBERS = st.floats(min_value=-1000, max_value=1000, allow_nan=False).map(lambda x: round(x, 3))


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 12, 13, 20, 44, 57, 116, 400])
def test_the_t_distribution(freedom):
    from scipy.stats import t

    for confidence in (0.5, 0.9, 0.95, 0.99):
        expected = float(t.ppf((1 + confidence) / 2, freedom))
        assert t_limit(freedom, confidence) == pytest.approx(expected, rel=1e-11)
        assert t_between(expected, freedom) == pytest.approx(confidence, rel=1e-12)
    assert t_between(0, freedom) == 0


def test_what_has_no_answer_is_refused():
    with pytest.raises(ValueError, match="freedom"):
        t_between(1, 0)
    for confidence in (0, 1, -1):
        with pytest.raises(ValueError, match="confidence"):
            t_limit(10, confidence)


def by_statsmodels(values, first_after):
    """Difference, both ends, level and slope, from the textbook's design matrix."""
    import numpy as np
    from scipy.stats import t
    from statsmodels.api import OLS

    time = np.arange(len(values), dtype=float)
    is_after = (time >= first_after).astype(float)
    since = (time - first_after) * is_after
    model = OLS(np.asarray(values, dtype=float), np.column_stack([np.ones_like(time), time, is_after, since]))
    fit = model.fit()
    lags = {"maxlags": newey_west_lags(len(values)), "use_correction": True}
    robust = model.fit(cov_type="HAC", cov_kwds=lags)
    contrast = np.array([0.0, 0.0, 1.0, since.sum() / (len(values) - first_after)])
    rest = fit.resid
    found = float(rest[1:] @ rest[:-1]) / float(rest @ rest)
    memory = min(0.9, max(0.0, found + 2 * (1 + 3 * found) / len(rest)))
    plain = math.sqrt(contrast @ fit.cov_params() @ contrast * (1 + memory) / (1 - memory))
    half = t.ppf(0.975, len(values) - 4) * max(plain, math.sqrt(contrast @ robust.cov_params() @ contrast))
    difference = contrast @ fit.params
    return difference, difference - half, difference + half, fit.params[2], fit.params[3]


@settings(max_examples=60)
@given(st.lists(NUMBERS, min_size=8, max_size=50), st.lists(NUMBERS, min_size=8, max_size=50))
def test_segmented_regression_is_that_of_statsmodels(before, after):
    values = [*before, *after]
    found = interrupted_series(values, len(before), "NEUTRAL")
    if found.difference is None:  # no scatter at all
        return
    expected = by_statsmodels(values, len(before))
    size = max(1.0, *map(abs, values))
    for own, theirs in zip(
        (found.difference, found.lower, found.upper, found.level, found.slope), expected, strict=True
    ):
        assert own == pytest.approx(float(theirs), abs=1e-9 * size)


def test_no_long_import_stands_before_a_chart():
    code = (
        "import sys\n"
        "from fairfloor.measure.interrupted import interrupted_series\n"
        "assert interrupted_series([1, 2, 1, 2, 1, 2, 1, 2, 5, 6, 5, 6, 5, 6, 5, 6], 8, 'UP').difference\n"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'statsmodels')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
