"""Reads on equality."""

from __future__ import annotations

from dataclasses import dataclass

from fairfloor.content import EqualityArea
from fairfloor.content import load as load_content
from fairfloor.equality.models import GenderPractice


@dataclass(frozen=True)
class AreaEvidence:
    """One of the six areas with the practices recorded in it, the newest first."""

    area: EqualityArea
    practices: tuple[GenderPractice, ...]


def areas_with_evidence() -> tuple[AreaEvidence, ...]:
    """The six areas in their fixed order, the empty ones too."""
    found: dict[str, list[GenderPractice]] = {letter: [] for letter in load_content().equality_areas}
    rows = GenderPractice.objects.filter(withdrawn_date__isnull=True).order_by("-practice_date", "id")
    for row in rows:
        found.setdefault(row.area, []).append(row)
    return tuple(
        AreaEvidence(area, tuple(found[letter]))
        for letter, area in sorted(load_content().equality_areas.items())
    )
