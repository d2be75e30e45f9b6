"""What other features may use of suggestions."""

from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.organisations.public import group_to_keep
from fairfloor.suggestions.caution import may_identify
from fairfloor.suggestions.clock_services import overdue_count
from fairfloor.suggestions.labels import CAUTION_LABELS
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.selectors import has_conversation, waiting
from fairfloor.suggestions.services import (
    Submitted,
    accept_suggestion,
    answer_suggestion,
    decline_suggestion,
    mark_passed_to_safety,
    merge_suggestion,
    record_outcome,
    record_project,
    submit_suggestion,
    take_to_meeting,
)
from fairfloor.suggestions.stories import worker_story
from fairfloor.suggestions.workflow import DECIDED, IMPLEMENTED, Channel, Status
from fairfloor.suggestions.writer import (
    add_writer_group,
    ask_back,
    confirm_fixed,
    confirm_outcome,
    say_more,
    say_not_fixed,
    say_thanks,
    tell_group,
)

__all__ = [
    "DECIDED",
    "IMPLEMENTED",
    "Channel",
    "MoveNotAllowed",
    "StaleEdit",
    "Status",
    "Submitted",
    "Suggestion",
    "accept_suggestion",
    "add_writer_group",
    "answer_suggestion",
    "ask_back",
    "caution_words",
    "confirm_fixed",
    "confirm_outcome",
    "decline_suggestion",
    "group_to_keep",
    "has_conversation",
    "mark_passed_to_safety",
    "merge_suggestion",
    "overdue_count",
    "record_outcome",
    "record_project",
    "say_more",
    "say_not_fixed",
    "say_thanks",
    "submit_suggestion",
    "take_to_meeting",
    "tell_group",
    "waiting",
    "worker_story",
]


def caution_words(text: str) -> list[str]:
    """What in a text may tell who somebody is, in words of the current language; empty when nothing was seen."""
    return [str(CAUTION_LABELS[kind]) for kind in may_identify(text)]
