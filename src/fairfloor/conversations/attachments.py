"""Photos and voice notes that follow a message: taken in parts, made again from their content, kept without a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from fairfloor.conversations.models import Attachment, Conversation, Message
from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.files import (
    MAX_UPLOAD_BYTES,
    FileRefused,
    lay_down_photo,
    path_of,
    without_times,
)
from fairfloor.core.models import StoredFile
from fairfloor.core.sound import MAX_SOUND_BYTES, lay_down_sound
from fairfloor.core.tenancy import current_enterprise_id

CHUNK_BYTES = 256 * 1024
PARTS_KEPT = timedelta(days=7)
# Words need room too: while the disk has less than this, files wait on the phone.
LOW_DISK_BYTES = 512 * 1024 * 1024


class Kind(StrEnum):
    """What can follow a message."""

    PHOTO = "PHOTO"
    VOICE = "VOICE"


class State(StrEnum):
    """How far an attachment has come."""

    RECEIVING = "RECEIVING"
    COMPLETE = "COMPLETE"
    REFUSED = "REFUSED"


MOST_BYTES = {Kind.PHOTO: MAX_UPLOAD_BYTES, Kind.VOICE: MAX_SOUND_BYTES}
MOST_EACH = {Kind.PHOTO: 4, Kind.VOICE: 1}


@dataclass(frozen=True)
class Progress:
    """How many bytes have arrived safely, and whether the whole is here."""

    received: int
    is_complete: bool = False


class WrongOffset(ValueError):
    """A part does not continue where the last one ended; ``received`` says where to go on (409)."""

    def __init__(self, received: int):
        super().__init__(received)
        self.received = received


class UnknownAttachment(LookupError):
    """The id belongs to the message of somebody else (404)."""


class NoRoom(RuntimeError):
    """The disk is nearly full; the file can wait on the phone (503)."""


class AttachmentRefused(FileRefused):
    """As FileRefused, with the reasons of this module: UNKNOWN_KIND, EMPTY, DIFFERS, TOO_MANY_PHOTOS, TOO_MANY_VOICES,
    PART_TOO_LARGE.
    """

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return 413 if self.reason == "PART_TOO_LARGE" else super().status

    def message(self) -> str:
        """What to tell the person, in the current language."""
        own = {
            "UNKNOWN_KIND": _("Only photos and voice notes can be sent here."),
            "EMPTY": _("This file is empty. Please take or record it again."),
            "DIFFERS": _("Another file was begun under this number. Please add it once more."),
            "TOO_MANY_PHOTOS": _("A message can have four photos. Send the others with another message."),
            "TOO_MANY_VOICES": _("A message can have one voice note. Send the other with another message."),
            "PART_TOO_LARGE": _("This part is too large to send at once. Please send it once more."),
        }
        return own[self.reason] if self.reason in own else super().message()


def _part_path(attachment: Attachment) -> Path:
    """Where the parts are gathered; the ending keeps them out of backups."""
    folder = Path(settings.FILES_ROOT) / str(attachment.enterprise_id) / "parts"
    return folder / f"{attachment.pk}.part"


def _received(attachment: Attachment) -> int:
    """What lies on the disk is the truth, also after a crash or a restored backup."""
    if attachment.state == State.COMPLETE:
        return attachment.expected_bytes
    try:
        return min(_part_path(attachment).stat().st_size, attachment.expected_bytes)
    except FileNotFoundError:
        return 0


def _progress(attachment: Attachment) -> Progress:
    return Progress(_received(attachment), attachment.state == State.COMPLETE)


def _find(conversation_id: int, client_id: str) -> Attachment | None:
    attachment = Attachment.objects.filter(client_id=client_id).first()
    if attachment is not None and attachment.conversation_id != conversation_id:
        raise UnknownAttachment(client_id)
    return attachment


def progress_of(*, conversation_id: int, client_id: str) -> Progress:
    """How far a file has come; one never begun has 0 bytes. Raises :class:`UnknownAttachment`,
    :class:`AttachmentRefused` when it has been refused before.
    """
    attachment = _find(conversation_id, client_id)
    if attachment is None:
        return Progress(0)
    if attachment.state == State.REFUSED:
        raise AttachmentRefused(attachment.reason)
    return _progress(attachment)


def _check(kind: str, length: int) -> Kind:
    if kind not in Kind.__members__:
        raise AttachmentRefused("UNKNOWN_KIND")
    if length <= 0:
        raise AttachmentRefused("EMPTY")
    if length > MOST_BYTES[Kind(kind)]:
        raise AttachmentRefused("TOO_LARGE" if kind == Kind.PHOTO else "SOUND_TOO_LARGE")
    return Kind(kind)


@transaction.atomic
def _begin(
    conversation_id: int, message_id: int | None, client_id: str, kind: Kind, length: int, day: date
) -> Attachment:
    """The row of a file, made once; at most four photos and one voice note for each message."""
    Conversation.objects.select_for_update().get(pk=conversation_id)
    found = _find(conversation_id, client_id)
    if found is not None:
        return found
    beside = Attachment.objects.filter(
        conversation_id=conversation_id, message_id=message_id, kind=kind.value
    )
    if beside.exclude(state=State.REFUSED).count() >= MOST_EACH[kind]:
        raise AttachmentRefused("TOO_MANY_PHOTOS" if kind is Kind.PHOTO else "TOO_MANY_VOICES")
    return Attachment.objects.create(
        conversation_id=conversation_id,
        message_id=message_id,
        client_id=client_id,
        kind=kind.value,
        expected_bytes=length,
        begun_date=day,
    )


def _latest_reply(conversation_id: int) -> int | None:
    """The writer's last message after the first words, to which a photo added in the thread belongs."""
    own = Message.objects.filter(conversation_id=conversation_id, is_from_staff=False)
    return own.order_by("-position", "id").values_list("pk", flat=True).first()


