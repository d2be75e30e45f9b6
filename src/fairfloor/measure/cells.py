"""The small vocabulary in which every layer speaks about counts: periods, facts, cells, and what supplies them.

A *fact* is what one record contributes to one indicator. A *cell* is the sum of the facts that share a key. Cells and
drill-downs both come from facts, so a figure and the rows behind it cannot disagree.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``start_date`` to ``end_date``, both included; ``ValueError`` when they are the wrong way round."""

    start_date: date
    end_date: date

    def __post_init__(self) -> None:
        if self.start_date > self.end_date:
            raise ValueError("A period ends on or after the day it starts.")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start_date <= day <= self.end_date

    @property
    def is_month(self) -> bool:
        """Whether it is exactly one calendar month."""
        return self == month_of(self.start_date)

    def months(self) -> Iterator[Period]:
        """The period cut at month borders; only the first and the last piece can be shorter than a month."""
        start = self.start_date
        while start <= self.end_date:
            end = min(month_of(start).end_date, self.end_date)
            yield Period(start, end)
            if end == date.max:  # no day follows
                return
            start = end + timedelta(days=1)


def month_of(day: date) -> Period:
    """The calendar month that holds a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


@dataclass(frozen=True)
class RecordRef:
    """Names one record behind a figure: a URL name with its argument, and the words to show for it."""

    url_name: str
    key: str
    label: str


@dataclass(frozen=True)
class Fact:
    """What one record contributes to one indicator on one day."""

    day: date
    numerator: Decimal = Decimal(1)
    denominator: Decimal = Decimal(0)
    department: str = ""
    sex: str = ""
    level: str = ""
    item: str = ""
    # Who or what is counted once in a DISTINCT indicator; empty elsewhere.
    subject: str = ""
    ref: RecordRef | None = None


@dataclass(frozen=True)
class Cell:
    """The finest count kept: the sum of facts of one indicator, period and group. ``n`` is the number of facts."""

    indicator: str
    period: Period
    department: str
    sex: str
    level: str
    item: str
    numerator: Decimal
    denominator: Decimal
    n: int


def cells_from(
    indicator: str,
    period: Period,
    facts: Iterable[Fact],
    *,
    distinct: bool = False,
    by_value: bool = False,
) -> list[Cell]:
    """Add up facts into cells, one per (department, sex, level, item).

    With ``distinct`` a subject counts once in the whole period, in the group of its first fact. With ``by_value`` the
    item is the fact's number itself, so that the cells keep how often each number came: a median follows from that for
    any period and group, and never from other medians.
    """
    sums: dict[tuple[str, str, str, str], list[Decimal | int]] = {}
    seen: set[str] = set()
    for fact in facts:
        if distinct:
            if fact.subject in seen:
                continue
            seen.add(fact.subject)
        item = f"{fact.numerator:f}" if by_value else fact.item
        entry = sums.setdefault((fact.department, fact.sex, fact.level, item), [Decimal(0), Decimal(0), 0])
        entry[0] += fact.numerator
        entry[1] += fact.denominator
        entry[2] += 1
    return [
        Cell(indicator, period, *key, numerator=Decimal(num), denominator=Decimal(den), n=int(n))
        for key, (num, den, n) in sorted(sums.items())
    ]


FactSource = Callable[[Period], Iterable[tuple[str, Fact]]]


@dataclass(frozen=True)
class Supplier:
    """A feature's source of facts for the enterprise in scope.

    ``flows`` gives (indicator, fact) for SUM and MEDIAN indicators whose day falls in the period. ``states`` gives the
    facts of LAST and DISTINCT indicators: what holds at the end of the period, or who took part in it.

    ``aging`` gives the days of records that a new day alone may make others (an answer is late now that was not
    yesterday), since a day, or all of them since ``None``: their months are counted again once a day.
    """

    code: str
    flows: FactSource | None = None
    states: FactSource | None = None
    aging: Callable[[date | None, date], Iterable[date]] | None = None
