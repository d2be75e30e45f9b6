"""What other features may use of suggestions."""

from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.selectors import WorkerStory, has_conversation, waiting, worker_story
from fairfloor.suggestions.services import (
    Submitted,
    accept_suggestion,
    add_writer_group,
    answer_suggestion,
    ask_back,
    confirm_outcome,
    decline_suggestion,
    mark_passed_to_safety,
    merge_suggestion,
    record_outcome,
    record_project,
    submit_suggestion,
    take_to_meeting,
)
from fairfloor.suggestions.workflow import DECIDED, IMPLEMENTED, Channel, Status, group_to_keep

__all__ = [
    "DECIDED",
    "IMPLEMENTED",
    "Channel",
    "MoveNotAllowed",
    "StaleEdit",
    "Status",
    "Submitted",
    "Suggestion",
    "WorkerStory",
    "accept_suggestion",
    "add_writer_group",
    "answer_suggestion",
    "ask_back",
    "confirm_outcome",
    "decline_suggestion",
    "group_to_keep",
    "has_conversation",
    "mark_passed_to_safety",
    "merge_suggestion",
    "record_outcome",
    "record_project",
    "submit_suggestion",
    "take_to_meeting",
    "waiting",
    "worker_story",
]
