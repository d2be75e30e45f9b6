"""What projects bring in a year: verified, found but not verified, and wanted, each amount once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fairfloor.measure.savings import Saving, net_first_year, per_year
from fairfloor.projects.figures import verified_savings
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.workflow import VERIFIED, SavingType, months_in_place

ZERO = Decimal(0)


@dataclass(frozen=True)
class Brought:
    """Amounts of one year in the enterprise's currency. ``verified`` is net of cost; ``None`` where nothing is."""

    verified: Decimal | None
    found: Decimal
    wanted: Decimal

    def __add__(self, other: Brought) -> Brought:
        parts = [part for part in (self.verified, other.verified) if part is not None]
        return Brought(
            sum(parts, ZERO) if parts else None, self.found + other.found, self.wanted + other.wanted
        )


def brought_by(project: ImprovementProject) -> Brought:
    """What one project brings. A part of another benefit counts there only; the cost comes off what is verified.

    ``found`` is what somebody stated and nobody has confirmed yet; ``wanted`` what was aimed at, verified or not.
    Both are before cost. ``verified`` is the amount that the figure projects.savings_verified counts.
    """
    verified = verified_savings(project)
    whole = [each for each in project.benefits.all() if each.is_money and each.part_of_id is None]
    in_place = months_in_place(project.visits.all())
    found = [s for each in whole if not each.verified_date and (s := each.saving(in_place))]
    if not whole and project.saving is not None and project.status not in VERIFIED:
        months = 12 if project.saving_type == SavingType.RECURRING else 0
        found = [Saving(project.saving, months, in_place=in_place)]
    wanted = [
        Saving(each.target, each.counted_months, each.rate) for each in whole if each.target is not None
    ]
    return Brought(
        net_first_year(verified, project.cost or ZERO) if verified else None,
        sum(map(per_year, found), ZERO),
        sum(map(per_year, wanted), ZERO),
    )


def total(projects: Iterable[ImprovementProject]) -> Brought:
    """All of them together."""
    return sum(map(brought_by, projects), Brought(None, ZERO, ZERO))
