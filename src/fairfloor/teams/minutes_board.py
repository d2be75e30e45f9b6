"""What the board shows of released minutes by itself: what was decided and what happens next, and no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairfloor.actions.public import Status as ActionStatus
from fairfloor.actions.public import actions_with_codes
from fairfloor.teams.models import Decision, Meeting
from fairfloor.teams.workflow import DecisionKind, ItemKind, Status

# A wall is read in passing: a few short lines of each.
MOST_LINES = 4
LONGEST_LINE = 160


@dataclass(frozen=True)
class BoardMinutes:
    """The lines of one meeting for everybody: ``decided``, and ``coming`` with the day something is promised for."""

    meeting_id: int
    code: str
    number: int
    meeting_date: date
    decided: tuple[str, ...]
    coming: tuple[tuple[str, date | None], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that would be read, without the days."""
        return (*self.decided, *(text for text, _due in self.coming))


def board_minutes() -> BoardMinutes | None:
    """The newest released minutes that staff let onto the board; None when there are none, or nothing in them."""
    meeting = (
        Meeting.objects.filter(
            status=Status.HELD, released_date__isnull=False, is_for_board=True, team__is_active=True
        )
        .select_related("team")
        .order_by("-meeting_date", "-number", "id")
        .first()
    )
    found = lines_for_board(meeting) if meeting is not None else None
    return found if found is not None and found.lines else None


def lines_for_board(meeting: Meeting) -> BoardMinutes:
    """What the board would say of a held meeting.

    Decisions in the team's own words. Left out is what may carry the words or the name of somebody who spoke up:
    answers to writers, and notes on an idea, a danger or a person's action; and the names of who does what. A meeting
    without any decision, as those written down from paper, shows the first lines of its notes.
    """
    rows = list(
        Decision.objects.filter(meeting=meeting)
        .select_related("item")
        .order_by("position", "id")
        .exclude(text="")
    )
    promised = {row.result_code for row in rows if row.kind == DecisionKind.ADD_ACTION}
    actions = actions_with_codes(promised) if promised else {}
    decided: list[str] = []
    coming: list[tuple[str, date | None]] = []
    for row in rows:
        text = _short(row.text)
        if row.kind == DecisionKind.START_PROJECT or (
            row.kind == DecisionKind.NOTE and row.item.kind in _OF_THE_TEAM
        ):
            decided.append(text)
        elif row.kind == DecisionKind.ADD_ACTION:
            action = actions.get(row.result_code)
            if action is not None and action.status == ActionStatus.CANCELLED:
                continue
            if action is not None and action.status == ActionStatus.OPEN:
                coming.append((text, action.due_date))
            else:
                decided.append(text)
    if not rows and not Decision.objects.filter(meeting=meeting).exists():
        decided = [_short(line) for line in meeting.minutes.splitlines() if line.strip()]
    return BoardMinutes(
        meeting.pk,
        meeting.code,
        meeting.number,
        meeting.meeting_date,
        tuple(decided[:MOST_LINES]),
        tuple(coming[:MOST_LINES]),
    )


_OF_THE_TEAM = frozenset({ItemKind.TOPIC, ItemKind.INDICATOR, ItemKind.PROJECT})


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"
