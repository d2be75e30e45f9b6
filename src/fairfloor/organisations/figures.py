"""Facts about the workforce, from its snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairfloor.measure.cells import Fact, Period, Supplier
from fairfloor.organisations.codes import Level, Sex
from fairfloor.organisations.models import WorkforceCount

_MANAGEMENT = {Level.MANAGER, Level.TOP}


def workforce_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Headcount and women in management (MANAGER and TOP), one item per snapshot day."""
    rows = WorkforceCount.objects.filter(snapshot_date__range=(period.start_date, period.end_date)).order_by(
        "id"
    )
    for row in rows:
        count = Decimal(row.headcount)
        day = row.snapshot_date
        group = {
            "department": row.department_code,
            "sex": row.sex,
            "level": row.level,
            "item": day.isoformat(),
        }
        yield "workforce.headcount", Fact(day, numerator=count, **group)
        if row.level in _MANAGEMENT and row.sex in {Sex.FEMALE, Sex.MALE}:
            women = count if row.sex == Sex.FEMALE else Decimal(0)
            yield "workforce.women_in_management", Fact(day, numerator=women, denominator=count, **group)


SUPPLIER = Supplier(code="organisations", flows=workforce_flows)
