"""What other features may use of conversations."""

from fairfloor.conversations.labels import PICTURE_LABELS
from fairfloor.conversations.models import Conversation, Message
from fairfloor.conversations.services import (
    ContentDiffers,
    Receipt,
    ThreadFull,
    conversation_of,
    messages_of,
    note_wrong_receipt,
    open_conversation,
    parse_receipt,
    receipt_for,
    say,
    set_waiting,
    thank,
    too_many_wrong_receipts,
    unanswered_since,
)
from fairfloor.conversations.stories import StoryKind, WorkerStory

__all__ = [
    "PICTURE_LABELS",
    "ContentDiffers",
    "Conversation",
    "Message",
    "Receipt",
    "StoryKind",
    "ThreadFull",
    "WorkerStory",
    "conversation_of",
    "messages_of",
    "note_wrong_receipt",
    "open_conversation",
    "parse_receipt",
    "receipt_for",
    "say",
    "set_waiting",
    "thank",
    "too_many_wrong_receipts",
    "unanswered_since",
]
