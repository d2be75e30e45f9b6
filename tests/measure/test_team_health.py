"""The score of a team: its parts, what is not known, and when it falls asleep."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.team_health import WEIGHTS, Part, health, meetings_planned, sleep

numbers = st.integers(0, 200).map(Decimal)
TODAY = date(2026, 6, 1)


@given(st.lists(st.builds(Part, st.sampled_from(sorted(WEIGHTS)), numbers, numbers), max_size=5))
def test_points_never_pass_the_points_possible(parts):
    found = health(parts)
    if found is None:
        assert all(part.denominator == 0 for part in parts)
    else:
        assert 0 <= found[0] <= found[1] <= sum(part.weight for part in parts)


def test_the_weights_make_a_hundred_and_everything_reached_gives_it():
    assert sum(WEIGHTS.values()) == 100
    assert health([Part(code, Decimal(1), Decimal(1)) for code in WEIGHTS]) == (100, 100)
    assert health([Part("meetings", Decimal(9), Decimal(3))]) == (25, 25)
    assert health([]) is None


@pytest.mark.parametrize("weeks", [0, -1, 27])
def test_a_rhythm_nobody_has_is_refused(weeks):
    with pytest.raises(ValueError, match="weeks"):
        meetings_planned(weeks)


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (42, 400, "AWAKE"),
        (43, 400, "DROWSY"),
        (84, 400, "DROWSY"),
        (85, 400, "DORMANT"),
        (None, 42, "NEW"),
        (None, 43, "DROWSY"),
        (None, 85, "DORMANT"),
        (None, None, "NEW"),
    ],
)
def test_when_a_team_falls_asleep(last, first, expected):
    def ago(days):
        return None if days is None else TODAY - timedelta(days=days)

    assert sleep(ago(last), ago(first), TODAY) == expected