@contextmanager
def _only_one(path: Path) -> Iterator[int]:
    """The gathered parts, open and ours alone: two tabs may send the same file at the same moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def take_part(
    *,
    actor: Actor,
    conversation_id: int,
    client_id: str,
    kind: str,
    offset: int,
    length: int,
    part: bytes,
    permission: str,
    day: date,
    at: datetime,
    is_reply: bool = False,
) -> Progress:
    """Take one part (at most 256 KiB) of a file of ``length`` bytes; the caller has found the thread by its receipt.

    A part that is here already changes nothing. With the last one the file is made again from its content; what is
    kept needs ``permission`` to be seen by staff. Raises :class:`WrongOffset`, :class:`UnknownAttachment`,
    :class:`NoRoom` and :class:`AttachmentRefused`.
    """
    checked = _check(kind, length)
    if len(part) > CHUNK_BYTES:
        raise AttachmentRefused("PART_TOO_LARGE")
    attachment = _find(conversation_id, client_id)
    if attachment is None:
        if offset != 0:
            raise WrongOffset(0)
        if shutil.disk_usage(settings.DATA).free < LOW_DISK_BYTES:
            raise NoRoom
        message_id = _latest_reply(conversation_id) if is_reply else None
        attachment = _begin(conversation_id, message_id, client_id, checked, length, day)
    if (attachment.kind, attachment.expected_bytes) != (checked.value, length):
        raise AttachmentRefused("DIFFERS")
    if attachment.state == State.REFUSED:
        raise AttachmentRefused(attachment.reason)
    if attachment.state == State.COMPLETE:
        return _progress(attachment)
    if not 0 <= offset <= length - len(part):
        raise WrongOffset(_received(attachment))
    path = _part_path(attachment)
    with _only_one(path) as descriptor:
        attachment.refresh_from_db()
        if attachment.state == State.REFUSED:
            path.unlink(missing_ok=True)
            raise AttachmentRefused(attachment.reason)
        if attachment.state == State.COMPLETE:  # by the other tab, while this one waited
            path.unlink(missing_ok=True)
            return _progress(attachment)
        size = os.fstat(descriptor).st_size
        if offset + len(part) > size:
            if offset != size:
                raise WrongOffset(size)
            _append(descriptor, part, size)
            without_times(path)
            size += len(part)
        if size >= length:
            _finish(actor, attachment, os.pread(descriptor, length, 0), permission, at)
            path.unlink(missing_ok=True)
        return Progress(size, size >= length)


def _append(descriptor: int, part: bytes, size: int) -> None:
    """Add a part at the end and make sure that it lies on the disk before anybody says so."""
    try:
        written = 0
        while written < len(part):
            written += os.pwrite(descriptor, part[written:], size + written)
        os.fsync(descriptor)
    except OSError as full:
        os.ftruncate(descriptor, size)
        raise NoRoom from full


def _finish(actor: Actor, attachment: Attachment, data: bytes, permission: str, at: datetime) -> None:
    """Make the whole again from its content and keep it; or note why not, so that it is not sent for ever."""
    seconds = 0
    try:
        if attachment.kind == Kind.PHOTO:
            stored = lay_down_photo(ContentFile(data), permission=permission)
        else:
            stored, seconds = lay_down_sound(data, permission=permission)
    except FileRefused as refused:
        Attachment.objects.filter(pk=attachment.pk).update(state=State.REFUSED.value, reason=refused.reason)
        _part_path(attachment).unlink(missing_ok=True)
        raise AttachmentRefused(refused.reason) from refused
    try:
        _keep(actor, attachment, stored, seconds, at)
    except BaseException:
        path_of(stored).unlink(missing_ok=True)
        raise


@transaction.atomic
def _keep(actor: Actor, attachment: Attachment, stored: StoredFile, seconds: int, at: datetime) -> None:
    stored.save(force_insert=True)
    Attachment.objects.filter(pk=attachment.pk).update(
        state=State.COMPLETE.value, stored=stored, seconds=seconds
    )
    audit.record(actor, "attachment.received", attachment, at, kind=str(attachment.kind))


def attach_posted(
    *,
    actor: Actor,
    conversation_id: int,
    uploads: list,
    kind: str,
    permission: str,
    day: date,
    at: datetime,
    is_reply: bool = False,
) -> str:
    """Keep whole files that came with a form (a phone without script); returns what to tell about one refused, or "".

    Nothing is raised: the words have arrived, and a refused photo must not stand between the writer and the receipt.
    The same form sent twice keeps each file once.
    """
    problem = ""
    message_id = _latest_reply(conversation_id) if is_reply and uploads else None
    for upload in uploads:
        try:
            checked = _check(kind, upload.size)
            data = upload.read(MOST_BYTES[checked] + 1)
            name = hashlib.sha256(f"{conversation_id}:{message_id}:".encode() + data).hexdigest()[:32]
            attachment = _begin(conversation_id, message_id, name, checked, len(data), day)
            if attachment.state == State.REFUSED:
                raise AttachmentRefused(attachment.reason)
            if attachment.state == State.RECEIVING:
                _finish(actor, attachment, data, permission, at)
        except FileRefused as refused:
            problem = refused.message()
        except OSError:
            problem = _("There was no room for the photo. Your words have arrived.")
    return problem


def attachments_of(conversation_id: int) -> list[Attachment]:
    """What has come whole with a thread, voice notes last; in no order of arrival."""
    return list(
        Attachment.objects.filter(conversation_id=conversation_id, state=State.COMPLETE)
        .select_related("stored")
        .order_by("kind", "id")
    )


def attachment_file(*, conversation_id: int, attachment_id: int) -> StoredFile | None:
    """The bytes of one attachment of this thread, for its writer."""
    attachment = Attachment.objects.filter(
        pk=attachment_id, conversation_id=conversation_id, state=State.COMPLETE
    ).select_related("stored")
    return next((one.stored for one in attachment), None)


def sweep_parts(day: date) -> int:
    """Clear away what was begun more than seven days ago and never came whole; returns how many. Safe to run twice."""
    old = Attachment.objects.filter(begun_date__lt=day - PARTS_KEPT).exclude(state=State.COMPLETE)
    count = 0
    for attachment in old:
        _part_path(attachment).unlink(missing_ok=True)
        count += Attachment.objects.filter(pk=attachment.pk).exclude(state=State.COMPLETE).delete()[0]
    folder = Path(settings.FILES_ROOT) / str(current_enterprise_id()) / "parts"
    known = {
        f"{key}.part"
        for key in Attachment.objects.filter(state=State.RECEIVING.value).values_list("pk", flat=True)
    }
    for path in folder.glob("*.part"):
        if path.name not in known:
            path.unlink(missing_ok=True)
            count += 1
    return count
