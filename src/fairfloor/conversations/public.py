"""What other features may use of conversations."""

from fairfloor.conversations.models import Conversation, Message
from fairfloor.conversations.services import (
    ContentDiffers,
    Receipt,
    conversation_of,
    messages_of,
    open_conversation,
    parse_receipt,
    receipt_for,
    say,
)

__all__ = [
    "ContentDiffers",
    "Conversation",
    "Message",
    "Receipt",
    "conversation_of",
    "messages_of",
    "open_conversation",
    "parse_receipt",
    "receipt_for",
    "say",
]
