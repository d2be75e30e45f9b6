"""What other features may use of conversations."""

from fairfloor.conversations.models import Conversation, Message
from fairfloor.conversations.services import (
    ContentDiffers,
    Receipt,
    ThreadFull,
    conversation_of,
    messages_of,
    open_conversation,
    parse_receipt,
    receipt_for,
    say,
    set_waiting,
)

__all__ = [
    "ContentDiffers",
    "Conversation",
    "Message",
    "Receipt",
    "ThreadFull",
    "conversation_of",
    "messages_of",
    "open_conversation",
    "parse_receipt",
    "receipt_for",
    "say",
    "set_waiting",
]
