"""What waits for a person, collected from the features that offer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fairfloor.actions import public as actions
from fairfloor.checklists import public as checklists
from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.indicators import public as indicators
from fairfloor.projects import public as projects
from fairfloor.safety import public as safety
from fairfloor.suggestions import public as suggestions
from fairfloor.teams import public as teams

# Functions (actor, day) → list of Waiting, each of which asks for the permissions it needs.
SOURCES = (
    actions.waiting,
    checklists.waiting,
    indicators.waiting,
    projects.waiting,
    safety.waiting,
    suggestions.waiting,
    teams.waiting,
)


@dataclass(frozen=True)
class WaitingRow:
    """One row of the list, with its address."""

    text: str
    url: str
    due_date: date | None
    is_late: bool
    is_today: bool


def _url(slug: str, item: Waiting) -> str:
    if item.key:
        return reverse(item.url_name, kwargs={"slug": slug, "code": item.key})
    url = reverse(item.url_name, kwargs={"slug": slug})
    return f"{url}?{item.query}" if item.query else url


def waiting_rows(actor: Actor, slug: str, day: date) -> list[WaitingRow]:
    """All that waits: late first, what became late last on top, then by due day, things without one last.

    A factory that brings in the registers of many years has relics among the late ones; they must not bury today
    and stand at the end, one line for each kind.
    """
    items = [item for source in SOURCES for item in source(actor, day)]
    late = [item for item in items if item.is_late]
    late.sort(key=lambda item: (item.due_date or day, item.text), reverse=True)
    others = [item for item in items if not item.is_late]
    others.sort(key=lambda item: (item.due_date or date.max, item.text))
    others.sort(key=lambda item: item.is_relics)
    items = [*late, *others]
    return [
        WaitingRow(item.text, _url(slug, item), item.due_date, item.is_late, item.due_date == day)
        for item in items
    ]
