"""Reads of suggestions: one function per screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.models import AuditEvent
from fairfloor.core.ui.waiting import RELIC_AFTER, Waiting, relics
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.similarity import likeness, tokens
from fairfloor.suggestions.workflow import (
    IMPLEMENTED,
    MOVES,
    Status,
    acknowledge_due,
    decision_due,
    long_late_since,
)

CANDIDATES_LOOKED_AT = 400
LIKE_ENOUGH = 45.0

NEEDS_ANSWER = Q(status=Status.NEW) | (Q(conversation__is_waiting=True) & ~Q(status=Status.WITHDRAWN))
VIEWS = {
    "waiting": NEEDS_ANSWER,
    "meeting": Q(status=Status.IN_MEETING),
    "doing": Q(status=Status.ACCEPTED),
    "done": Q(status__in=IMPLEMENTED),
    "all": Q(),
}


def in_view(name: str) -> QuerySet[Suggestion]:
    """The suggestions of one tab of the list."""
    return Suggestion.objects.filter(VIEWS[name]).select_related("conversation")


def by_code(code: str) -> Suggestion | None:
    """One suggestion with what its page shows beside it."""
    return Suggestion.objects.select_related("conversation", "merged_into").filter(code=code).first()


def for_triage(limit: int) -> list[Suggestion]:
    """New suggestions, the longest waiting first."""
    return list(Suggestion.objects.filter(status=Status.NEW).order_by("submitted_date", "id")[:limit])


def merged_with(suggestion: Suggestion) -> list[Suggestion]:
    """The suggestions that were merged into this one."""
    merged = Suggestion.objects.filter(merged_into=suggestion)  # sorted here, see `core.audit.story_of`
    return sorted(merged, key=lambda each: (each.submitted_date, each.id))


@dataclass(frozen=True)
class Candidate:
    """Another suggestion that may say the same."""

    suggestion: Suggestion
    likeness: float


def merge_candidates(suggestion: Suggestion, day: date, limit: int = 5) -> list[Candidate]:
    """Recent suggestions, not merged or withdrawn, that are most like this one; the likest first."""
    own = tokens(f"{suggestion.title} {suggestion.text} {suggestion.translation}")
    recent = (
        Suggestion.objects.filter(submitted_date__gte=day - timedelta(days=365))
        .exclude(status__in=[Status.MERGED, Status.WITHDRAWN, Status.TO_SAFETY])
        .exclude(pk=suggestion.pk)
        .order_by("-submitted_date", "id")
    )[:CANDIDATES_LOOKED_AT]
    scored = [
        Candidate(row, likeness(own, tokens(f"{row.title} {row.text} {row.translation}"))) for row in recent
    ]
    found = [candidate for candidate in scored if candidate.likeness >= LIKE_ENOUGH]
    return sorted(found, key=lambda candidate: (-candidate.likeness, candidate.suggestion.pk))[:limit]


def changes_since(suggestion: Suggestion, version: int) -> list[AuditEvent]:
    """What others did to a suggestion after the version a form saw, newest first."""
    story = audit.story_of(suggestion)
    return [event for event in reversed(story) if (event.detail or {}).get("version", 0) > version]


def has_conversation(conversation_id: int) -> bool:
    """Whether a suggestion stands behind this thread."""
    return Suggestion.objects.filter(conversation_id=conversation_id).exists()


def long_late(day: date) -> Q:
    """Ideas that came in so long ago that their decision is late by more than half a year."""
    return Q(submitted_date__lt=long_late_since(day, RELIC_AFTER))


def _long_late_lines(day: date) -> list[Waiting]:
    """One line for the old ideas nobody answered, one for those a meeting never came to."""
    counts = Suggestion.objects.filter(long_late(day)).aggregate(
        new=Count("id", filter=Q(status=Status.NEW)), meeting=Count("id", filter=Q(status=Status.IN_MEETING))
    )
    new = ngettext(
        "%(count)s older idea still waits for an answer.",
        "%(count)s older ideas still wait for an answer.",
        counts["new"],
    )
    meeting = ngettext(
        "%(count)s older idea still waits for a meeting.",
        "%(count)s older ideas still wait for a meeting.",
        counts["meeting"],
    )
    lines = (
        (counts["new"], new, f"view=waiting&state={Status.NEW}&period=older"),
        (counts["meeting"], meeting, "view=meeting&period=older"),
    )
    return [
        relics(text % {"count": count}, "suggestions:list", query) for count, text, query in lines if count
    ]


def waiting(actor: Actor, day: date, limit: int = 20) -> list[Waiting]:
    """What waits for an answer from the team, what is due first standing first; what is long late in one line."""
    if not actor.may("suggestions.triage"):
        return []
    rows = (
        Suggestion.objects.filter(NEEDS_ANSWER | Q(status=Status.IN_MEETING))
        .exclude(Q(status__in=[Status.NEW, Status.IN_MEETING]) & long_late(day))
        .select_related("conversation")
        .order_by("submitted_date", "id")[:limit]
    )
    found = []
    for row in rows:
        name = row.title or row.text[:60]
        if row.status in {Status.NEW, Status.IN_MEETING}:
            is_unread = row.acknowledged_date is None and row.status == Status.NEW
            due = acknowledge_due(row.submitted_date) if is_unread else decision_due(row.submitted_date)
            text = (
                _("The idea “%(name)s” waits for a decision.")
                if not is_unread
                else _("The idea “%(name)s” is new.")
            )
        else:
            due, text = None, _("The writer of “%(name)s” waits for an answer.")
        found.append(
            Waiting(text % {"name": name}, "suggestions:detail", row.code, due, bool(due and day > due))
        )
    found.sort(key=lambda item: (item.due_date or day, item.key))
    return [*found, *_long_late_lines(day)]


def possible_moves(suggestion: Suggestion) -> frozenset[Status]:
    """Where the suggestion may go from here."""
    return MOVES[Status(suggestion.status)]
