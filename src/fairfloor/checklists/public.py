"""What other features may use of checklists."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from fairfloor.checklists.labels import in_words
from fairfloor.checklists.models import Area, Finding, RedTag, WalkRound
from fairfloor.checklists.outcomes import findings_to_take_up
from fairfloor.checklists.selectors import DueRound, due_rounds, overdue_tags
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus
from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting, is_relic

__all__ = [
    "Area",
    "DueRound",
    "Finding",
    "FindingStatus",
    "Kind",
    "RedTag",
    "RoundStatus",
    "WalkRound",
    "due_rounds",
    "findings_to_take_up",
    "waiting",
]


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """Rounds that are due, findings nobody took up, red tags past their day; for who keeps the lists."""
    if actor.user_id is None or not actor.may("checklists.manage"):
        return []
    found = [
        Waiting(
            text=_("Walk %(area)s with the list “%(list)s”.")
            % {"area": due.area_name, "list": in_words(due.checklist.name)},
            url_name="checklists:hub",
            key="",
            due_date=due.due_date,
            is_late=due.due_date < day,
        )
        for due in due_rounds(day)
        if due.due_date <= day and not is_relic(due.due_date, day)
    ]
    rounds: dict[str, int] = {}
    for finding in findings_to_take_up():
        if not is_relic(finding.found_date, day):
            rounds[finding.round_code] = rounds.get(finding.round_code, 0) + 1
    found += [
        Waiting(
            text=_("Round %(code)s has findings nobody took up yet: %(count)s.")
            % {"code": code, "count": count},
            url_name="checklists:round",
            key=code,
        )
        for code, count in list(rounds.items())[:10]
    ]
    found += [
        Waiting(
            text=_("Red tag %(code)s is past its day: %(item)s") % {"code": tag.code, "item": tag.item},
            url_name="checklists:tags",
            key="",
            due_date=tag.due_date,
            is_late=True,
        )
        for tag in overdue_tags(day)
        if not is_relic(tag.due_date, day)
    ]
    return found
