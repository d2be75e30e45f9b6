"""Recordings as phones make them, and sending files in parts as a phone does."""

from __future__ import annotations

import io
import math
import uuid
from array import array
from fractions import Fraction

import av
from django.test import Client

from tests.suggestions.asking import token

SECRETS = {"title": "SecretName", "comment": "SecretPlace", "artist": "SecretPhone"}


def recording(container="webm", codec="libopus", seconds=1.0, rate=48_000) -> bytes:
    """A tone, with words about its maker in the metadata."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata.update(SECRETS)
        stream = target.add_stream(codec, rate=rate, layout="mono")
        total, at = int(seconds * rate), 0
        while at < total:
            count = min(960, total - at)
            samples = array("f", (0.3 * math.sin(0.06 * (at + n)) for n in range(count)))
            frame = av.AudioFrame(
                format="s16" if codec == "pcm_s16le" else "flt" if codec == "libopus" else "fltp",
                layout="mono",
                samples=count,
            )
            if codec == "pcm_s16le":
                samples = array("h", (int(20_000 * value) for value in samples))
            content = samples.tobytes()
            frame.planes[0].update(content + bytes(frame.planes[0].buffer_size - len(content)))
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            at += count
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def put(
    factory, receipt, data, *, client_id, offset=0, length=None, kind="PHOTO", part=None, link=None, **more
):
    """One part of a file."""
    headers = {
        "Upload-Offset": str(offset),
        "Upload-Length": str(len(data) if length is None else length),
        "Upload-Kind": kind,
        "Upload-Receipt": receipt,
    } | more
    return Client().put(
        f"/w/{link or token(factory)}/files/{client_id}/",
        data=data if part is None else part,
        content_type="application/octet-stream",
        headers=headers,
    )


def ask(factory, receipt, client_id, method="get"):
    """How far the file has come."""
    return getattr(Client(), method)(
        f"/w/{token(factory)}/files/{client_id}/", headers={"Upload-Receipt": receipt}
    )


def fresh_id() -> str:
    """An id as a phone makes it."""
    return str(uuid.uuid4())
