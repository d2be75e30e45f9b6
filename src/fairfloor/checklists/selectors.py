"""Reads on checklists: what is due, one round with what became of it, the course of an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from fairfloor.checklists.catalog import checklists
from fairfloor.checklists.labels import area_names
from fairfloor.checklists.models import Finding, RedTag, Routine, WalkRound
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus, next_due
from fairfloor.content import Checklist
from fairfloor.measure.cells import Period

# A round due within this many days is shown already.
SOON = timedelta(days=7)


@dataclass(frozen=True)
class DueRound:
    """An area, the list it is walked with, and when the next round is due."""

    area_code: str
    area_name: str
    checklist: Checklist
    due_date: date
    last_date: date | None


def due_rounds(day: date) -> list[DueRound]:
    """Rounds due within a week or late, the latest first."""
    routines = list(Routine.objects.order_by("area_code", "checklist_code", "id"))
    if not routines:
        return []
    lists, names = checklists(), area_names()
    last = {
        (row["area_code"], row["checklist_code"]): row["last"]
        for row in WalkRound.objects.filter(status=RoundStatus.FINISHED)
        .values("area_code", "checklist_code")
        .annotate(last=Max("finished_date"))
        .order_by()
    }
    found = []
    for routine in routines:
        checklist = lists.get(routine.checklist_code)
        if checklist is None:
            continue
        before = last.get((routine.area_code, routine.checklist_code))
        due = next_due(routine.every_weeks, routine.from_date, before)
        if due <= day + SOON:
            name = names.get(routine.area_code, routine.area_code)
            found.append(DueRound(routine.area_code, name, checklist, due, before))
    return sorted(found, key=lambda due: (due.due_date, due.area_name))


def findings_of(round_code: str) -> list[Finding]:
    """What a round found, in the order it was asked."""
    return list(Finding.objects.filter(round_code=round_code).select_related("photo").order_by("id"))


def previous_round(walked: WalkRound) -> WalkRound | None:
    """The round before, of the same area with the same list."""
    return (
        WalkRound.objects.filter(
            area_code=walked.area_code, checklist_code=walked.checklist_code, status=RoundStatus.FINISHED
        )
        .filter(
            Q(finished_date__lt=walked.finished_date)
            | Q(finished_date=walked.finished_date, id__lt=walked.pk)
        )
        .order_by("-finished_date", "-id")
        .first()
    )


@dataclass(frozen=True)
class Comparison:
    """How a round compares with the one before: sections better, worse, the same."""

    before: WalkRound
    better: int
    worse: int
    same: int


def compare(walked: WalkRound, before: WalkRound | None) -> Comparison | None:
    """Section by section, by the share of points; sections only one of the two has are left out."""
    if before is None:
        return None
    better = worse = same = 0
    for code, (points, possible, _findings) in walked.sections.items():
        old = before.sections.get(code)
        if old is None or not possible or not old[1]:
            continue
        difference = points * old[1] - old[0] * possible
        better += difference > 0
        worse += difference < 0
        same += difference == 0
    return Comparison(before, better, worse, same) if better + worse + same else None


def course_of(area_code: str) -> list[WalkRound]:
    """The 5S audits of an area, oldest first; the last twenty-four."""
    latest = (
        WalkRound.objects.filter(area_code=area_code, kind=Kind.FIVE_S, status=RoundStatus.FINISHED)
        .exclude(points_possible=0)
        .order_by("-finished_date", "-id")[:24]
    )
    return list(reversed(latest))


def finding_counts(round_codes: list[str]) -> dict[str, tuple[int, int]]:
    """Round code → (findings, of which not taken up)."""
    rows = (
        Finding.objects.filter(round_code__in=round_codes)
        .values("round_code")
        .annotate(all=Count("id"), waiting=Count("id", filter=Q(status=FindingStatus.OPEN)))
        .order_by()
    )
    return {row["round_code"]: (row["all"], row["waiting"]) for row in rows}


def overdue_tags(day: date) -> QuerySet[RedTag]:
    """Red tags past their day, the longest first; at most ten."""
    return RedTag.objects.filter(done_date__isnull=True, due_date__lt=day).order_by("due_date", "id")[:10]


def walked_by(period: Period) -> list[tuple[date, tuple[str, ...]]]:
    """The day of each round that counts, with who walked it."""
    rounds = WalkRound.objects.filter(
        status=RoundStatus.FINISHED, finished_date__range=(period.start_date, period.end_date)
    ).order_by("finished_date", "id")
    return [
        (day, (name,) if name else ()) for day, name in rounds.values_list("finished_date", "auditor_name")
    ]
