"""Verbs on readings: the monthly numbers a factory measures itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, plain
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import Reading

SUPPLIER = "indicators"
QUALITIES = ("", "A", "B", "C", "D")


class ReadingRefused(ValueError):
    """The reading cannot be kept. ``code`` says why, ``field`` where.

    Codes: UNKNOWN (indicator, quality), FUTURE (month), NEGATIVE, ABOVE_DENOMINATOR, ALREADY_THERE.
    """

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def _check(
    indicator: str, month_date: date, numerator: Decimal, denominator: Decimal, quality: str, day: date
) -> None:
    definition = load_content().indicators.get(indicator)
    if definition is None or not definition.is_reading:
        raise ReadingRefused("indicator", "UNKNOWN")
    if month_date > day.replace(day=1):
        raise ReadingRefused("month", "FUTURE")
    for field, value in (("numerator", numerator), ("denominator", denominator)):
        if value < 0:
            raise ReadingRefused(field, "NEGATIVE")
    if numerator > denominator:
        raise ReadingRefused("numerator", "ABOVE_DENOMINATOR")
    if quality not in QUALITIES:
        raise ReadingRefused("quality", "UNKNOWN")


def seen_of(reading: Reading) -> str:
    """What a form saw of a reading; a correction that saw something else is stale."""
    return "|".join([plain(reading.numerator), plain(reading.denominator), reading.quality])


@transaction.atomic
def write_reading(
    *,
    actor: Actor,
    indicator: str,
    month_date: date,
    numerator: Decimal,
    denominator: Decimal,
    day: date,
    at: datetime,
    quality: str = "",
    seen: str = "",
) -> Reading:
    """Keep one month's value, or correct it: then ``seen`` is what the form saw (:func:`seen_of`).

    ``month_date`` may be any day of the month. Raises :class:`ReadingRefused`, and ``StaleEdit`` when the value
    changed meanwhile.
    """
    require(actor, "readings.write")
    month = month_date.replace(day=1)
    _check(indicator, month, numerator, denominator, quality, day)
    values = {"numerator": numerator, "denominator": denominator, "quality": quality}
    reading = Reading.objects.select_for_update().filter(indicator=indicator, month_date=month).first()
    if reading is None:
        if seen:
            raise StaleEdit
        reading = Reading.objects.create(indicator=indicator, month_date=month, **values)
        audit.record(actor, "reading.recorded", reading, at)
    else:
        if not seen:
            raise ReadingRefused("month", "ALREADY_THERE")
        if seen != seen_of(reading):
            raise StaleEdit
        changed = {
            name: [plain(getattr(reading, name)), plain(value)]
            for name, value in values.items()
            if getattr(reading, name) != value
        }
        if not changed:
            return reading
        for name in changed:
            setattr(reading, name, values[name])
        reading.save(update_fields=list(changed))
        audit.record(actor, "reading.corrected", reading, at, changed=changed)
    mark_stale(SUPPLIER, month)
    return reading
