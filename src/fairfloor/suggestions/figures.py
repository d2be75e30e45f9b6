"""Facts about suggestions, by the day they came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.organisations.public import Level
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.workflow import DECIDE_WITHIN, DECIDED, IMPLEMENTED, Status, decided_in_time

FOLLOWED = IMPLEMENTED | {Status.ACCEPTED, Status.TO_SAFETY}
ONE, ZERO = Decimal(1), Decimal(0)


def suggestion_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """What came, from whom (known levels), what became of it, and how fast. Withdrawn ones never count."""
    today = timezone.now().date()
    rows = (
        Suggestion.objects.filter(submitted_date__range=(period.start_date, period.end_date))
        .exclude(status=Status.WITHDRAWN)
        .exclude(is_held=True)
        .order_by("submitted_date", "id")
        .only(
            "code",
            "submitted_date",
            "title",
            "sex",
            "level",
            "department_code",
            "category",
            "status",
            "decided_date",
        )
    )
    for row in rows:
        ref = RecordRef("suggestions:detail", row.code, row.title or row.code)
        day = row.submitted_date
        group = {"department": row.department_code, "sex": row.sex, "level": row.level, "ref": ref}
        yield "suggestions.received", Fact(day, item=row.category, **group)
        if row.level:
            front_line = ONE if row.level == Level.FRONT_LINE else ZERO
            yield "suggestions.front_line_share", Fact(day, numerator=front_line, denominator=ONE, **group)
        if row.status in DECIDED:
            yield "suggestions.answered", Fact(day, item=row.category, **group)
            # One that joined another shares its answer, which is counted there.
            if row.status != Status.MERGED:
                followed = ONE if row.status in FOLLOWED else ZERO
                yield "suggestions.accepted_share", Fact(day, numerator=followed, denominator=ONE, **group)
            # Rows from older workbooks may not know the day of the decision.
            if row.decided_date is not None:
                yield "suggestions.days_to_answer", Fact(day, Decimal((row.decided_date - day).days), **group)
        if row.status in FOLLOWED:
            yield "suggestions.accepted", Fact(day, item=row.category, **group)
            done = ONE if row.status in IMPLEMENTED else ZERO
            yield "suggestions.implemented_share", Fact(day, numerator=done, denominator=ONE, **group)
        if row.status in IMPLEMENTED:
            yield "suggestions.implemented", Fact(day, item=row.category, **group)
        in_time = decided_in_time(day, row.decided_date, today)
        if in_time is not None:
            yield (
                "suggestions.decided_in_14_days",
                Fact(day, numerator=ONE if in_time else ZERO, denominator=ONE, **group),
            )


def suggestions_aging(since: date | None, today: date) -> list[date]:
    """Days of the undecided whose 14 days ended since a day."""
    rows = Suggestion.objects.filter(decided_date=None, submitted_date__lt=today)
    if since is not None:
        rows = rows.filter(submitted_date__gte=since - 2 * DECIDE_WITHIN)
    return list(rows.values_list("submitted_date", flat=True).distinct())


SUPPLIER = Supplier(code="suggestions", flows=suggestion_flows, aging=suggestions_aging)
