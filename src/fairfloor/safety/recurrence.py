"""Dangers that came back: hazards like one that was closed in the last twelve months."""

from __future__ import annotations

from fairfloor.safety.models import Hazard
from fairfloor.safety.similarity import ALIKE, likeness
from fairfloor.safety.workflow import RECURS_WITHIN, Status

SHOWN = 3
COMPARED = 300


def earlier_ones(hazard: Hazard) -> list[Hazard]:
    """Closed hazards of the same department and kind with similar words, fixed in the twelve months before it.

    The likest first, three at most; nothing without a department or kind, for then everything is somewhat alike.
    """
    if not hazard.department_code or not hazard.category or hazard.recurrence_of_id:
        return []
    closed = (
        Hazard.objects.filter(
            status=Status.CLOSED,
            department_code=hazard.department_code,
            category=hazard.category,
            found_date__lte=hazard.found_date,
            fixed_date__range=(hazard.found_date - RECURS_WITHIN, hazard.found_date),
        )
        .exclude(pk=hazard.pk)
        .order_by("-fixed_date", "id")
        .only("code", "description", "fixed_date", "enterprise_id")[:COMPARED]
    )
    rated = [(likeness(hazard.description, each.description), each) for each in closed]
    return [each for score, each in sorted(rated, key=lambda one: -one[0]) if score >= ALIKE][:SHOWN]
