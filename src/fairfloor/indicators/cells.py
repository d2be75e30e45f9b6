"""Keeping cells fresh: what a write marked stale is counted again before the next read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from fairfloor.content import load as load_content
from fairfloor.core.models import StaleMark
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import KeptCell, KeptPeriod
from fairfloor.indicators.suppliers import supplier
from fairfloor.measure.cells import Cell, Fact, Period, cells_from, month_of
from fairfloor.organisations.public import person_months

# Indicators whose facts have a day of their own and are kept by month.
FLOWS = ("SUM", "LAST_ITEM", "MEDIAN")


def _grouped(facts: Iterable[tuple[str, Fact]]) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = defaultdict(list)
    for code, fact in facts:
        grouped[code].append(fact)
    return grouped


def _codes(supplier_code: str, *aggregations: str) -> list[str]:
    return [
        indicator.code
        for indicator in load_content().indicators.values()
        if indicator.supplier == supplier_code and indicator.aggregation in aggregations
    ]


def flow_cells(supplier_code: str, period: Period) -> list[Cell]:
    """Cells of a supplier's SUM and MEDIAN indicators, computed from its rows now."""
    source = supplier(supplier_code).flows
    if source is None:
        return []
    wanted = set(_codes(supplier_code, *FLOWS))
    medians = set(_codes(supplier_code, "MEDIAN"))
    return [
        cell
        for code, facts in _grouped(source(period)).items()
        if code in wanted
        for cell in cells_from(code, period, facts, by_value=code in medians)
    ]


def state_cells(supplier_code: str, period: Period) -> list[Cell]:
    """Cells of a supplier's LAST and DISTINCT indicators for a period, computed from its rows now."""
    source = supplier(supplier_code).states
    if source is None:
        return []
    indicators = load_content().indicators
    return [
        cell
        for code, facts in _grouped(source(period)).items()
        for cell in cells_from(code, period, facts, distinct=indicators[code].aggregation == "DISTINCT")
    ]


def _keep(cells: list[Cell]) -> None:
    KeptCell.objects.bulk_create(
        [
            KeptCell(
                indicator=cell.indicator,
                start_date=cell.period.start_date,
                end_date=cell.period.end_date,
                department=cell.department,
                sex=cell.sex,
                level=cell.level,
                item=cell.item,
                numerator=cell.numerator,
                denominator=cell.denominator,
                n=cell.n,
            )
            for cell in cells
        ],
        batch_size=1000,
    )


_AGED = "aged:"


def _definitions(supplier_code: str) -> str:
    """A short print of what a supplier counts; another one when a version of Fairfloor adds or changes something."""
    pins = sorted(each.pin for each in load_content().indicators.values() if each.supplier == supplier_code)
    return sha256("\n".join(pins).encode()).hexdigest()[:12]


def _forget(supplier_code: str, today: date) -> None:
    """Have all of a supplier's indicators counted again, from the first month anything was counted in."""
    flows = [each.code for each in load_content().indicators.values() if each.aggregation in FLOWS]
    first = KeptCell.objects.filter(indicator__in=flows).aggregate(first=Min("start_date"))["first"]
    if first is not None:
        mark_stale(supplier_code, *(month.start_date for month in Period(first, max(first, today)).months()))
    KeptPeriod.objects.filter(supplier=supplier_code).delete()
    KeptCell.objects.filter(indicator__in=_codes(supplier_code, "LAST", "DISTINCT")).delete()


def _age(supplier_codes: list[str], today: date) -> None:
    """Mark what went stale though nobody wrote: by a new day, once a day, and by definitions that are new."""
    seen = dict(KeptPeriod.objects.filter(supplier__startswith=_AGED).values_list("supplier", "start_date"))
    for code in supplier_codes:
        prefix, aging = f"{_AGED}{code}:", supplier(code).aging
        name = prefix + _definitions(code)
        last = seen.get(name)
        if last is not None and (aging is None or last >= today):
            continue
        with transaction.atomic():
            if last is None and any(each.startswith(prefix) for each in seen):
                _forget(code, today)
            if aging is not None:
                mark_stale(code, *aging(last, today))
            KeptPeriod.objects.filter(supplier__startswith=prefix).delete()
            KeptPeriod.objects.get_or_create(supplier=name, start_date=today, end_date=today)


