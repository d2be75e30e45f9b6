"""Where the demo's living items play: who acts, which day it is, and how one says "ten days ago"."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairfloor.core.access import Actor
from fairfloor.organisations.public import Enterprise, Role
from fairfloor.suggestions.public import Suggestion, ask_back, submit_suggestion


@dataclass
class Stage:
    """One factory, its people as actors by username, and today."""

    enterprise: Enterprise
    today: date
    now: datetime
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def worker(self) -> Actor:
        """Anybody with the poster's link."""
        return Actor(kind="worker", enterprise_id=self.enterprise.id, roles=frozenset({Role.WORKER}))

    def day(self, days_ago: int) -> date:
        """The day so many days ago; negative ones lie ahead."""
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int = 10) -> datetime:
        """A moment of that day, never later than now."""
        moment = datetime.combine(
            self.day(days_ago), time(hour, 20), ZoneInfo(self.enterprise.time_zone or "UTC")
        )
        return min(moment, self.now)

    def when(self, days_ago: int) -> dict:
        """``day`` and ``at`` as services take them."""
        return {"day": self.day(days_ago), "at": self.at(days_ago)}

    def idea(self, days_ago: int, text: str, **details: str) -> Suggestion:
        """A worker sends an idea from the phone."""
        language = "zh-hans" if any("一" <= letter <= "鿿" for letter in text) else "en"
        return submit_suggestion(
            actor=self.worker,
            client_id=str(uuid.uuid4()),
            text=text,
            language=language,
            **details,
            **self.when(days_ago),
        ).suggestion

    def asks(self, suggestion: Suggestion, days_ago: int, text: str) -> None:
        """The writer adds something."""
        ask_back(actor=self.worker, suggestion_id=suggestion.pk, text=text, **self.when(days_ago))
