import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.survey import Flag, favourable, item_favourable, quality_flags


def codes(flags):
    return [flag.code for flag in flags]


def test_four_and_five_are_favourable_and_an_empty_answer_counts_nowhere():
    assert favourable([1, 2, 3, 4, 5, None]) == (2, 5)
    assert favourable([]) == (0, 0)


@pytest.mark.parametrize("answer", [0, 6, -1, 4.5])
def test_another_value_is_refused(answer):
    with pytest.raises(ValueError, match="1 to 5"):
        favourable([5, answer])


def test_each_item_is_counted_by_itself():
    assert item_favourable([[5, 1], [4, None], [3, 5]], 2) == ((2, 3), (1, 2))
    with pytest.raises(ValueError, match="2 answers"):
        item_favourable([[5, 1, 1]], 2)


def spread(count):
    """Responses without any doubt: mixed answers, no two items alike."""
    return [[5, 3, 4, 2, 4, 1] for _ in range(count)]


def test_a_sound_round_has_no_flag():
    assert quality_flags(spread(60), 100, 6) == ()


def test_low_response_is_below_sixty_per_cent():
    assert quality_flags(spread(59), 100, 6) == (Flag("LOW_RESPONSE", 59, 100),)
    assert quality_flags(spread(59), None, 6) == ()
    assert quality_flags(spread(59), 0, 6) == ()
    with pytest.raises(ValueError, match="invited"):
        quality_flags(spread(59), -1, 6)


def test_ceiling_needs_every_item_above_ninety_seven_per_cent():
    rows = [[4, 5, 4, 5, 4, 5] for _ in range(100)]
    assert quality_flags(rows, 100, 6) == (Flag("CEILING", 600, 600),)
    for row in rows[:2]:
        row[0] = 3
    assert codes(quality_flags(rows, 100, 6)) == ["CEILING"]
    rows[2][0] = 3  # 97 of 100 is not above 97 %
    assert quality_flags(rows, 100, 6) == ()


def test_an_item_nobody_answered_does_not_hide_the_ceiling():
    assert codes(quality_flags([[4, 5, None]] * 20, 20, 3)) == ["CEILING"]
    assert quality_flags([[None, None, None]] * 20, 20, 3) == ()


def test_straight_lining_is_above_twenty_per_cent_of_those_who_answered_five():
    rows = [*spread(80), *[[3] * 6 for _ in range(20)]]
    assert quality_flags(rows, 100, 6) == ()
    rows[0] = [3, 3, 3, 3, 3, None]
    assert quality_flags(rows, 100, 6) == (Flag("STRAIGHT_LINING", 21, 100),)
    rows[0] = [3, 3, 3, 3, None, None]  # four answers cannot be judged
    assert quality_flags(rows, 100, 6) == (Flag("STRAIGHT_LINING", 20, 99),)


def test_too_few_responses():
    assert quality_flags(spread(4), 4, 6) == (Flag("TOO_FEW", 4, 5),)
    assert quality_flags(spread(5), 5, 6) == ()
    assert codes(quality_flags([], 10, 6)) == ["TOO_FEW", "LOW_RESPONSE"]


answers = st.one_of(st.none(), st.integers(1, 5))


@given(st.lists(st.lists(answers, min_size=3, max_size=3)))
def test_items_add_up_to_the_whole(rows):
    items = item_favourable(rows, 3)
    whole = favourable(answer for row in rows for answer in row)
    assert (sum(a for a, _ in items), sum(b for _, b in items)) == whole
