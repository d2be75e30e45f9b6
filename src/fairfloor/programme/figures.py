"""Facts about trainings: who took part in those that began in the period, and which modules they were of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.organisations.public import Level, Sex
from fairfloor.programme.models import TrainingAttendance

ONE = Decimal(1)


def training_states(period: Period) -> Iterator[tuple[str, Fact]]:
    """Distinct people and distinct modules. Somebody with no hour attended did not take part."""
    rows = (
        TrainingAttendance.objects.filter(delivery__start_date__range=(period.start_date, period.end_date))
        .exclude(hours_attended=0)
        .select_related("delivery")
        .order_by("delivery__start_date", "delivery__code", "participant_code", "id")
    )
    for row in rows:
        delivery = row.delivery
        module = f"{delivery.module}:{delivery.module_label}"
        ref = RecordRef("programme:delivery", delivery.code, f"{delivery.code} · {module}")
        group = {"department": row.department_code, "sex": row.sex, "level": row.level}
        day = delivery.start_date
        person = {"day": day, "subject": row.participant_code, "denominator": ONE, "ref": ref, **group}
        yield "training.participants", Fact(day, subject=row.participant_code, ref=ref, **group)
        if row.sex in {Sex.FEMALE, Sex.MALE, Sex.OTHER}:
            yield "training.women_share", Fact(numerator=Decimal(row.sex == Sex.FEMALE), **person)
        if row.level:
            yield (
                "training.front_line_share",
                Fact(numerator=Decimal(row.level == Level.FRONT_LINE), **person),
            )
        yield "training.modules", Fact(day, item=module, subject=module, ref=ref)


SUPPLIER = Supplier(code="programme", states=training_states)
