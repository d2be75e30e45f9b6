"""Facts about improvement projects, by the day they were finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.db.models import Prefetch

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.measure.savings import Saving, net_first_year
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.workflow import COMPLETED, VERIFIED, InPlace, SavingType, months_in_place

TAGGED = {"gender_practice": "projects.gender_practices", "women_facility": "projects.women_facilities"}
HALF_A_YEAR = 6  # months after the finish


def verified_savings(project: ImprovementProject) -> list[Saving]:
    """The savings of a project that somebody else confirmed, each once.

    Benefits written one by one count as verified each for itself. A project without any, as registers bring it, has one
    saving, stated per year, which counts once the project is verified. One found gone counts for its months only.
    """
    in_place = months_in_place(project.visits.all())
    benefits = list(project.benefits.all())
    if any(benefit.is_money for benefit in benefits):
        counted = (benefit for benefit in benefits if benefit.verified_date and benefit.part_of_id is None)
        return [saving for benefit in counted if (saving := benefit.saving(in_place))]
    if project.status in VERIFIED and project.saving is not None:
        months = 12 if project.saving_type == SavingType.RECURRING else 0
        return [Saving(project.saving, months, in_place=in_place)]
    return []


def project_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Completed and verified projects, and those among the completed with a tag that reports count."""
    rows = (
        ImprovementProject.objects.filter(
            finish_date__range=(period.start_date, period.end_date), status__in=sorted(COMPLETED)
        )
        .order_by("finish_date", "id")
        .only(
            *("code", "title", "finish_date", "status", "tags", "department_code", "module"),
            *("cost", "saving", "saving_type"),
        )
        .prefetch_related(Prefetch("benefits", Benefit.objects.order_by("id")), "visits")
    )
    for row in rows:
        fact = Fact(
            row.finish_date,
            department=row.department_code,
            item=row.module,
            ref=RecordRef("projects:detail", row.code, row.title),
        )
        yield "projects.completed", fact
        if row.status in VERIFIED:
            yield "projects.verified", fact
        for tag, indicator in TAGGED.items():
            if tag in row.tag_codes:
                yield indicator, fact
        for visit in row.visits.all():
            if visit.after_months == HALF_A_YEAR:
                still = Decimal(visit.state == InPlace.YES)
                yield "projects.in_place", replace(fact, numerator=still, denominator=Decimal(1))
        if verified := verified_savings(row):
            yield (
                "projects.savings_verified",
                replace(fact, numerator=net_first_year(verified, row.cost or Decimal(0))),
            )


SUPPLIER = Supplier(code="projects", flows=project_flows)
