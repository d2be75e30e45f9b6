"""Verbs on readings: the monthly numbers a factory measures itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import StaleEdit, plain
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import IndicatorPlan, Reading
from fairfloor.indicators.plans import REPORTING, has_new_definition, value_of

SUPPLIER = "indicators"
QUALITIES = ("", "A", "B", "C", "D")
SAYINGS = ("", "BETTER", "SAME", "WORSE", "UNSURE")


class ReadingRefused(ValueError):
    """The reading cannot be kept. ``code`` says why, ``field`` where.

    Codes: UNKNOWN (indicator, quality, said), FUTURE (month), NEGATIVE, ABOVE_DENOMINATOR, OUT_OF_NOTHING,
    ALREADY_THERE, NEW_DEFINITION (the plan holds an earlier one), MISSING (numbers, without grade D), NOT_MISSING
    (grade D with numbers), CONFLICT (what was said against what the numbers say, without an explanation), NOT_YOURS.
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
    if definition.unit == "SHARE" and numerator > denominator:
        raise ReadingRefused("numerator", "ABOVE_DENOMINATOR")
    if numerator and not denominator:
        raise ReadingRefused("denominator", "OUT_OF_NOTHING")
    if quality not in QUALITIES:
        raise ReadingRefused("quality", "UNKNOWN")
    if quality == "D" and (numerator or denominator):
        raise ReadingRefused("quality", "NOT_MISSING")
    plan = IndicatorPlan.objects.filter(indicator=indicator).first()
    if plan is not None and has_new_definition(plan):
        raise ReadingRefused("indicator", "NEW_DEFINITION")


def moved(indicator: str, month: date, numerator: Decimal, denominator: Decimal) -> str:
    """What the numbers say against the newest month before with a value: BETTER, SAME, WORSE, or "" for nothing."""
    definition = load_content().indicators[indicator]
    value = value_of(definition, numerator, denominator)
    # A month measured by another definition is no month to compare with.
    before = Reading.objects.filter(
        indicator=indicator, month_date__lt=month, denominator__gt=0, definition__in=["", definition.pin]
    )
    last = before.order_by("-month_date").first()
    if value is None or last is None or definition.direction == "NEUTRAL":
        return ""
    earlier = value_of(definition, last.numerator, last.denominator)
    if earlier is None or value == earlier:
        return "SAME" if earlier is not None else ""
    return "BETTER" if (value > earlier) == (definition.direction == "UP") else "WORSE"


def is_conflict(said: str, found: str) -> bool:
    """Whether somebody said better or worse, and the numbers do not say the same."""
    return said in {"BETTER", "WORSE"} and found != "" and said != found


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
    said: str = "",
    explanation: str = "",
) -> Reading:
    """Keep one month's value, or correct it: then ``seen`` is what the form saw (:func:`seen_of`).

    ``said`` is whether it got better in the eyes of the person, one of ``SAYINGS``; against the numbers it needs an
    ``explanation``, so that a sign turned round is found by the one who wrote it.
    ``month_date`` may be any day of the month. Raises :class:`ReadingRefused`, and ``StaleEdit`` when the value
    changed meanwhile.
    """
    require(actor, "readings.write")
    month = month_date.replace(day=1)
    _check(indicator, month, numerator, denominator, quality, day)
    if said not in SAYINGS:
        raise ReadingRefused("said", "UNKNOWN")
    if is_conflict(said, moved(indicator, month, numerator, denominator)) and not explanation.strip():
        raise ReadingRefused("explanation", "CONFLICT")
    values = {"numerator": numerator, "denominator": denominator, "quality": quality}
    if said or not seen:
        values |= {"said": said, "explanation": explanation.strip()}
    reading = Reading.objects.select_for_update().filter(indicator=indicator, month_date=month).first()
    if reading is None:
        if seen:
            raise StaleEdit
        values["definition"] = load_content().indicators[indicator].pin
        try:
            with transaction.atomic():
                reading = Reading.objects.create(indicator=indicator, month_date=month, **values)
        except IntegrityError:
            # Two people at the same moment; the other one was first.
            raise ReadingRefused("month", "ALREADY_THERE") from None
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
    mark_stale(REPORTING, month)
    return reading


@dataclass(frozen=True)
class Report:
    """What a person reports of one indicator; without numbers the grade is D, the month is known to be missing."""

    indicator: str
    quality: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    said: str = ""
    explanation: str = ""


class MonthRefused(ValueError):
    """Nothing of a month's report was kept. ``problems`` holds indicator → :class:`ReadingRefused`."""

    def __init__(self, problems: dict[str, ReadingRefused]):
        super().__init__(", ".join(problems))
        self.problems = problems


@transaction.atomic
def report_month(
    *, actor: Actor, month_date: date, reports: Iterable[Report], day: date, at: datetime
) -> list[Reading]:
    """Keep a person's month, all of it or nothing. Raises :class:`MonthRefused` with whatever stands in the way.

    Only indicators whose plan names this person are taken.
    """
    require(actor, "readings.write")
    own = set(
        IndicatorPlan.objects.filter(is_in_use=True, reporter_user_id=actor.user_id).values_list(
            "indicator", flat=True
        )
    )
    written, problems = [], {}
    for report in reports:
        try:
            if report.indicator not in own or actor.user_id is None:
                raise ReadingRefused("indicator", "NOT_YOURS")
            written.append(_report(actor, month_date, report, day, at))
        except ReadingRefused as refused:
            problems[report.indicator] = refused
    if problems:
        raise MonthRefused(problems)
    return written


def _report(actor: Actor, month_date: date, report: Report, day: date, at: datetime) -> Reading:
    if not report.quality:
        raise ReadingRefused("quality", "UNKNOWN")
    for field, number in (("numerator", report.numerator), ("denominator", report.denominator)):
        if number is None and report.quality != "D":
            raise ReadingRefused(field, "MISSING")
    return write_reading(
        actor=actor,
        indicator=report.indicator,
        month_date=month_date,
        numerator=report.numerator or Decimal(0),
        denominator=report.denominator or Decimal(0),
        quality=report.quality,
        said=report.said,
        explanation=report.explanation,
        day=day,
        at=at,
    )
