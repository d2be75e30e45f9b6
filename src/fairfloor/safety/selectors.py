"""Reads on hazards, whatever happens to them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from fairfloor.core.ui.waiting import RELIC_AFTER
from fairfloor.safety.models import Hazard, HazardSetting
from fairfloor.safety.workflow import UNFIXED, USUAL_DAYS, Status


def hazards_to_review(day: date) -> list[Hazard]:
    """Hazards not fixed yet that are high or critical (matrix ≥ 10), urgent or past their day; the worst first."""
    return list(
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


def fix_days() -> dict[str, int]:
    """Days to fix a hazard, by band: the factory's own, or the usual ones."""
    setting = HazardSetting.objects.first()
    if setting is None:
        return dict(USUAL_DAYS)
    return {band: getattr(setting, f"{band.lower()}_days") for band in USUAL_DAYS}
