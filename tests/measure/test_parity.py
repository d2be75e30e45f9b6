"""A group's share among those chosen beside its share of all."""

from fractions import Fraction

import pytest

from fairfloor.measure.parity import parity_index


@pytest.mark.parametrize(
    ("numbers", "index"),
    [
        ((5, 10, 50, 100), 1),
        ((25, 100, 50, 100), Fraction(1, 2)),
        ((9, 9, 1, 3), 3),
        ((0, 9, 1, 3), 0),
        ((0, 0, 1, 3), None),
        ((3, 9, 0, 3), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_the_index_is_one_share_by_the_other(numbers, index):
    assert parity_index(*numbers) == index


@pytest.mark.parametrize("numbers", [(2, 1, 1, 2), (1, 2, 3, 2), (-1, 2, 1, 2)])
def test_a_part_is_never_more_than_its_whole(numbers):
    with pytest.raises(ValueError, match="whole"):
        parity_index(*numbers)
