"""Reads on shift talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from fairfloor.organisations.public import Department
from fairfloor.teams.models import ShiftTalk

DAYS_SHOWN = 30


@dataclass(frozen=True)
class Heard:
    """On ``days`` days with at least one talk, ``held`` of ``planned`` shifts of production met."""

    days: int
    held: int
    planned: int


def talks_with_issues() -> QuerySet[ShiftTalk]:
    """Shift talks with ``open_issues``, the number of things raised that became nothing yet; none when withdrawn."""
    is_open = Q(issues__result_code="", withdrawn_date=None)
    return ShiftTalk.objects.annotate(open_issues=Count("issues", filter=is_open)).order_by(
        "-talk_date", "id"
    )


def shifts_heard(day: date) -> Heard:
    """How many production shifts met in the last 30 days. A day without any talk counts as a day off."""
    production = dict(Department.objects.filter(kind="production").values_list("code", "shifts"))
    rows = set(
        ShiftTalk.objects.filter(
            withdrawn_date=None,
            department_code__in=production,
            talk_date__range=(day - timedelta(days=DAYS_SHOWN - 1), day),
        ).values_list("talk_date", "department_code", "shift")
    )
    days = {talk_date for talk_date, _code, _shift in rows}
    planned = len(days) * sum(shifts or 1 for shifts in production.values())
    return Heard(len(days), min(len(rows), planned), planned)


def last_talk_of(user_id: int | None) -> ShiftTalk | None:
    """The newest talk a login sent that was not taken back: most people write for the same shift again."""
    if user_id is None:
        return None
    rows = ShiftTalk.objects.filter(sent_by_id=user_id, withdrawn_date=None)
    return rows.order_by("-talk_date", "-id").first()
