"""What waits for a person: features offer it, the Today page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# What is late by more is a relic, e.g. of an imported register; a feature tells all of its relics in one line.
RELIC_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. ``text`` is a full sentence in the reader's language; the URL takes ``slug``, ``code``.

    Without ``key`` the address is that of a list, narrowed by ``query``. ``is_relics``: one line for many old ones.
    """

    text: str
    url_name: str
    key: str
    due_date: date | None = None
    is_late: bool = False
    query: str = ""
    is_relics: bool = False


def is_relic(due_date: date | None, day: date) -> bool:
    """Whether something due on ``due_date`` is late by so much that it would bury what waits today."""
    return due_date is not None and due_date < day - RELIC_AFTER


def relics(text: str, url_name: str, query: str = "") -> Waiting:
    """The one line that stands for a feature's relics and leads to their list."""
    return Waiting(text, url_name, key="", query=query, is_relics=True)
