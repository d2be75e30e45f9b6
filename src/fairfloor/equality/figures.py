"""Facts about job advertisements, by the day they were posted, and gender practices, by their day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairfloor.equality.models import GenderPractice, JobAd
from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier

ONE, ZERO = Decimal(1), Decimal(0)


def equality_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Advertisements without a flag, of all; practices by area. Withdrawn ones count nowhere."""
    days = (period.start_date, period.end_date)
    ads = JobAd.objects.filter(posted_date__range=days, withdrawn_date__isnull=True)
    for row in ads.order_by("posted_date", "id").only("code", "posted_date", "title", "is_clean"):
        ref = RecordRef("equality:job_ad", row.code, f"{row.code} · {row.title}")
        clean = ONE if row.is_clean else ZERO
        yield "job_ads.clean", Fact(row.posted_date, numerator=clean, denominator=ONE, ref=ref)
    practices = GenderPractice.objects.filter(practice_date__range=days, withdrawn_date__isnull=True)
    for row in practices.order_by("practice_date", "id"):
        ref = RecordRef("equality:practice", str(row.pk), row.title)
        yield "gender_practices.recorded", Fact(row.practice_date, item=row.area, ref=ref)


SUPPLIER = Supplier(code="equality", flows=equality_flows)
