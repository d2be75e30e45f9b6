"""Reads on case reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fairfloor.core.access import Actor
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise
from fairfloor.reports.claims import definition, measure, read
from fairfloor.reports.models import ReportNarrative, ReportSnapshot
from fairfloor.reports.wording import worded
from fairfloor.reports.workflow import Status


def default_period(enterprise: Enterprise, today: date) -> Period:
    """The enterprise's report period, or else the last twelve whole months before today."""
    if enterprise.report_from_date and enterprise.report_to_date:
        return Period(enterprise.report_from_date, enterprise.report_to_date)
    end = today.replace(day=1) - timedelta(days=1)
    return Period(date(end.year + (end.month == 12) - 1, end.month % 12 + 1, 1), end)


def reports_for(actor: Actor):
    """The reports a person may open: drafts and withdrawn ones stay inside the factory."""
    reports = ReportSnapshot.objects.all()
    return reports if actor.may("reports.view_drafts") else reports.filter(status=Status.PUBLISHED)


def case_report_claims(enterprise: Enterprise, period: Period, language: str) -> list[dict[str, Any]]:
    """The claims of a period as the JSON report gives them, measured now, for the enterprise in scope."""
    dates = {"from": period.start_date.isoformat(), "to": period.end_date.isoformat()}
    return [worded(row, dates, language) for row in measure(read(period), enterprise.currency)]


def narratives_of(snapshot: ReportSnapshot, language: str) -> dict[str, ReportNarrative]:
    """Section → its words in one language."""
    rows = ReportNarrative.objects.filter(snapshot=snapshot, language=language).order_by("section_code", "id")
    return {row.section_code: row for row in rows}


def figures_changed_since(snapshot: ReportSnapshot) -> int:
    """How many figures of the snapshot would be different if it were made today.

    What an older definition of the report did not ask is not a change.
    """
    current = {(row["id"], row["key"]): _numbers(row) for row in measure(read(_period(snapshot)))}
    frozen = {(row["id"], row["key"]): _numbers(row) for row in snapshot.document["claims"]}
    asked = {key for key in current if snapshot.report == definition().pin} | frozen.keys()
    asked |= {key for key in current if key[0] in {known for known, _key in frozen}}
    return sum(current.get(key) != frozen.get(key) for key in asked)


def _period(snapshot: ReportSnapshot) -> Period:
    return Period(snapshot.from_date, snapshot.to_date)


def _numbers(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("value", "numerator", "denominator", "n", "practices"))
