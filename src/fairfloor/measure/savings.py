"""What an improvement saves in money: per year, net of what it cost, counted once.

Recurring savings are stated over some months and brought to a year (× 12 / months); a saving made once counts as it
is; what was spent is taken off once. Source: the usual rule of cost-saving reports, "Σ verified recurring × 12 / months
+ one-off − investment" (indicator I-31 of the method's monitoring), and simple payback = investment / monthly saving.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Saving:
    """One amount of money in a currency; ``months`` says over how long a recurring one was counted, 0 for one-off.

    ``rate`` turns the currency into the enterprise's own: amount × rate. ``in_place`` is for how many months of the
    first year a recurring one lasted: fewer than 12 where somebody found it gone.
    """

    amount: Decimal
    months: int = 0
    rate: Decimal = Decimal(1)
    in_place: int = 12

    def __post_init__(self) -> None:
        if not 0 <= self.months <= 60:
            raise ValueError("A recurring saving is counted over 1 to 60 months.")
        if self.rate <= 0:
            raise ValueError("A rate of exchange is above 0.")
        if not 0 <= self.in_place <= 12:
            raise ValueError("A year has 0 to 12 months in place.")


def per_year(saving: Saving) -> Decimal:
    """The saving of the first year, in the enterprise's currency; a one-off one counts whole."""
    amount = saving.amount * saving.rate
    return amount * saving.in_place / saving.months if saving.months else amount


def net_first_year(savings: Iterable[Saving], cost: Decimal) -> Decimal:
    """All savings of a year less what was spent; below 0 where the cost is higher."""
    return sum((per_year(saving) for saving in savings), Decimal(0)) - cost


def payback_months(savings: Iterable[Saving], cost: Decimal) -> Decimal | None:
    """Months until recurring savings have earned the cost; ``None`` where nothing recurs or nothing was spent."""
    monthly = sum((per_year(saving) / 12 for saving in savings if saving.months), Decimal(0))
    return cost / monthly if monthly > 0 and cost > 0 else None
