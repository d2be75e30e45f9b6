"""Marks what must be counted again; written in the transaction of the change that made it stale."""

from datetime import date

from fairfloor.core.models import StaleMark
from fairfloor.core.tenancy import current_enterprise_id


def mark_stale(supplier: str, *days: date | None) -> None:
    """Mark the months of the given days stale for one supplier in the enterprise in scope. ``None`` is skipped."""
    months = {day.replace(day=1) for day in days if day is not None}
    enterprise_id = current_enterprise_id()
    # An existing mark is updated, not skipped: that locks it, so that a refresh running now waits for us to commit.
    StaleMark.objects.bulk_create(
        [StaleMark(enterprise_id=enterprise_id, supplier=supplier, month_date=m) for m in sorted(months)],
        update_conflicts=True,
        unique_fields=["enterprise", "supplier", "month_date"],
        update_fields=["month_date"],
    )
