"""Facts about finished rounds and what they found, by the day a round was finished."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairfloor.checklists.models import Finding, WalkRound
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus
from fairfloor.measure.cells import Fact, Period, RecordRef, Supplier

ONE, ZERO = Decimal(1), Decimal(0)


def checklist_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Rounds, 5S points, findings and how many were taken up. Withdrawn rounds and theirs are left out."""
    days = (period.start_date, period.end_date)
    rounds = (
        WalkRound.objects.filter(finished_date__range=days, status=RoundStatus.FINISHED)
        .order_by("finished_date", "id")
        .defer("answers", "sections")
    )
    codes = set()
    for row in rounds:
        codes.add(row.code)
        ref = RecordRef("checklists:round", row.code, f"{row.area_code} · {row.checklist_code}")
        group = {"department": row.department_code, "item": row.area_code, "ref": ref}
        yield "checklists.rounds", Fact(row.finished_date, **group)
        if row.kind == Kind.FIVE_S and row.points_possible:
            points = {"numerator": Decimal(row.points), "denominator": Decimal(row.points_possible)}
            yield "five_s.score", Fact(row.finished_date, **points, **group)
    findings = Finding.objects.filter(found_date__range=days).order_by("found_date", "id")
    for row in findings:
        if row.round_code not in codes:
            continue
        ref = RecordRef("checklists:round", row.round_code, (row.words or row.question)[:80])
        group = {"department": row.department_code, "ref": ref}
        yield "checklists.findings", Fact(row.found_date, **group)
        taken_up = ZERO if row.status == FindingStatus.OPEN else ONE
        yield (
            "checklists.findings_taken_up",
            Fact(row.found_date, numerator=taken_up, denominator=ONE, **group),
        )


SUPPLIER = Supplier(code="checklists", flows=checklist_flows)
