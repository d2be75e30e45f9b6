"""Opening a thread, and speaking in it."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from fairfloor.conversations.models import Conversation, Message
from fairfloor.core.limits import count_try, tries

PICTURES = 64
PICTURES_IN_RECEIPT = 4
DIGITS_IN_RECEIPT = 8
MESSAGES_IN_THREAD = 200


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
    def spoken_digits(self) -> str:
        """The digits in two groups of four, as they are read aloud."""
        return f"{self.digits[:4]} {self.digits[4:]}"

    @property
    def hash(self) -> str:
        """What the database keeps of it."""
        return hmac.new(
            settings.SECRET_KEY.encode(), f"receipt:{self.code}".encode(), hashlib.sha256
        ).hexdigest()


class ContentDiffers(ValueError):
    """The same client id came with another content (409)."""


class ThreadFull(ValueError):
    """The thread has as many messages as it can hold."""


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
    """The receipt written in a link or typed in, or ``None`` when it cannot be one.

    The numbers of the pictures and the digits may stand apart or together: ``07 63 12 40 4831 0275``.
    """
    if len(joined := code.replace(" ", "").replace("-", "")) == 2 * PICTURES_IN_RECEIPT + DIGITS_IN_RECEIPT:
        code = "-".join([*(joined[i : i + 2] for i in range(0, 8, 2)), joined[8:]])
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


@transaction.atomic(savepoint=False)
def open_conversation(
    *, enterprise_id: int, client_id: str, content: dict[str, Any], language: str, day: date
) -> tuple[Conversation, Receipt, bool]:
    """Open the thread of a send; returns it, its receipt and whether it is new.

    The same id with the same content gives the first thread again; with another content :class:`ContentDiffers`.
    """
    receipt = receipt_for(enterprise_id, client_id)
    hashed = content_hash(content)
    conversation = Conversation(
        client_id=client_id,
        receipt_hash=receipt.hash,
        content_hash=hashed,
        language=language,
        opened_date=day,
    )
    # A known id is passed over without a fault: PostgreSQL would write the refused row into its log, with the time.
    Conversation.objects.bulk_create([conversation], ignore_conflicts=True)
    known = Conversation.objects.get(client_id=client_id)
    if known.pk == conversation.pk:
        return known, receipt, True
    if not hmac.compare_digest(known.content_hash, hashed):
        raise ContentDiffers(client_id)
    return known, receipt, False


@transaction.atomic
def say(*, conversation_id: int, text: str, is_from_staff: bool, day: date, author_name: str = "") -> Message:
    """Add a message at the end of a thread. The caller has checked who may speak.

    The same words again on the same day from the same side are a form sent twice and stay one message. Raises
    :class:`ThreadFull` when the thread has reached its limit.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    last = conversation.messages.order_by("-position", "id").first()
    text = text.strip()
    if last and (last.text, last.is_from_staff, last.sent_date) == (text, is_from_staff, day):
        return last
    if last and last.position >= MESSAGES_IN_THREAD:
        raise ThreadFull
    message = Message.objects.create(
        conversation=conversation,
        position=last.position + 1 if last else 1,
        is_from_staff=is_from_staff,
        author_name=author_name if is_from_staff else "",
        text=text,
        sent_date=day,
    )
    set_waiting(conversation_id=conversation.pk, is_waiting=not is_from_staff, day=day)
    return message


@transaction.atomic
def thank(*, conversation_id: int, day: date) -> bool:
    """The worker says thanks, once until the team speaks again; returns whether it was new. Nothing waits for it."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    last = conversation.messages.order_by("-position", "id").first()
    if (last and (last.is_thanks or last.position >= MESSAGES_IN_THREAD)) or (
        Message.objects.filter(conversation=conversation, is_thanks=True, sent_date=day).exists()
    ):
        return False
    Message.objects.create(
        conversation=conversation,
        position=last.position + 1 if last else 1,
        is_from_staff=False,
        text="",
        sent_date=day,
        is_thanks=True,
    )
    return True


def set_waiting(*, conversation_id: int, is_waiting: bool, day: date) -> None:
    """Note whether the worker waits for a word from the team; inside the transaction of the act that says so.

    A second word while the first still waits does not set the clock back.
    """
    rows = Conversation.objects.filter(pk=conversation_id)
    if not is_waiting:
        rows.update(is_waiting=False, waiting_since_date=None)
        return
    rows.filter(waiting_since_date=None).update(waiting_since_date=day)
    rows.update(is_waiting=True)


def unanswered_since(conversation: Conversation) -> date | None:
    """The day since which the worker waits for a word; ``None`` when nobody waits."""
    if not conversation.is_waiting:
        return None
    return conversation.waiting_since_date or conversation.opened_date


def messages_of(conversation_id: int) -> list[Message]:
    """A thread in order."""
    return list(Message.objects.filter(conversation_id=conversation_id).order_by("position", "id"))


def conversation_of(receipt: Receipt) -> Conversation | None:
    """The thread of a receipt in the enterprise in scope."""
    return Conversation.objects.filter(receipt_hash=receipt.hash).first()


# Tries with receipts that do not exist, per poster link and minute. A receipt has about 50 bits, so even a full minute
# of guessing at this rate every minute of a year finds nothing.
WRONG_RECEIPTS_PER_MINUTE = 60


def too_many_wrong_receipts(token: str) -> bool:
    """Whether somebody seems to be guessing receipts at this link; then all of them are refused for a minute."""
    return tries("receipt", token) >= WRONG_RECEIPTS_PER_MINUTE


def note_wrong_receipt(token: str) -> None:
    """Count one receipt that does not exist."""
    count_try("receipt", token)
