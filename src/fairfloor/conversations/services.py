"""Opening a thread, and speaking in it."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction

from fairfloor.conversations.models import Conversation, Message

PICTURES = 64
PICTURES_IN_RECEIPT = 4
DIGITS_IN_RECEIPT = 8


@dataclass(frozen=True)
class Receipt:
    """What a worker keeps: four pictures (0–63) and eight digits; about 50 bits, tries are rate-limited."""

    pictures: tuple[int, ...]
    digits: str

    @property
    def code(self) -> str:
        """The receipt as one string for links: ``07-63-12-40-48310275``."""
        return "-".join(f"{p:02d}" for p in self.pictures) + "-" + self.digits

    @property
    def hash(self) -> str:
        """What the database keeps of it."""
        return hmac.new(
            settings.SECRET_KEY.encode(), f"receipt:{self.code}".encode(), hashlib.sha256
        ).hexdigest()


class ContentDiffers(ValueError):
    """The same client id came with another content (409)."""


def receipt_for(enterprise_id: int, client_id: str) -> Receipt:
    """The receipt of a send: derived, not stored, so that a retry gets the same one."""
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"send:{enterprise_id}:{client_id}".encode(), hashlib.sha256
    ).digest()
    number = int.from_bytes(digest, "big")
    pictures = []
    for _position in range(PICTURES_IN_RECEIPT):
        number, picture = divmod(number, PICTURES)
        pictures.append(picture)
    return Receipt(tuple(pictures), f"{number % 10**DIGITS_IN_RECEIPT:0{DIGITS_IN_RECEIPT}d}")


def parse_receipt(code: str) -> Receipt | None:
    """The receipt written in a link or typed in, or ``None`` when it cannot be one."""
    parts = code.replace(" ", "-").split("-")
    parts = [part for part in parts if part]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) < PICTURES_IN_RECEIPT + 1:
        return None
    pictures = tuple(int(part) for part in parts[:PICTURES_IN_RECEIPT])
    digits = "".join(parts[PICTURES_IN_RECEIPT:])
    if len(digits) != DIGITS_IN_RECEIPT or any(p >= PICTURES for p in pictures):
        return None
    return Receipt(pictures, digits)


def content_hash(content: dict[str, Any]) -> str:
    """A keyed hash of what was sent; without the key nobody can test guesses of a text against it."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def open_conversation(
    *, enterprise_id: int, client_id: str, content: dict[str, Any], language: str, day: date
) -> tuple[Conversation, Receipt, bool]:
    """Open the thread of a send; returns it, its receipt and whether it is new.

    The same id with the same content gives the first thread again; with another content :class:`ContentDiffers`.
    """
    receipt = receipt_for(enterprise_id, client_id)
    hashed = content_hash(content)
    conversation, created = Conversation.objects.get_or_create(
        client_id=client_id,
        defaults={
            "receipt_hash": receipt.hash,
            "content_hash": hashed,
            "language": language,
            "opened_date": day,
        },
    )
    if not created and not hmac.compare_digest(conversation.content_hash, hashed):
        raise ContentDiffers(client_id)
    return conversation, receipt, created


@transaction.atomic
def say(*, conversation_id: int, text: str, is_from_staff: bool, day: date, author_name: str = "") -> Message:
    """Add a message at the end of a thread. The caller has checked who may speak."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    last = conversation.messages.aggregate(last=models.Max("position"))["last"] or 0
    return Message.objects.create(
        conversation=conversation,
        position=last + 1,
        is_from_staff=is_from_staff,
        author_name=author_name if is_from_staff else "",
        text=text.strip(),
        sent_date=day,
    )


def messages_of(conversation_id: int) -> list[Message]:
    """A thread in order."""
    return list(Message.objects.filter(conversation_id=conversation_id).order_by("position", "id"))


def conversation_of(receipt: Receipt) -> Conversation | None:
    """The thread of a receipt in the enterprise in scope."""
    return Conversation.objects.filter(receipt_hash=receipt.hash).first()
