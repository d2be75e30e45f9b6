"""How the bytes of a stored file are handed out, in parts too: a player on an iPhone asks for nothing else."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from fairfloor.core.files import path_of
from fairfloor.core.models import StoredFile

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the one range asked for; ``None`` for the whole. Raises ValueError outside the file."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None  # several ranges or another unit: the whole is a right answer to that
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise ValueError(header)
    return start, end


def answer_with_file(request: HttpRequest, stored: StoredFile) -> HttpResponse:
    """A picture or a voice note; the caller has checked who asks. Raises Http404 when its bytes are gone."""
    path = path_of(stored)
    if not path.exists():
        raise Http404
    size = path.stat().st_size
    try:
        part = _part(request.headers.get("Range", ""), size)
    except ValueError:
        response: HttpResponse = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if part is None:
        response = FileResponse(path.open("rb"), content_type=stored.content_type)
    else:
        start, end = part
        with path.open("rb") as file:
            file.seek(start)
            response = HttpResponse(file.read(end - start + 1), content_type=stored.content_type, status=206)
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    # Opened on its own it is a picture or a sound and nothing that runs.
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; img-src 'self'; sandbox"
    return response
