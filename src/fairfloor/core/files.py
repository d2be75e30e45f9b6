"""Files from outside. Pictures are recognised by content, made again from their pixels, stripped of everything else."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import ExifTags, Image
from pillow_heif import register_heif_opener

from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import current_enterprise_id

MAX_UPLOAD_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000
LONGEST_SIDE = 1600
# Phones' MPO comes in as JPEG. Only names of loaded plugins may stand here: another one raises KeyError.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF")
# How a phone was held (EXIF orientation) → how to turn the picture upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class FileRefused(Exception):
    """An upload was not taken. ``reason`` is one of TOO_LARGE, NOT_A_PICTURE, TOO_MANY_PIXELS for pictures, of
    SOUND_TOO_LARGE, NOT_SOUND, TOO_LONG for voice notes.
    """

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return 413 if self.reason in {"TOO_LARGE", "SOUND_TOO_LARGE"} else 422

    def message(self) -> str:
        """What to tell the person, in the current language."""
        return {
            "TOO_LARGE": _(
                "This photo is larger than 15 MB. Take it again at a lower quality, or send another one."
            ),
            "NOT_A_PICTURE": _(
                "This file is not a photo we can read. Send a JPEG, PNG, WebP or HEIC picture."
            ),
            "TOO_MANY_PIXELS": _("This picture is too large to open. Send a smaller one."),
            "SOUND_TOO_LARGE": _("This voice note is larger than 2 MB. Record a shorter one."),
            "NOT_SOUND": _("This is not a recording we can play. Please record it again."),
            "TOO_LONG": _("This voice note is longer than 60 seconds. Record a shorter one."),
        }[self.reason]


def _flat(picture: Image.Image) -> Image.Image:
    """The picture as plain colours, on white where one can see through it."""
    if picture.mode.startswith("I;16"):
        # Pillow cuts deep grey off at 255 instead of scaling it.
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _reencode(data: bytes) -> tuple[bytes, int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused("TOO_MANY_PIXELS")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            # Made small before it is turned: a picture of 60 million pixels is held once, not three times.
            turn = picture.getexif().get(ExifTags.Base.Orientation)
            small = _flat(picture)
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = small.transpose(_TURNS[turn]) if turn in _TURNS else small
            # A fresh image carries pixels only: no EXIF, no GPS, no colour profile, no thumbnail.
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            out = io.BytesIO()
            clean.save(out, "JPEG", quality=82, optimize=True)
            return out.getvalue(), clean.width, clean.height
    except FileRefused:
        raise
    except Image.DecompressionBombError as refused:
        raise FileRefused("TOO_MANY_PIXELS") from refused
    except Exception as refused:
        # Decoders fail on hostile bytes in more ways than they document (struct.error, IndexError, RuntimeError);
        # whatever they raise, it is not a picture we can read.
        raise FileRefused("NOT_A_PICTURE") from refused


_SUFFIXES = {"image/jpeg": "jpg", "audio/mp4": "m4a"}


def path_of(stored: StoredFile) -> Path:
    """Where the bytes of a stored file lie."""
    return (
        Path(settings.FILES_ROOT)
        / str(stored.enterprise_id)
        / f"{stored.id}.{_SUFFIXES[stored.content_type]}"
    )


def without_times(path: Path) -> None:
    """Give a file the time all files have: the moment one was sent could lead back to its sender."""
    os.utime(path, (0, 0))


def lay_down(
    data: bytes, *, content_type: str, permission: str, width: int = 0, height: int = 0
) -> StoredFile:
    """Write bytes made by ourselves to the disk for the enterprise in scope.

    The row comes back unsaved: save it in the transaction of the act it belongs to. Until then ``doctor`` sees the
    bytes as belonging to nothing.
    """
    stored = StoredFile(
        enterprise_id=current_enterprise_id(),
        content_type=content_type,
        size_bytes=len(data),
        width=width,
        height=height,
        permission=permission,
    )
    path = path_of(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    without_times(path)
    return stored


def lay_down_photo(upload, *, permission: str) -> StoredFile:
    """Make a picture again from its pixels and write it to the disk; the row comes back unsaved.

    ``upload`` is a file object with ``size``. Raises :class:`FileRefused`.
    """
    if upload.size > MAX_UPLOAD_BYTES:
        raise FileRefused("TOO_LARGE")
    data, width, height = _reencode(upload.read(MAX_UPLOAD_BYTES + 1))
    return lay_down(data, content_type="image/jpeg", permission=permission, width=width, height=height)


def store_photo(upload, *, permission: str) -> StoredFile:
    """Keep a picture for the enterprise in scope; ``permission`` is what a person needs to look at it.

    ``upload`` is a file object with ``size``. Raises :class:`FileRefused`. If the transaction around it
    rolls back, the row goes and the bytes stay unreferenced; ``doctor`` removes those.
    """
    stored = lay_down_photo(upload, permission=permission)
    with transaction.atomic():
        stored.save(force_insert=True)
    return stored


@contextmanager
def kept_only_with(stored: StoredFile | None) -> Iterator[None]:
    """Runs the act a picture was stored for; when the act is refused, the picture goes with it."""
    try:
        yield
    except Exception:
        with transaction.atomic():
            discard_photo(stored)
        raise


def discard_photo(stored: StoredFile | None) -> None:
    """Remove a picture that nothing points to any more: its row now, its bytes once the transaction holds."""
    if stored is None:
        return
    path = path_of(stored)
    StoredFile.objects.filter(pk=stored.pk).delete_only()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
