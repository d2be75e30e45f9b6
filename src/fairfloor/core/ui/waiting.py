"""What waits for a person: features offer it, the Today page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. ``text`` is a full sentence in the reader's language; the URL takes ``slug``, ``code``."""

    text: str
    url_name: str
    key: str
    due_date: date | None = None
    is_late: bool = False
