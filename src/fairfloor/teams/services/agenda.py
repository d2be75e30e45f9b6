"""How an agenda fills itself: what waits for the team, and what the last meeting left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fairfloor.actions.public import open_actions
from fairfloor.indicators.public import month_before, signals_in
from fairfloor.projects.public import ImprovementProject, stale_projects
from fairfloor.projects.public import Status as ProjectStatus
from fairfloor.safety.public import UNFIXED, Hazard, hazards_to_review
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.suggestions.public import Suggestion
from fairfloor.teams.models import AgendaItem, Meeting
from fairfloor.teams.workflow import MOST_OF_A_KIND, ItemKind, Status


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
        list(new.values_list("code", flat=True)[:MOST_OF_A_KIND]),
    )


def _hazard_codes(day: date, left: set[str]) -> list[str]:
    """Hazards to review, and those the last meeting left open that are still not fixed."""
    codes = [hazard.code for hazard in hazards_to_review(day)[:MOST_OF_A_KIND]]
    still = Hazard.objects.filter(code__in=left - set(codes), status__in=UNFIXED).order_by("found_date", "id")
    return [*codes, *still.values_list("code", flat=True)]


def _project_codes(day: date, left: set[str]) -> list[str]:
    """Projects that are late or lie still, and those the last meeting left open that are not finished."""
    codes = [project.code for project in stale_projects(day)[:MOST_OF_A_KIND]]
    still = ImprovementProject.objects.filter(
        code__in=left - set(codes), status=ProjectStatus.IN_PROGRESS
    ).order_by("start_date", "id")
    return [*codes, *still.values_list("code", flat=True)]


def _action_codes(left: set[str]) -> list[str]:
    """Open actions by their day, so the overdue come first and those without a day last."""
    codes = [action.code for action in open_actions()]
    return [*codes[:MOST_OF_A_KIND], *(code for code in codes[MOST_OF_A_KIND:] if code in left)]


def _indicator_codes(day: date, left: set[str]) -> list[str]:
    """Indicators whose last month is more than chance, as code@month, and those the last meeting left open."""
    month = month_before(day)
    codes = [f"{indicator.code}@{month:%Y-%m}" for indicator, _rules in signals_in(month)]
    return [*codes, *sorted(left - set(codes))]


def _waiting(day: date, left: set[tuple[str, str]]) -> Iterator[tuple[ItemKind, str]]:
    """The records that wait for the team: dangers first, then what changed, ideas, projects, promises."""
    in_meeting, new = _suggestion_codes()
    of_kind = {kind: {code for name, code in left if name == kind} for kind in ItemKind}
    found = (
        (ItemKind.HAZARD, _hazard_codes(day, of_kind[ItemKind.HAZARD])),
        (ItemKind.INDICATOR, _indicator_codes(day, of_kind[ItemKind.INDICATOR])),
        (ItemKind.SUGGESTION, [*in_meeting, *new]),
        (ItemKind.PROJECT, _project_codes(day, of_kind[ItemKind.PROJECT])),
        (ItemKind.ACTION, _action_codes(of_kind[ItemKind.ACTION])),
    )
    for kind, codes in found:
        for code in codes:
            yield kind, code


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
