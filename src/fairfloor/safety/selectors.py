"""Reads on hazards, whatever happens to them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from fairfloor.core.ui.waiting import RELIC_AFTER
from fairfloor.measure.medians import median
from fairfloor.organisations.public import Level
from fairfloor.safety.models import Hazard, HazardSetting
from fairfloor.safety.workflow import (
    ANSWER_WITHIN,
    CRITICAL_FROM,
    UNFIXED,
    USUAL_DAYS,
    Status,
    fixed_in_time,
)


def hazards_to_review(day: date) -> QuerySet[Hazard]:
    """Hazards not fixed yet that are high or critical (matrix ≥ 10), urgent or past their day; the worst first."""
    return (
        Hazard.objects.filter(status__in=UNFIXED)
        .annotate(score=F("likelihood") * F("severity"))
        .filter(Q(score__gte=10) | Q(due_date__lt=day) | Q(is_urgent=True))
        .order_by("-is_urgent", F("score").desc(nulls_last=True), F("due_date").asc(nulls_last=True), "id")
    )


def past_due(day: date) -> Q:
    """Hazards not fixed though their day is past."""
    return Q(status__in=UNFIXED, due_date__lt=day)


def long_unfixed(day: date) -> Q:
    """Hazards not fixed though their day is past by more than half a year."""
    return Q(status__in=UNFIXED, due_date__lt=day - RELIC_AFTER)


def long_unchecked(day: date) -> Q:
    """Hazards fixed more than half a year ago at which nobody looked again."""
    return Q(status=Status.FIXED, fixed_date__lt=day - RELIC_AFTER)


# The finder asked or said that it is still there, and nobody has answered.
FINDER_WAITS = Q(conversation__is_waiting=True) & ~Q(status=Status.WITHDRAWN)


def unanswered(day: date) -> Q:
    """Where a finder has waited longer than two weeks for a word: on the report itself, or on what was asked back."""
    limit = day - ANSWER_WITHIN
    since = Q(conversation__waiting_since_date__lt=limit) | Q(
        conversation__waiting_since_date=None, conversation__opened_date__lt=limit
    )
    untouched = Q(conversation__isnull=False, status=Status.OPEN, found_date__lt=limit)
    return FINDER_WAITS & since | untouched


def fix_days() -> dict[str, int]:
    """Days to fix a hazard, by band: the factory's own, or the usual ones."""
    setting = HazardSetting.objects.first()
    if setting is None:
        return dict(USUAL_DAYS)
    return {band: getattr(setting, f"{band.lower()}_days") for band in USUAL_DAYS}


def overview(since: date, until: date) -> dict[str, Any]:
    """What was reported from one day to another, and how it went on; withdrawn entries never count."""
    rows = list(
        Hazard.objects.filter(found_date__range=(since, until))
        .exclude(status=Status.WITHDRAWN)
        .values_list(
            *("status", "found_date", "due_date", "fixed_date", "closed_date"),
            *("level", "department_code", "recurrence_of_id"),
        )
    )
    in_time, days, by_department = [], [], Counter()
    front_line = known = recurred = 0
    for status, found, due, fixed, closed, level, department, earlier in rows:
        by_department[department] += 1
        known += bool(level)
        front_line += level == Level.FRONT_LINE
        recurred += earlier is not None
        # Older rows and imports know the day of the fix only.
        if status == Status.CLOSED and (closed or fixed):
            days.append(((closed or fixed) - found).days)
        kept = (
            None if status == Status.REJECTED else fixed_in_time(fixed, due, status == Status.CLOSED, until)
        )
        if kept is not None:
            in_time.append(kept)
    critical = (
        Hazard.objects.annotate(score=F("likelihood") * F("severity"))
        .filter(score__gte=CRITICAL_FROM, status__in=UNFIXED)
        .count()
    )
    return {
        "reported": len(rows),
        "known": known,
        "front_line": front_line,
        "in_time": sum(in_time),
        "in_time_of": len(in_time),
        "days": median(days),
        "recurred": recurred,
        "critical": critical,
        "by_department": by_department,
    }
