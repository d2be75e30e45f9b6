"""What can stand in the way of a verb on teams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fairfloor.core import edits


class MoveNotAllowed(edits.MoveNotAllowed):
    """The meeting itself, not a record it decides on, is not in a state from which this can be done (409)."""


class TeamExists(ValueError):
    """Another team has this code."""


class TermOverlaps(ValueError):
    """The person is already in the team in some of these days."""


class TermEndsBefore(ValueError):
    """A term cannot end before it begins."""


class _InMeetings(ValueError):
    """Meetings stand in the way; ``numbers`` are theirs."""

    def __init__(self, numbers: Iterable[int]):
        self.numbers = tuple(numbers)
        super().__init__(", ".join(str(number) for number in self.numbers))


class AttendedAfter(_InMeetings):
    """The person was at meetings outside the new term."""


class TermInUse(_InMeetings):
    """Records name the person as a member, so the term was no mistake: meetings, or without them a post passed on."""


class NotAMember(ValueError):
    """Somebody ticked as present was not in the team on the day; ``codes`` say who."""

    def __init__(self, codes: Iterable[str], day: date | None = None):
        self.codes, self.day = tuple(codes), day
        super().__init__(", ".join(self.codes))


class NotOnTheList(ValueError):
    """Who ticks themselves is not in the team on this day; ``joins_date`` says when they join, if they do."""

    def __init__(self, joins_date: date | None = None):
        self.joins_date = joins_date
        super().__init__(str(joins_date or ""))


class DayMissing(ValueError):
    """A meeting that was held has a day."""


class DayInFuture(ValueError):
    """A meeting that was held cannot lie in the future."""


class WordsMissing(ValueError):
    """A decline, note, topic or correction says why, in words."""


class CheckNotDue(ValueError):
    """Nobody has to look at the team now: no programme has ended, or the check was made."""


class PostNotPassed(ValueError):
    """A post can be passed on by who holds it now, to another member of the team."""


class GoalRefused(ValueError):
    """A goal cannot stand. ``code`` picks the sentence (see ``labels.GOAL_REASONS``), ``field`` its place."""

    def __init__(self, code: str, field: str):
        super().__init__(f"{field}: {code}")
        self.code, self.field = code, field


class SeriesRefused(ValueError):
    """A series of meetings cannot stand. ``code`` picks the sentence (``labels.SERIES_REASONS``)."""

    def __init__(self, code: str, field: str):
        super().__init__(f"{field}: {code}")
        self.code, self.field = code, field


class TalkRefused(ValueError):
    """A shift talk cannot stand. ``code`` picks the sentence (``labels.TALK_REASONS``)."""

    def __init__(self, code: str, field: str):
        super().__init__(f"{field}: {code}")
        self.code, self.field = code, field


class TalkWithdrawn(ValueError):
    """The talk was withdrawn; nothing more is made of it."""


class TalkDiffers(ValueError):
    """The same send came before with other content (409)."""