def refresh(supplier_codes: Iterable[str]) -> int:
    """Count again what is stale for these suppliers in the enterprise in scope; returns the number of months.

    One short transaction a month: the mark is locked, so a write that comes meanwhile waits and marks again.
    """
    codes = sorted(set(supplier_codes))
    _age(codes, timezone.now().date())
    marks = list(
        StaleMark.objects.filter(supplier__in=codes).order_by("month_date", "id").values_list("id", flat=True)
    )
    for mark_id in marks:
        with transaction.atomic():
            mark = StaleMark.objects.select_for_update().filter(pk=mark_id).first()
            if mark is None:
                continue
            month = month_of(mark.month_date)
            KeptCell.objects.filter(
                indicator__in=_codes(mark.supplier, *FLOWS),
                start_date=month.start_date,
                end_date=month.end_date,
            ).delete()
            _keep(flow_cells(mark.supplier, month))
            KeptPeriod.objects.filter(supplier=mark.supplier, end_date__gte=month.start_date).delete()
            KeptCell.objects.filter(
                indicator__in=_codes(mark.supplier, "LAST", "DISTINCT"), end_date__gte=month.start_date
            ).delete()
            StaleMark.objects.filter(pk=mark.pk).delete()
    return len(marks)


def _ensure_states(supplier_codes: set[str], period: Period) -> None:
    with_states = {code for code in supplier_codes if supplier(code).states is not None}
    kept = set(
        KeptPeriod.objects.filter(
            supplier__in=with_states, start_date=period.start_date, end_date=period.end_date
        ).values_list("supplier", flat=True)
    )
    for code in sorted(with_states - kept):
        with transaction.atomic():
            _row, created = KeptPeriod.objects.get_or_create(
                supplier=code, start_date=period.start_date, end_date=period.end_date
            )
            if created:
                _keep(state_cells(code, period))


_COLUMNS = (
    "indicator",
    "start_date",
    "end_date",
    "department",
    "sex",
    "level",
    "item",
    "numerator",
    "denominator",
    "n",
)


def _read(queryset) -> list[Cell]:
    """Kept cells as plain cells; a year of a busy factory has thousands, so no model rows are built."""
    periods: dict[tuple[date, date], Period] = {}
    found = []
    for indicator, start, end, *rest in queryset.values_list(*_COLUMNS):
        period = periods.get((start, end)) or periods.setdefault((start, end), Period(start, end))
        found.append(Cell(indicator, period, *rest))
    return found


def cells_for(indicator_codes: Iterable[str], period: Period) -> list[Cell]:
    """Fresh cells of several indicators over a period, in few queries.

    Whole months of SUM indicators come from kept cells; a month the period covers only in part is counted live.
    """
    definitions = load_content().indicators
    asked = list(indicator_codes)
    per_people = {
        code: definitions[code].of for code in asked if definitions[code].aggregation == "PER_PEOPLE"
    }
    codes = sorted({*asked, *per_people.values()} - set(per_people))
    flow_codes = [code for code in codes if definitions[code].aggregation in FLOWS]
    state_codes = [code for code in codes if definitions[code].aggregation in {"LAST", "DISTINCT"}]
    refresh(definitions[code].supplier for code in codes)
    found: list[Cell] = []
    if flow_codes:
        pieces = list(period.months())
        whole = [piece for piece in pieces if piece.is_month]
        if whole:
            found += _read(
                KeptCell.objects.filter(
                    indicator__in=flow_codes,
                    start_date__gte=whole[0].start_date,
                    end_date__lte=whole[-1].end_date,
                )
            )
        for piece in pieces:
            if not piece.is_month:
                for code in sorted({definitions[code].supplier for code in flow_codes}):
                    found += [cell for cell in flow_cells(code, piece) if cell.indicator in flow_codes]
    if state_codes:
        _ensure_states({definitions[code].supplier for code in state_codes}, period)
        found += _read(
            KeptCell.objects.filter(
                indicator__in=state_codes, start_date=period.start_date, end_date=period.end_date
            )
        )
    if per_people:
        found += _per_people(per_people, found, period)
        found = [cell for cell in found if cell.indicator in asked]
    return found


def _per_people(counted: dict[str, str], cells: list[Cell], period: Period) -> list[Cell]:
    """Cells of indicators per people: what each counts above the line, the months of all people employed below it.

    A month before the first workforce count is left out on both sides. What a group counted stays with the group, but
    nobody knows for a group how many people could have done it in that month, so the people stand in no group.
    """
    people = person_months(period)
    known = [piece for piece in period.months() if people.get(piece.start_date)]
    days = {piece.start_date for piece in known}
    found = []
    for code, of in counted.items():
        found += [
            replace(cell, indicator=code, denominator=Decimal(0))
            for cell in cells
            if cell.indicator == of and cell.period.start_date in days
        ]
        found += [
            Cell(code, piece, "", "", "", "", Decimal(0), people[piece.start_date], 0) for piece in known
        ]
    return found
