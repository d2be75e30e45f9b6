"""Voice notes from outside: recognised by content, made again from their samples, stripped of everything else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fairfloor.core.files import FileRefused, lay_down
from fairfloor.core.models import StoredFile

MAX_SOUND_BYTES = 2 * 1024 * 1024
# A voice note of a minute takes a third of a second; this is for a hostile one on a busy machine.
PATIENCE_SECONDS = 30
_DECODER = Path(__file__).with_name("sound_decoder.py")


def made_again(data: bytes) -> tuple[bytes, int]:
    """A recording as mono AAC in MP4, which every phone plays, and its length in whole seconds (at least 1).

    WebM, Ogg, MP4 and WAV are read. The decoder runs in a process of its own with limits for memory, time and files.
    Raises :class:`FileRefused` for what is too large, too long (60 seconds) or no sound.
    """
    if len(data) > MAX_SOUND_BYTES:
        raise FileRefused("SOUND_TOO_LARGE")
    try:
        # -I: nothing of the surroundings is loaded, the folder of the program neither.
        done = subprocess.run(  # noqa: S603  our own program; the bytes from outside are its input only
            [sys.executable, "-I", str(_DECODER)],
            input=data,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as refused:
        raise FileRefused("NOT_SOUND") from refused
    head, _line_end, sound = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError as refused:  # it was stopped by its limits, or fell over a hostile byte
        raise FileRefused("NOT_SOUND") from refused
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return sound, max(1, round(answer["seconds"]))


def lay_down_sound(data: bytes, *, permission: str) -> tuple[StoredFile, int]:
    """Make a recording again and write it to the disk; gives the unsaved row and the length in seconds."""
    sound, seconds = made_again(data)
    return lay_down(sound, content_type="audio/mp4", permission=permission), seconds
