"""Ratings over their whole scales, the colours, what a hazard list suggests."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.content import load
from fairfloor.core.templatetags.ui import STATE_KINDS
from fairfloor.measure.risk import (
    LEC,
    LEC_EXPOSURES,
    LEC_LIKELIHOODS,
    LEC_SEVERITIES,
    MATRIX,
    MATRIX_VALUES,
    RiskError,
    rate,
)
from fairfloor.safety.labels import BAND_KINDS
from fairfloor.safety.workflow import is_above_first, level_of, rests_on_ppe, strength, suggested_values

matrix = st.tuples(st.sampled_from(sorted(MATRIX_VALUES)), st.sampled_from(sorted(MATRIX_VALUES)))
lec = st.tuples(
    st.sampled_from(sorted(LEC_LIKELIHOODS)),
    st.sampled_from(sorted(LEC_EXPOSURES)),
    st.sampled_from(sorted(LEC_SEVERITIES)),
)


@given(matrix)
def test_every_point_of_the_matrix_lies_in_one_band(values):
    rating = rate(MATRIX, values[0], None, values[1])
    edges = {"LOW": (1, 4), "MEDIUM": (5, 9), "HIGH": (10, 16), "CRITICAL": (17, 25)}
    low, high = edges[rating.band]
    assert low <= rating.score == values[0] * values[1] <= high
    assert level_of(rating.band) == ["LOW", "MEDIUM", "HIGH", "CRITICAL"].index(rating.band) + 1


@given(lec)
def test_every_point_of_lec_lies_in_one_band_borders_included(values):
    rating = rate(LEC, *values)
    score = values[0] * values[1] * values[2]
    assert rating.score == score
    expected = (
        "STOP_WORK"
        if score > 320
        else "HIGH"
        if score >= 160
        else "SIGNIFICANT"
        if score >= 70
        else "POSSIBLE"
        if score >= 20
        else "ACCEPTABLE"
    )
    assert rating.band == expected


@given(matrix, matrix)
def test_a_greater_factor_never_lowers_the_colour(one, other):
    if one[0] <= other[0] and one[1] <= other[1]:
        bands = [rate(MATRIX, each[0], None, each[1]).band for each in (one, other)]
        assert level_of(bands[0]) <= level_of(bands[1])


@given(lec, lec)
def test_no_more_of_anything_is_never_a_greater_risk(one, other):
    if all(a <= b for a, b in zip(one, other, strict=True)):
        assert level_of(rate(LEC, *one).band) <= level_of(rate(LEC, *other).band)


@given(st.integers(-3, 120), st.integers(-3, 120))
def test_what_is_off_the_scale_is_refused(likelihood, severity):
    if likelihood not in range(1, 6) or severity not in range(1, 6):
        with pytest.raises(RiskError):
            rate(MATRIX, likelihood, None, severity)


@pytest.mark.parametrize(
    ("values", "score", "band"),
    [
        ((6, 6, 3), "108", "SIGNIFICANT"),
        ((3, 10, 15), "450", "STOP_WORK"),
        ((1, 6, 15), "90", "SIGNIFICANT"),
        (("0.5", "0.5", 40), "10", "ACCEPTABLE"),
        (("0.5", 1, 40), "20", "POSSIBLE"),
    ],
)
def test_the_worked_examples(values, score, band):
    rating = rate(LEC, *map(Decimal, values))
    assert (rating.score, rating.band) == (Decimal(score), band)


def test_320_is_high_and_what_is_over_it_stops_the_work():
    # 320 itself is a product of no three values; the band's own border is asked of the function behind it.
    from fairfloor.measure.risk import _lec_band

    assert _lec_band(Decimal(320))[0] == "HIGH"
    assert _lec_band(Decimal("320.1"))[0] == "STOP_WORK"
    assert _lec_band(Decimal(160))[0] == "HIGH"
    assert _lec_band(Decimal("159.9"))[0] == "SIGNIFICANT"
    assert _lec_band(Decimal(70))[0] == "SIGNIFICANT"
    assert _lec_band(Decimal(20))[0] == "POSSIBLE"


@given(matrix, matrix)
def test_with_measures_above_the_first(first, after):
    one, two = rate(MATRIX, first[0], None, first[1]), rate(MATRIX, after[0], None, after[1])
    assert is_above_first(MATRIX, one, MATRIX, two) == (two.score > one.score)
    # Of two methods the colours are compared, for their scores mean different things.
    stop = rate(LEC, 10, 10, 100)
    assert is_above_first(MATRIX, one, LEC, stop) == (level_of(one.band) < 4)


def test_every_line_of_the_packs_can_be_rated_by_both_methods():
    lines = [line for job in load().job_hazards.values() for step in job.steps for line in step.lines]
    assert len(lines) >= 60
    for line in lines:
        for method in (MATRIX, LEC):
            first = rate(method, *suggested_values(method, *line.first, line.exposure))
            after = rate(method, *suggested_values(method, *line.after, line.exposure))
            assert after.score <= first.score
        kinds = [each.type for each in line.measures]
        assert kinds != ["PPE"], line.text
    packs = {job.group for job in load().job_hazards.values()}
    assert len(packs) == 7


def test_equipment_is_the_weakest_and_alone_it_is_pointed_out():
    assert strength("ELIMINATION") < strength("ADMINISTRATIVE") < strength("PPE") < strength("")
    high = rate(MATRIX, 4, None, 4)
    assert rests_on_ppe(high, "PPE")
    assert not rests_on_ppe(high, "ENGINEERING")
    assert not rests_on_ppe(rate(MATRIX, 1, None, 4), "PPE")


def test_each_band_has_its_colour_and_320_is_not_yet_the_last():
    for likelihood in LEC_LIKELIHOODS:
        for exposure in LEC_EXPOSURES:
            for severity in LEC_SEVERITIES:
                found = rate(LEC, likelihood, exposure, severity)
                level = 1 + (found.score >= 70) + (found.score >= 160) + (found.score > 320)
                assert level_of(found.band) == level, found.score
    for likelihood in MATRIX_VALUES:
        for severity in MATRIX_VALUES:
            found = rate(MATRIX, likelihood, None, severity)
            assert BAND_KINDS[found.band] == f"risk-{level_of(found.band)}"
    assert len({BAND_KINDS[band] for band in ("LOW", "MEDIUM", "HIGH", "CRITICAL")}) == 4
    assert set(BAND_KINDS.values()) <= STATE_KINDS
