"""What a receipt shows of its suggestion."""

from __future__ import annotations

from datetime import date

from django.utils import formats, timezone, translation

from fairfloor.conversations.public import StoryKind, WorkerStory
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.worker_words import LATE, READ, RECEIVED, WORKER_STATES
from fairfloor.suggestions.workflow import Status, acknowledge_due, decision_due

MERGE_STEPS = 5


def end_of_merges(own: Suggestion) -> Suggestion:
    """The suggestion whose state and answer hold for this one: itself, or what it was merged into, step by step."""
    shown = own
    for _step in range(MERGE_STEPS):
        if shown.status != Status.MERGED or shown.merged_into is None:
            break
        shown = shown.merged_into
    return shown


def worker_story(conversation_id: int, language: str, day: date | None = None) -> WorkerStory | None:
    """The state of the suggestion behind a thread, told to its writer; ``None`` when no suggestion is behind it.

    A merged suggestion shows the state and the answer of the one it joined, never that one's words or thread. ``day``
    is the enterprise's own; without it the day of the page's clock, which is the enterprise's.
    """
    own = Suggestion.objects.filter(conversation_id=conversation_id).first()
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
    )
