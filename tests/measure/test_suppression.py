from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairfloor.measure.suppression import collapse, is_total_safe, keys_to_empty, suppress


def test_nothing_small_nothing_hidden():
    assert suppress({"a": 5, "b": 9, "c": 0}) == frozenset()
    assert suppress({}) == frozenset()


def test_one_small_group_takes_the_next_smallest_with_it():
    assert suppress({"a": 3, "b": 40, "c": 7, "d": 0}) == {"a", "c"}


def test_two_small_groups_of_different_size_protect_each_other():
    assert suppress({"a": 3, "b": 40, "c": 2}) == {"a", "c"}


def test_equal_small_groups_do_not_protect_each_other():
    """Two groups hidden with two people between them are one person each."""
    assert suppress({"a": 1, "b": 1, "c": 6, "d": 50}) == {"a", "b", "c"}


def test_equal_next_groups_are_hidden_together_so_that_order_tells_nothing():
    assert suppress({"c": 5, "d": 5, "a": 4, "b": 4}) == {"a", "b", "c", "d"}


def test_the_minimum_can_be_raised_and_a_negative_size_is_refused():
    assert suppress({"a": 12, "b": 19, "c": 25, "d": 40}, minimum=20) == {"a", "b"}
    with pytest.raises(ValueError, match="negative"):
        suppress({"a": -1})


def worlds(hidden, shown, total, keys):
    """Every way the hidden sizes may be, for an attacker who sees all else and knows the rule."""
    rest = total - sum(shown.values())
    for sizes in product(range(1, rest + 1), repeat=len(hidden)):
        if sum(sizes) != rest:
            continue
        guess = {**shown, **dict(zip(hidden, sizes, strict=True))}
        if suppress({key: guess[key] for key in keys}) == frozenset(hidden):
            yield dict(zip(hidden, sizes, strict=True))


@settings(max_examples=150)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_an_attacker_who_knows_the_rule_and_the_total_learns_no_hidden_size(sizes):
    groups = {f"g{place}": size for place, size in enumerate(sizes)}
    if not is_total_safe(groups):
        return
    hidden = sorted(suppress(groups))
    shown = {key: size for key, size in groups.items() if key not in hidden}
    possible = list(worlds(hidden, shown, sum(sizes), list(groups)))
    assert {key: groups[key] for key in hidden} in possible
    for key in hidden:
        assert len({world[key] for world in possible}) > 1


def test_a_total_that_gives_everyone_away_is_not_safe():
    assert not is_total_safe({"a": 2, "b": 2})
    assert not is_total_safe(dict.fromkeys("abcdef", 1))
    assert is_total_safe({"a": 2, "b": 3})
    assert is_total_safe({"a": 0})


KEYS = ("department", "sex", "level")


def rows_of(*groups):
    return [
        {"department": d, "sex": s, "level": v, "q1": place}
        for d, s, v, count in groups
        for place in range(count)
    ]


def test_nothing_is_emptied_where_every_group_is_large_enough():
    rows = rows_of(("KNT", "FEMALE", "FRONT_LINE", 5), ("SEW", "MALE", "SUPERVISOR", 6))
    assert collapse(rows, KEYS) == rows


def test_keys_are_emptied_in_order_and_only_as_far_as_needed():
    rows = rows_of(("KNT", "FEMALE", "FRONT_LINE", 3), ("SEW", "FEMALE", "FRONT_LINE", 6))
    out = collapse(rows, KEYS)
    assert keys_to_empty(rows, KEYS) == ("department",)
    assert {(row["department"], row["sex"], row["level"]) for row in out} == {("", "FEMALE", "FRONT_LINE")}
    assert [row["q1"] for row in out] == [row["q1"] for row in rows]
    assert rows[0]["department"] == "KNT"


def test_all_keys_emptied_where_the_last_still_singles_out():
    rows = rows_of(("KNT", "FEMALE", "TOP", 1), ("KNT", "FEMALE", "FRONT_LINE", 6))
    assert keys_to_empty(rows, KEYS) == KEYS
    assert len(collapse(rows, KEYS)) == 7


def test_too_few_rows_at_all_are_not_given_out():
    assert collapse(rows_of(("KNT", "FEMALE", "FRONT_LINE", 4)), KEYS) == []
    assert collapse([], KEYS) == []


@given(st.lists(st.fixed_dictionaries({key: st.sampled_from(["x", "y", ""]) for key in KEYS}), max_size=60))
def test_no_group_below_the_minimum_is_left(rows):
    out = collapse(rows, KEYS)
    assert len(out) in (0, len(rows))
    assert all(size >= 5 for size in Counter(tuple(row[key] for key in KEYS) for row in out).values())
    assert out or len(rows) < 5
