"""Figures: every number anyone sees, with what it rests on. Suppression happens here and nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairfloor.content import Indicator
from fairfloor.content import load as load_content
from fairfloor.indicators.cells import FLOWS, cells_for
from fairfloor.indicators.models import Reading
from fairfloor.indicators.suppliers import supplier
from fairfloor.measure.cells import Cell, Fact, Period, RecordRef
from fairfloor.measure.intervals import wilson
from fairfloor.measure.medians import median
from fairfloor.measure.rates import poisson_interval
from fairfloor.measure.suppression import suppress

MINIMUM_GROUP = 5


@dataclass(frozen=True)
class Figure:
    """One number with its ground.

    ``value`` is a count, for a share a fraction between 0 and 1, for a rate already multiplied by its indicator's base;
    ``None`` when there is nothing to divide by or the group is too small to show. ``n`` is the number of records looked
    at. ``lower`` and ``upper`` are the 95 % interval: Wilson's of a share, the exact Poisson one of a rate of
    events, the sign test's of a median, which has neither numerator nor denominator.
    """

    indicator: Indicator
    period: Period
    key: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    n: int | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    quality: str = ""
    is_suppressed: bool = False


def _figure(
    indicator: Indicator, period: Period, key: str, cells: Iterable[Cell], quality: str = ""
) -> Figure:
    numerator = denominator = Decimal(0)
    n = 0
    cells = list(cells)
    for cell in cells:
        numerator += cell.numerator
        denominator += cell.denominator
        n += cell.n
    if indicator.is_protected and 0 < n < MINIMUM_GROUP:
        return _hidden(indicator, period, key)
    if indicator.is_fraction:
        value = numerator / denominator if denominator else None
        interval = None
        # An index is points of points possible: no sample, so no interval.
        is_sample = indicator.unit == "SHARE" and denominator and numerator <= denominator
        if is_sample and denominator == int(denominator):
            interval = wilson(int(numerator), int(denominator))
        return Figure(
            indicator,
            period,
            key,
            value,
            numerator,
            denominator,
            n,
            Decimal(str(interval.lower)) if interval else None,
            Decimal(str(interval.upper)) if interval else None,
            quality,
        )
    if indicator.aggregation == "MEDIAN":
        # Each cell keeps how often one number came, so this is the middle of the numbers themselves.
        middle = median(each for cell in cells for each in [cell.numerator / cell.n] * cell.n)
        if middle is None:
            return Figure(indicator, period, key, None, None, None, 0)
        value, low, high = (
            None if end is None else Decimal(str(end)) for end in (middle.value, middle.low, middle.high)
        )
        return Figure(indicator, period, key, value, None, None, n, low, high)
    if indicator.unit == "RATE":
        return _rate(indicator, period, key, numerator, denominator, n, quality)
    return Figure(indicator, period, key, numerator, numerator, None, n, quality=quality)


def _rate(
    indicator: Indicator,
    period: Period,
    key: str,
    numerator: Decimal,
    denominator: Decimal,
    n: int,
    quality: str,
) -> Figure:
    """A rate with its base; without a denominator there is none, however many events there were."""
    if not denominator:
        return Figure(indicator, period, key, None, numerator, denominator, n, quality=quality)
    scale = Decimal(indicator.base) / denominator
    ends: tuple[Decimal | None, ...] = (None, None)
    if indicator.is_event_count and numerator == int(numerator):
        ends = tuple(Decimal(str(end)) * scale for end in poisson_interval(int(numerator)))
    return Figure(indicator, period, key, numerator * scale, numerator, denominator, n, *ends, quality)


def _hidden(indicator: Indicator, period: Period, key: str) -> Figure:
    return Figure(indicator, period, key, None, None, None, None, is_suppressed=True)


def joined(parts: Iterable[Figure], period: Period) -> Figure | None:
    """The figure over several parts of one SUM indicator (months of a half-year); ``None`` without parts.

    Raises ``ValueError`` for stocks, which cannot be added up, and for a part too small to show.
    """
    parts = list(parts)
    if not parts:
        return None
    indicator = parts[0].indicator
    if indicator.aggregation != "SUM" or any(part.is_suppressed for part in parts):
        raise ValueError(f"Parts of {indicator.code} cannot be joined.")
    numerator = sum((part.numerator or Decimal(0) for part in parts), Decimal(0))
    denominator = sum((part.denominator or Decimal(0) for part in parts), Decimal(0))
    n = sum(part.n or 0 for part in parts)
    cell = Cell(indicator.code, period, "", "", "", "", numerator, denominator, n)
    return _figure(indicator, period, "", [cell])


def _split(
    indicator: Indicator, period: Period, cells: list[Cell], by: Callable[[Cell], str]
) -> dict[str, Figure]:
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[by(cell)].append(cell)
    hidden: set[str] = set()
    if indicator.is_protected:
        # Item by item (round by round): a group shown for two rounds together and for one of them
        # would give away the other by subtraction.
        for item in {cell.item for cell in cells}:
            hidden |= suppress(
                {key: sum(c.n for c in group if c.item == item) for key, group in groups.items()},
                minimum=MINIMUM_GROUP,
            )
    return {
        key: _hidden(indicator, period, key)
        if key in hidden
        else _figure(indicator, period, key, groups[key])
        for key in sorted(groups)
    }


def _by_key(by: str) -> Callable[[Cell], str]:
    if by == "month":
        return lambda cell: cell.period.start_date.isoformat()
    if by not in {"department", "sex", "level", "item"}:
        raise ValueError(f"A figure cannot be split by {by}.")
    return lambda cell: getattr(cell, by)


def _newest(indicator: Indicator, cells: list[Cell]) -> list[Cell]:
    """Of a stock counted on several days only the last day counts; other indicators keep all cells."""
    if indicator.aggregation != "LAST_ITEM" or not cells:
        return cells
    newest = max(cell.item for cell in cells)
    return [cell for cell in cells if cell.item == newest]


def _base(indicator: Indicator) -> str:
    return indicator.of if indicator.aggregation == "MIN_ITEM" else indicator.code


def _counted(indicator: Indicator) -> Indicator:
    """The indicator whose records stand behind a figure."""
    return load_content().indicators[indicator.of] if indicator.aggregation == "PER_PEOPLE" else indicator


def _reading_quality(codes: list[str], period: Period) -> dict[str, str]:
    """The worst data-quality grade among the months of each reading."""
    worst: dict[str, str] = {}
    if codes:
        rows = Reading.objects.filter(
            indicator__in=codes, month_date__range=(period.start_date, period.end_date)
        ).values_list("indicator", "quality")
        for code, quality in rows:
            worst[code] = max(worst.get(code, ""), quality)
    return worst


def figures(codes: Iterable[str], period: Period) -> dict[str, Figure]:
    """Several figures of the enterprise in scope over one period, in few queries. Unknown codes raise ``KeyError``."""
    definitions = {code: load_content().indicators[code] for code in codes}
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells_for({_base(definition) for definition in definitions.values()}, period):
        cells[cell.indicator].append(cell)
    quality = _reading_quality([code for code, d in definitions.items() if d.is_reading], period)
    result = {}
    for code, definition in definitions.items():
        own = cells[_base(definition)]
        if definition.aggregation == "MIN_ITEM":
            base = load_content().indicators[definition.of]
            shown = [f for f in _split(base, period, own, _by_key("item")).values() if f.value is not None]
            lowest = min(shown, key=lambda f: f.value, default=None)
            result[code] = (
                Figure(
                    definition,
                    period,
                    lowest.key,
                    lowest.value,
                    lowest.numerator,
                    lowest.denominator,
                    lowest.n,
                    lowest.lower,
                    lowest.upper,
                )
                if lowest
                else _figure(definition, period, "", [])
            )
        else:
            result[code] = _figure(definition, period, "", _newest(definition, own), quality.get(code, ""))
    return result


def figure(code: str, period: Period) -> Figure:
    """One figure; see :func:`figures`."""
    return figures([code], period)[code]


def groups(code: str, period: Period, *kinds: str) -> dict[str, dict[str, Figure]]:
    """One figure split in several ways (``month``, ``department``, ``sex``, ``level``, ``item``), read once."""
    definition = load_content().indicators[code]
    cells = [cell for cell in cells_for([code], period) if cell.indicator == code]
    return {by: _split_by(definition, period, cells, by) for by in kinds}


def _split_by(definition: Indicator, period: Period, cells: list[Cell], by: str) -> dict[str, Figure]:
    shown = cells if by in {"item", "month"} else _newest(definition, cells)
    return _split(definition, period, shown, _by_key(by))


def splits(codes: Iterable[str], period: Period, by: str) -> dict[str, dict[str, Figure]]:
    """Several figures, each split by ``month``, ``department``, ``sex``, ``level`` or ``item``."""
    return splits_each(dict.fromkeys(codes, by), period)


def splits_each(kinds: Mapping[str, str], period: Period) -> dict[str, dict[str, Figure]]:
    """Several figures, each split in its own way (code → kind), read once; see :func:`splits`."""
    definitions = {code: load_content().indicators[code] for code in kinds}
    cells: dict[str, list[Cell]] = {code: [] for code in definitions}
    for cell in cells_for(definitions, period):
        cells[cell.indicator].append(cell)
    return {code: _split_by(d, period, cells[code], kinds[code]) for code, d in definitions.items()}


def split(code: str, period: Period, by: str) -> dict[str, Figure]:
    """One figure split into groups; the groups add up to the whole."""
    return splits([code], period, by)[code]


def facts_behind(code: str, period: Period, limit: int | None = None) -> list[Fact]:
    """The facts a figure is made of, newest first; with ``limit`` only as many months are read as that takes.

    A protected indicator has none to show.
    """
    indicator = _counted(load_content().indicators[code])
    code = indicator.code
    if indicator.is_protected:
        return []
    own = supplier(indicator.supplier)
    if indicator.aggregation in FLOWS:
        found: list[Fact] = []
        for piece in reversed(list(period.months())):
            if own.flows is None or (limit is not None and len(found) >= limit):
                break
            found += [fact for name, fact in own.flows(piece) if name == code]
    else:
        found = [fact for name, fact in (own.states(period) if own.states else ()) if name == code]
    if indicator.aggregation == "DISTINCT":
        seen: set[str] = set()
        found = [f for f in found if not (f.subject in seen or seen.add(f.subject))]
    found.sort(key=lambda fact: (fact.day, fact.ref.label if fact.ref else ""), reverse=True)
    return found[:limit]


def reading_flows(period: Period):
    """Facts of the indicators a factory measures itself; a reading belongs to the first day of its month.

    Months measured by an earlier definition are left out: added to the others they would give a figure of nothing.
    """
    pins = {code: each.pin for code, each in load_content().indicators.items() if each.is_reading}
    rows = Reading.objects.filter(month_date__range=(period.start_date, period.end_date)).order_by(
        "month_date", "indicator", "id"
    )
    for row in rows:
        if row.definition not in {"", pins.get(row.indicator)}:
            continue
        ref = RecordRef("readings:reading", str(row.pk), f"{row.month_date:%Y-%m}")
        yield row.indicator, Fact(row.month_date, row.numerator, row.denominator, ref=ref)


def readings_aging(_since: date | None, _today: date) -> list[date]:
    """Months measured by an earlier definition: a new version of Fairfloor may define an indicator anew."""
    pins = [each.pin for each in load_content().indicators.values() if each.is_reading]
    rows = Reading.objects.exclude(definition__in=["", *pins])
    return list(rows.values_list("month_date", flat=True).distinct())
