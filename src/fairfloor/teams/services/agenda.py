"""How an agenda fills itself: what waits for the team, and what the last meeting left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fairfloor.actions.public import open_actions
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.suggestions.public import Suggestion
from fairfloor.teams.models import AgendaItem, Meeting
from fairfloor.teams.workflow import NEW_SUGGESTIONS_ON_AGENDA, ItemKind, Status


def _left_open(meeting: Meeting) -> tuple[int | None, list[AgendaItem]]:
    """The number of the last meeting of the team that had an agenda, and its items that were not done."""
    last = (
        Meeting.objects.filter(team_id=meeting.team_id, number__lt=meeting.number, items__isnull=False)
        .exclude(status=Status.WITHDRAWN)
        .order_by("-number", "id")
        .first()
    )
    if last is None:
        return None, []
    return last.number, list(
        AgendaItem.objects.filter(meeting=last, is_done=False).order_by("position", "id")
    )


def _suggestion_codes() -> tuple[list[str], list[str]]:
    """Codes of the ideas taken to the meeting, and of the oldest ones nobody has looked at yet."""
    in_meeting = Suggestion.objects.filter(status=SuggestionStatus.IN_MEETING).order_by(
        "submitted_date", "id"
    )
    new = Suggestion.objects.filter(status=SuggestionStatus.NEW).order_by("submitted_date", "id")
    return (
        list(in_meeting.values_list("code", flat=True)),
        list(new.values_list("code", flat=True)[:NEW_SUGGESTIONS_ON_AGENDA]),
    )


def _waiting(day: date, carried: set[tuple[str, str]]) -> Iterator[tuple[ItemKind, str]]:
    """The records that wait for the team, safety first."""
    in_meeting, new = _suggestion_codes()
    for code in in_meeting:
        yield ItemKind.SUGGESTION, code
    for code in new:
        yield ItemKind.SUGGESTION, code
    late = [action for action in open_actions() if action.due_date is not None and action.due_date < day]
    others = [action for action in open_actions() if action.due_date is None or action.due_date >= day]
    for action in (*late, *others):
        yield ItemKind.ACTION, action.code


def fill_agenda(meeting: Meeting, day: date) -> int:
    """Add to the agenda what is not on it yet; returns how many items were added. Safe to run twice."""
    known = {(item.kind, item.about_code) for item in meeting.items.all() if item.about_code}
    position = max((item.position for item in meeting.items.all()), default=0)
    number, left = _left_open(meeting)
    carried = {(item.kind, item.about_code) for item in left if item.about_code}
    wanted = [
        AgendaItem(meeting=meeting, kind=item.kind, title=item.title, carried_from=number)
        for item in left
        if item.kind == ItemKind.TOPIC and not meeting.items.filter(kind=item.kind, title=item.title).exists()
    ]
    for kind, code in _waiting(day, carried):
        key = (kind.value, code)
        if key not in known:
            known.add(key)
            wanted.append(
                AgendaItem(
                    meeting=meeting,
                    kind=kind.value,
                    about_code=code,
                    carried_from=number if key in carried else None,
                )
            )
    for item in wanted:
        position += 1
        item.position = position
    AgendaItem.objects.bulk_create(wanted)
    return len(wanted)
