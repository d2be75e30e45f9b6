"""Reads on hazards."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from fairfloor.safety.models import Hazard
from fairfloor.safety.workflow import UNFIXED


def hazards_to_review(day: date) -> list[Hazard]:
    """Hazards not fixed yet that are high or critical (matrix ≥ 10) or past their day; the worst first."""
    return list(
        Hazard.objects.filter(status__in=UNFIXED)
        .annotate(score=F("likelihood") * F("severity"))
        .filter(Q(score__gte=10) | Q(due_date__lt=day))
        .order_by(F("score").desc(nulls_last=True), F("due_date").asc(nulls_last=True), "id")
    )
