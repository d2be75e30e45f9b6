"""Makes a voice note again from its samples. Run as a program of its own, so that a hostile file harms nobody else.

Reads the bytes of a recording from standard input and writes one line of JSON and then a mono AAC recording in MP4 to
standard output; or the JSON alone, with the reason, when it refuses. Imports nothing of Fairfloor.
"""

from __future__ import annotations

import io
import json
import resource
import sys

LONGEST_SECONDS = 60
# A phone's clock and its recorder do not stop at the same moment.
GRACE_SECONDS = 2
SHORTEST_SECONDS = 0.2
RATE = 24_000
BIT_RATE = 32_000
MAX_PACKETS = 40_000
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
# By content, never by name. Playlists, which could make the decoder open other files, are not among them.
CODECS = frozenset({"opus", "vorbis", "aac", "mp3", "flac", "amrnb", "amrwb", "pcm_s16le", "pcm_f32le"})


class Refused(Exception):
    """The reason why a recording is not taken: NOT_SOUND or TOO_LONG."""


def container_of(data: bytes) -> str:
    """The name of the container's reader, found by the first bytes."""
    if data[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if data[:4] == b"OggS":
        return "ogg"
    if data[4:8] == b"ftyp":
        return "mov"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    raise Refused("NOT_SOUND")


def limit_oneself() -> None:
    """No more memory and time than a voice note needs, and after this no other file and no connection."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def made_again(av, data: bytes) -> tuple[bytes, float]:
    """The recording as AAC in MP4, and its length in seconds."""
    out = io.BytesIO()
    heard = packets = 0
    # Closed on success only: closing one that holds nothing yet would raise over the reason of the refusal.
    target = av.open(out, "w", format="mp4", options={"fflags": "+bitexact"})
    voice = target.add_stream("aac", rate=RATE, layout="mono", options={"flags": "+bitexact"})
    voice.bit_rate = BIT_RATE
    voice.codec_context.thread_count = 1
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    longest = (LONGEST_SECONDS + GRACE_SECONDS) * RATE
    limit_oneself()  # after the libraries have loaded all their parts, before the first byte from outside is looked at

    def write(frame) -> None:
        nonlocal heard
        for even in resampler.resample(frame):
            # The times in the file are not believed: what counts is what was heard.
            even.pts = heard
            heard += even.samples
            if heard > longest:
                raise Refused("TOO_LONG")
            target.mux(voice.encode(even))

    with av.open(io.BytesIO(data), format=container_of(data), metadata_errors="ignore") as source:
        if not source.streams.audio:
            raise Refused("NOT_SOUND")
        stream = source.streams.audio[0]
        if stream.codec_context.name not in CODECS:
            raise Refused("NOT_SOUND")
        stream.codec_context.thread_count = 1
        for packet in source.demux(stream):
            packets += 1
            if packets > MAX_PACKETS:
                raise Refused("TOO_LONG")
            for frame in packet.decode():
                if not 4_000 <= frame.sample_rate <= 192_000:
                    raise Refused("NOT_SOUND")
                if frame.samples > longest / RATE * frame.sample_rate:
                    raise Refused("TOO_LONG")
                frame.pts = None
                write(frame)
    write(None)
    if heard < SHORTEST_SECONDS * RATE:
        raise Refused("NOT_SOUND")
    target.mux(voice.encode(None))
    target.close()
    return out.getvalue(), heard / RATE


def main() -> None:
    """Read, refuse or make again, and say which."""
    data = sys.stdin.buffer.read()
    import av

    av.logging.set_level(av.logging.PANIC)
    made = b""
    try:
        made, seconds = made_again(av, data)
        answer = {"seconds": seconds}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except Exception:
        # Decoders fail on hostile bytes in more ways than they document; whatever they raise, it is no voice note.
        answer = {"refused": "NOT_SOUND"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
