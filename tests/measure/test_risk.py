from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.risk import (
    LEC,
    LEC_EXPOSURES,
    LEC_LIKELIHOODS,
    LEC_SEVERITIES,
    MATRIX,
    RiskError,
    rate,
)


@pytest.mark.parametrize(
    ("likelihood", "exposure", "severity", "score", "band"),
    [
        (6, 6, 3, "108", "SIGNIFICANT"),
        (3, 10, 15, "450", "STOP_WORK"),
        (1, 6, 15, "90", "SIGNIFICANT"),
        (0.5, 0.5, 40, "10", "ACCEPTABLE"),
        (0.5, 1, 40, "20", "POSSIBLE"),
        (0.2, 1, 100, "20", "POSSIBLE"),
        (10, 1, 7, "70", "SIGNIFICANT"),
        (0.1, 10, 15, "15", "ACCEPTABLE"),
    ],
)
def test_lec_worked_examples(likelihood, exposure, severity, score, band):
    rating = rate(LEC, likelihood, exposure, severity)
    assert (rating.score, rating.band) == (Decimal(score), band)


@pytest.mark.parametrize(
    ("likelihood", "severity", "band", "colour"),
    [
        (1, 4, "LOW", "GREEN"),
        (1, 5, "MEDIUM", "YELLOW"),
        (3, 3, "MEDIUM", "YELLOW"),
        (2, 5, "HIGH", "ORANGE"),
        (4, 4, "HIGH", "ORANGE"),
        (4, 5, "CRITICAL", "RED"),
        (5, 5, "CRITICAL", "RED"),
    ],
)
def test_matrix_borders(likelihood, severity, band, colour):
    rating = rate(MATRIX, likelihood, None, severity)
    assert (rating.band, rating.colour) == (band, colour)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((MATRIX, 0, None, 1), "LIKELIHOOD_OUTSIDE_SCALE"),
        ((MATRIX, 1, None, 6), "SEVERITY_OUTSIDE_SCALE"),
        ((MATRIX, 1.5, None, 1), "LIKELIHOOD_OUTSIDE_SCALE"),
        ((MATRIX, float("nan"), None, 1), "LIKELIHOOD_OUTSIDE_SCALE"),
        ((MATRIX, 1, 1, 1), "EXPOSURE_NOT_USED"),
        ((LEC, 5, 1, 1), "LIKELIHOOD_OUTSIDE_SCALE"),
        ((LEC, 6, 5, 1), "EXPOSURE_OUTSIDE_SCALE"),
        ((LEC, 6, 6, 5), "SEVERITY_OUTSIDE_SCALE"),
        ((LEC, 6, None, 3), "EXPOSURE_MISSING"),
        (("FMEA", 1, 1, 1), "METHOD_UNKNOWN"),
    ],
)
def test_outside_the_scale_is_refused_with_a_code(arguments, code):
    with pytest.raises(RiskError) as caught:
        rate(*arguments)
    assert caught.value.code == code


LEC_ORDER = ["ACCEPTABLE", "POSSIBLE", "SIGNIFICANT", "HIGH", "STOP_WORK"]
LEC_COLOURS = dict(zip(LEC_ORDER, ["GREEN", "BLUE", "YELLOW", "ORANGE", "RED"], strict=True))


def test_every_point_of_the_lec_scale_has_the_band_of_its_score():
    seen = set()
    for likelihood in LEC_LIKELIHOODS:
        for exposure in LEC_EXPOSURES:
            for severity in LEC_SEVERITIES:
                rating = rate(LEC, likelihood, exposure, severity)
                assert rating.score == likelihood * exposure * severity
                score = rating.score
                expected = LEC_ORDER[(score >= 20) + (score >= 70) + (score >= 160) + (score > 320)]
                assert rating.band == expected
                assert rating.colour == LEC_COLOURS[expected]
                seen.add(expected)
    assert seen == set(LEC_ORDER)


@given(*[st.sampled_from(sorted(scale)) for scale in (LEC_LIKELIHOODS, LEC_EXPOSURES, LEC_SEVERITIES)])
def test_floats_as_a_spreadsheet_gives_them_rate_alike(likelihood, exposure, severity):
    assert rate(LEC, float(likelihood), float(exposure), float(severity)) == rate(
        LEC, likelihood, exposure, severity
    )


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 5))
def test_more_likely_is_never_a_lower_band(severity, likelihood, other):
    order = ["LOW", "MEDIUM", "HIGH", "CRITICAL"]
    low, high = sorted((likelihood, other))
    assert order.index(rate(MATRIX, low, None, severity).band) <= order.index(
        rate(MATRIX, high, None, severity).band
    )
