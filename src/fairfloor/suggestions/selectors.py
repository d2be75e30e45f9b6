"""Reads of suggestions: one function per screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.conversations.public import Conversation, unanswered_since
from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.models import AuditEvent
from fairfloor.core.ui.formatting import shortened
from fairfloor.core.ui.waiting import RELIC_AFTER, Waiting, relics
from fairfloor.suggestions.labels import likeness_words
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.similarity import likeness_of_texts
from fairfloor.suggestions.workflow import (
    DECIDE_WITHIN,
    IMPLEMENTED,
    MOVES,
    UNDECIDED,
    Status,
    acknowledge_due,
    decision_due,
    long_late_since,
)

# The page for merging looks further than the hint on the idea itself, which must not slow that page.
CANDIDATES_LOOKED_AT = 5000
CANDIDATES_FOR_HINT = 800
LIKE_ENOUGH = 30.0

NEEDS_ANSWER = Q(is_held=False) & (
    Q(status=Status.NEW) | (Q(conversation__is_waiting=True) & ~Q(status=Status.WITHDRAWN))
)
VIEWS = {
    "waiting": NEEDS_ANSWER,
    "held": Q(is_held=True) & ~Q(status=Status.WITHDRAWN),
    "meeting": Q(status=Status.IN_MEETING),
    "doing": Q(status=Status.ACCEPTED),
    "done": Q(status__in=IMPLEMENTED),
    "all": Q(),
}


def in_view(name: str) -> QuerySet[Suggestion]:
    """The suggestions of one tab of the list."""
    return Suggestion.objects.filter(VIEWS[name]).select_related("conversation")


def unanswered(day: date) -> Q:
    """Where a writer has waited longer than two weeks for a word: on the idea itself, or on what was asked back."""
    limit = day - DECIDE_WITHIN
    since = Q(conversation__waiting_since_date__lt=limit) | Q(
        conversation__waiting_since_date=None, conversation__opened_date__lt=limit
    )
    asked = Q(conversation__is_waiting=True) & since & ~Q(status=Status.WITHDRAWN)
    return Q(is_held=False) & (asked | Q(status__in=UNDECIDED, submitted_date__lt=limit))


def by_code(code: str) -> Suggestion | None:
    """One suggestion with what its page shows beside it."""
    return Suggestion.objects.select_related("conversation", "merged_into").filter(code=code).first()


def for_triage(limit: int) -> list[Suggestion]:
    """New suggestions, the longest waiting first."""
    return list(
        Suggestion.objects.filter(status=Status.NEW, is_held=False).order_by("submitted_date", "id")[:limit]
    )


def to_answer(limit: int) -> list[Suggestion]:
    """What waits for a word of the team, the oldest first."""
    return list(in_view("waiting").order_by("submitted_date", "id")[:limit])


def by_keys(keys: set[int]) -> list[Suggestion]:
    """Several suggestions, the oldest first."""
    return list(Suggestion.objects.filter(pk__in=keys).order_by("submitted_date", "id"))


def held(limit: int) -> list[Suggestion]:
    """What came in a flood and waits for a look, the oldest first."""
    return list(Suggestion.objects.filter(VIEWS["held"]).order_by("submitted_date", "id")[:limit])


def merged_with(suggestion: Suggestion) -> list[Suggestion]:
    """The suggestions that were merged into this one."""
    merged = Suggestion.objects.filter(merged_into=suggestion)  # sorted here, see `core.audit.story_of`
    return sorted(merged, key=lambda each: (each.submitted_date, each.id))


@dataclass(frozen=True)
class Candidate:
    """Another suggestion that may say the same."""

    suggestion: Suggestion
    likeness: float

    @property
    def words(self) -> str:
        """How alike, in words."""
        return str(likeness_words(self.likeness))


def _texts(title: str, text: str, translation: str) -> tuple[str, ...]:
    return (f"{title} {text}".strip(), translation)


def merge_candidates(
    suggestion: Suggestion, day: date, limit: int = 5, looked_at: int = CANDIDATES_LOOKED_AT
) -> list[Candidate]:
    """Ideas of the last twelve months, not merged or withdrawn, that are most like this one; the likest first.

    Looked at are the newest ``looked_at``; words and translations are compared each with each.
    """
    own = _texts(suggestion.title, suggestion.text, suggestion.translation)
    recent = (
        Suggestion.objects.filter(submitted_date__gte=day - timedelta(days=365), is_held=False)
        .exclude(status__in=[Status.MERGED, Status.WITHDRAWN, Status.TO_SAFETY])
        .exclude(pk=suggestion.pk)
        .order_by("-submitted_date", "id")
        .values_list("pk", "title", "text", "translation")
    )[:looked_at]
    scored = [(likeness_of_texts(own, _texts(*texts)), pk) for pk, *texts in recent]
    best = {
        pk: score
        for score, pk in sorted(scored, key=lambda each: (-each[0], each[1]))[:limit]
        if score >= LIKE_ENOUGH
    }
    rows = {row.pk: row for row in Suggestion.objects.filter(pk__in=best)} if best else {}
    return [Candidate(rows[pk], score) for pk, score in best.items() if pk in rows]


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
    # By status first: the index then leads past all that is settled, however long the history.
    rows = Suggestion.objects.filter(long_late(day), status__in=[Status.NEW, Status.IN_MEETING])
    counts = rows.aggregate(
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
    undecided = [Status.NEW, Status.IN_MEETING]
    rows = Suggestion.objects.filter(is_held=False).select_related("conversation")
    # Two questions, each led by an index of its own: asked as one they walk through all of the history. The second
    # is sorted here, or the database would rather walk along the days.
    young = rows.filter(status__in=undecided).exclude(long_late(day)).order_by("submitted_date", "id")[:limit]
    threads = Conversation.objects.filter(is_waiting=True).values("pk")
    asked = rows.filter(conversation__in=threads).exclude(status__in=[*undecided, Status.WITHDRAWN])
    both = sorted([*young, *asked.order_by()], key=lambda row: (row.submitted_date, row.pk))
    found = [_waiting_line(row, actor, day) for row in both[:limit]]
    found.sort(key=lambda item: (item.due_date or day, item.key))
    return [*found, *_held_line(), *_long_late_lines(day)]


def _waiting_line(row: Suggestion, actor: Actor, day: date) -> Waiting:
    name = row.title or shortened(row.text, 60)
    if row.status not in UNDECIDED:
        since = unanswered_since(row.conversation) if row.conversation else None
        due = since + DECIDE_WITHIN if since else None
        text = _("The writer of “%(name)s” waits for an answer.")
        is_late = bool(due and day > due)
        # Before the two weeks are over nothing is due.
        return Waiting(
            text % {"name": name}, "suggestions:detail", row.code, due if is_late else None, is_late
        )
    is_unread = row.acknowledged_date is None and row.status == Status.NEW
    due = acknowledge_due(row.submitted_date) if is_unread else decision_due(row.submitted_date)
    if row.escalated_date is not None and actor.may("suggestions.watch") and day > due:
        text = _("The idea “%(name)s” is overdue and was handed up to you.")
    elif is_unread:
        text = _("The idea “%(name)s” is new.")
    else:
        text = _("The idea “%(name)s” waits for a decision.")
    return Waiting(text % {"name": name}, "suggestions:detail", row.code, due, day > due)


def _held_line() -> list[Waiting]:
    # All states by name: only so does the index of what is held come into use.
    known = [status for status in Status if status is not Status.WITHDRAWN]
    count = Suggestion.objects.filter(is_held=True, status__in=known).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s idea came in a flood and waits for a look before it counts.",
        "%(count)s ideas came in a flood and wait for a look before they count.",
        count,
    )
    return [Waiting(text % {"count": count}, "suggestions:list", key="", query="view=held")]


def possible_moves(suggestion: Suggestion) -> frozenset[Status]:
    """Where the suggestion may go from here."""
    return MOVES[Status(suggestion.status)]
