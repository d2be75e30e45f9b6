"""Facts about improvement projects, by the day they were finished."""

from __future__ import annotations

from collections.abc import Iterator

from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.workflow import COMPLETED, VERIFIED

TAGGED = {"gender_practice": "projects.gender_practices", "women_facility": "projects.women_facilities"}


def project_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Completed and verified projects, and those among the completed with a tag that reports count."""
    rows = (
        ImprovementProject.objects.filter(
            finish_date__range=(period.start_date, period.end_date), status__in=sorted(COMPLETED)
        )
        .order_by("finish_date", "id")
        .only("code", "title", "finish_date", "status", "tags", "department_code", "module")
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


SUPPLIER = Supplier(code="projects", flows=project_flows)
