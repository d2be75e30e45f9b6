"""What the board shows: figures of the suggestion scheme, thanks to departments, and what staff released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fairfloor.desk.board_services import TOLD, Kind
from fairfloor.desk.models import BoardItem, BoardLink
from fairfloor.indicators.public import MINIMUM_GROUP, Figure, figures, last_twelve_months
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import department_names, latest_workforce
from fairfloor.projects.public import COMPLETED, ImprovementProject
from fairfloor.safety.public import Hazard
from fairfloor.safety.public import Status as HazardStatus
from fairfloor.suggestions.public import IMPLEMENTED, Suggestion
from fairfloor.teams.public import BoardMinutes, Meeting, board_minutes, next_meeting
from fairfloor.teams.public import Status as MeetingStatus

COUNTS = ("suggestions.received", "suggestions.answered", "suggestions.implemented")
DAYS = "suggestions.days_to_answer"
CRITICAL = "hazards.open_critical"
CLOSED = "hazards.closed"
QUARTER = timedelta(days=89)
MOST_ITEMS = 40


@dataclass(frozen=True)
class Count:
    """A count of the last 90 days and of the last twelve months; ``None`` where it is too small to show."""

    code: str
    quarter: int | None
    year: int | None


@dataclass(frozen=True)
class Board:
    """Everything on the board, as plain values; nothing of it names a person."""

    counts: tuple[Count, ...]
    days: float | None
    open_critical: int
    # Of the dangers found in the last 90 days.
    closed: int
    meeting_date: date | None
    # Codes of departments, without any number beside them.
    carried_out: frozenset[str]
    spoke_up: frozenset[str]
    items: tuple[BoardItem, ...]
    # The newest released minutes; None where staff put them up in words of their own.
    minutes: BoardMinutes | None = None

    @property
    def pairs(self) -> list[BoardItem]:
        """The photos before and after."""
        return [item for item in self.items if item.kind == Kind.PHOTO]

    @property
    def words(self) -> list[BoardItem]:
        """What is told in words."""
        return [item for item in self.items if item.kind != Kind.PHOTO]

    def thanks(self, language: str) -> list[str]:
        """The departments to thank by name, in the order of the alphabet."""
        names = department_names(language)
        return sorted(names.get(code, code) for code in self.carried_out | self.spoke_up)


def board(day: date) -> Board:
    """The board of the enterprise in scope on a day."""
    quarter, year = Period(day - QUARTER, day), last_twelve_months(day)
    recent = figures((*COUNTS, DAYS, CRITICAL, CLOSED), quarter)
    whole = figures(COUNTS, year)
    days = recent[DAYS]
    meeting = next_meeting(day)
    named = _large_departments(day)
    items = live_items()
    return Board(
        counts=tuple(Count(code, _shown(recent[code]), _shown(whole[code])) for code in COUNTS),
        days=float(days.value) if days.value is not None and (days.n or 0) >= MINIMUM_GROUP else None,
        # A danger is a fact of the place and of no person; its number is never hidden.
        open_critical=int(recent[CRITICAL].value or 0),
        closed=int(recent[CLOSED].value or 0),
        meeting_date=meeting.meeting_date if meeting else None,
        carried_out=_departments_carried_out(quarter) & named,
        spoke_up=_departments_speaking_up(quarter) & named,
        items=tuple(items),
        minutes=minutes_shown(items),
    )


def minutes_shown(items: Iterable[BoardItem]) -> BoardMinutes | None:
    """The minutes that hang without anybody putting them up; words staff chose for the same meeting come first."""
    found = board_minutes()
    told = {item.code for item in items if item.kind == Kind.MINUTES}
    return found if found is not None and str(found.meeting_id) not in told else None


def _shown(figure: Figure) -> int | None:
    count = int(figure.value or 0)
    return None if 0 < count < MINIMUM_GROUP else count


def _large_departments(day: date) -> frozenset[str]:
    """Departments known to have so many people that thanks to all of them point at nobody."""
    people: dict[str, int] = {}
    for row in latest_workforce(day):
        people[row.department_code] = people.get(row.department_code, 0) + row.headcount
    return frozenset(code for code, count in people.items() if code and count >= MINIMUM_GROUP)


def _departments_carried_out(period: Period) -> frozenset[str]:
    rows = Suggestion.objects.filter(
        submitted_date__range=(period.start_date, period.end_date), status__in=IMPLEMENTED
    )
    return frozenset(rows.values_list("department_code", flat=True).distinct())


def _departments_speaking_up(period: Period) -> frozenset[str]:
    rows = Hazard.objects.filter(found_date__range=(period.start_date, period.end_date)).exclude(
        status__in=(HazardStatus.WITHDRAWN, HazardStatus.REJECTED)
    )
    return frozenset(rows.values_list("department_code", flat=True).distinct())


def live_items() -> list[BoardItem]:
    """What hangs on the board now, newest first: not taken off, and still true."""
    rows = BoardItem.objects.filter(withdrawn_date__isnull=True).order_by("-released_date", "id")
    return still_true(rows[:MOST_ITEMS])


def still_true(rows: Iterable[BoardItem]) -> list[BoardItem]:
    """The items whose thing was not withdrawn, opened again or given other pictures since."""
    rows = list(rows)

    def codes(*kinds: Kind) -> set[str]:
        return {row.code for row in rows if row.kind in kinds}

    ideas = dict(
        Suggestion.objects.filter(code__in=codes(Kind.SUGGESTION), status__in=TOLD).values_list(
            "code", "status"
        )
    )
    projects = {
        code: pictures
        for code, *pictures in ImprovementProject.objects.filter(
            code__in=codes(Kind.PROJECT, Kind.PHOTO), status__in=COMPLETED
        ).values_list("code", "photo_before_id", "photo_after_id")
    }
    keys = {int(code) for code in codes(Kind.MINUTES)}
    meetings = {
        str(pk)
        for pk in Meeting.objects.filter(
            pk__in=keys, status=MeetingStatus.HELD, released_date__isnull=False
        ).values_list("pk", flat=True)
    }

    def holds(row: BoardItem) -> bool:
        if row.kind == Kind.SUGGESTION:
            return row.code in ideas and (not row.is_done or ideas[row.code] in IMPLEMENTED)
        if row.kind == Kind.PROJECT:
            return row.code in projects
        if row.kind == Kind.PHOTO:
            pictures = [row.photo_before_id, row.photo_after_id]
            return all(pictures) and projects.get(row.code) == pictures
        return row.kind == Kind.NOTE or row.code in meetings

    return [row for row in rows if holds(row)]


def board_link() -> BoardLink | None:
    """The address of the board, once it was given one."""
    return BoardLink.objects.first()
