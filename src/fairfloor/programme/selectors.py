"""Reads on trainings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairfloor.measure.cells import Period
from fairfloor.programme.models import TrainingDelivery


@dataclass(frozen=True)
class ModuleTaken:
    """A module, the number it had, and the first day of it in a period."""

    module: str
    label: str
    first_date: date


def modules_taken(period: Period) -> tuple[ModuleTaken, ...]:
    """Modules of which a training with participants began in a period, in the order they were taken."""
    rows = (
        TrainingDelivery.objects.filter(
            start_date__range=(period.start_date, period.end_date), attendances__isnull=False
        )
        .order_by("start_date", "code")
        .values_list("module", "module_label", "start_date")
        .distinct()
    )
    first: dict[tuple[str, str], date] = {}
    for module, label, day in rows:
        first.setdefault((module, label), day)
    return tuple(ModuleTaken(module, label, day) for (module, label), day in first.items())
