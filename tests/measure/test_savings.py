"""Savings: the year, the net, the payback; the rules that keep them honest."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairfloor.measure.savings import Saving, net_first_year, payback_months, per_year

amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, st.integers(1, 60))
def test_a_recurring_saving_is_brought_to_twelve_months(amount, months):
    assert per_year(Saving(amount, months)) * months == pytest.approx(amount * 12)


@given(st.lists(st.builds(Saving, amounts, st.integers(0, 60)), max_size=6), amounts)
def test_the_net_is_the_sum_less_the_cost_whatever_the_order(savings, cost):
    assert net_first_year(savings, cost) == pytest.approx(net_first_year(savings[::-1], cost))
    assert net_first_year(savings, cost) + cost == pytest.approx(sum(per_year(s) for s in savings))


def test_what_was_spent_is_taken_off_once():
    twice = [Saving(Decimal(100)), Saving(Decimal(50), months=6)]
    assert net_first_year(twice, Decimal(80)) == Decimal(120)


@pytest.mark.parametrize(
    "wrong", [{"months": -1}, {"months": 61}, {"rate": Decimal(0)}, {"rate": Decimal(-1)}]
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"above 0|1 to 60"):
        Saving(Decimal(1), **wrong)


def test_payback_needs_something_that_recurs_and_something_spent():
    assert payback_months([Saving(Decimal(1200), months=12)], Decimal(300)) == 3
    assert payback_months([Saving(Decimal(1200))], Decimal(300)) is None
    assert payback_months([Saving(Decimal(1200), months=12)], Decimal(0)) is None
