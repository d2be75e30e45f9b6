"""What a receipt shows of its suggestion."""

from __future__ import annotations

from datetime import date

from django.utils import formats, timezone, translation

from fairfloor.conversations.public import StoryKind, WorkerStory, unanswered_since
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.worker_words import LATE, READ, RECEIVED, WORKER_STATES
from fairfloor.suggestions.workflow import DECIDE_WITHIN, UNDECIDED, Status, acknowledge_due, decision_due


def end_of_merges(own: Suggestion) -> Suggestion:
    """The suggestion whose state and answer hold for this one: itself, or what it was merged into, step by step."""
    shown, seen = own, {own.pk}
    while shown.status == Status.MERGED and shown.merged_into is not None:
        shown = shown.merged_into
        if shown.pk in seen:  # cannot be made by the verbs; an import must not hang a page
            break
        seen.add(shown.pk)
    return shown


def _no_answer_since(own: Suggestion, shown: Suggestion, day: date) -> date | None:
    """Since when the writer has waited, if longer than the two weeks the team has for an answer."""
    since = unanswered_since(own.conversation) if own.conversation else None
    if since is None and shown.status in UNDECIDED:
        since = own.submitted_date
    return since if since is not None and day > since + DECIDE_WITHIN else None


def worker_story(conversation_id: int, language: str, day: date | None = None) -> WorkerStory | None:
    """The state of the suggestion behind a thread, told to its writer; ``None`` when no suggestion is behind it.

    A merged suggestion shows the state and the answer of the one it joined, never that one's words or thread. ``day``
    is the enterprise's own; without it the day of the page's clock, which is the enterprise's.
    """
    own = Suggestion.objects.select_related("conversation").filter(conversation_id=conversation_id).first()
    if own is None:
        return None
    day = day or timezone.localdate()
    shown = end_of_merges(own)
    if shown.status == Status.NEW:
        is_late = day > decision_due(own.submitted_date)
        state = LATE if is_late else READ if own.acknowledged_date or own is not shown else RECEIVED
    else:
        state = WORKER_STATES[Status(shown.status)]
    is_merged = own.status == Status.MERGED
    with translation.override(language):
        dates = {
            "acknowledge": formats.date_format(acknowledge_due(own.submitted_date), "DATE_FORMAT"),
            "decide": formats.date_format(decision_due(own.submitted_date), "DATE_FORMAT"),
        }
        word, sentence = str(state.word), str(state.sentence) % dates
    return WorkerStory(
        kind=StoryKind.IDEA,
        code=own.code,
        text=own.text,
        submitted_date=own.submitted_date,
        picture=state.picture,
        word=word,
        sentence=sentence,
        answer=(shown.reason or shown.answer) if is_merged or shown.status == Status.WITHDRAWN else "",
        is_merged=is_merged,
        may_confirm=own.status == Status.IMPLEMENTED,
        may_tell_group=not own.sex and not own.level and not own.proposer_code,
        acknowledge_due=acknowledge_due(own.submitted_date),
        decision_due=decision_due(own.submitted_date),
        no_answer_since=_no_answer_since(own, shown, day),
        is_escalated=shown.escalated_date is not None and shown.status in UNDECIDED,
    )
