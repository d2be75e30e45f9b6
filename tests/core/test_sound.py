"""Voice notes from outside: what is taken, what is refused, and what is left of them."""

import io
import subprocess
import zipfile

import av
import pytest

from fairfloor.core import sound
from fairfloor.core.files import FileRefused, path_of
from fairfloor.core.models import StoredFile
from fairfloor.core.sound import lay_down_sound, made_again
from fairfloor.core.tenancy import scope
from tests.conversations.sending import recording


@pytest.mark.parametrize(
    ("container", "codec"), [("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac"), ("wav", "pcm_s16le")]
)
def test_every_phone_s_recording_becomes_one_kind_and_tells_nothing(container, codec):
    data = recording(container, codec, seconds=2)
    assert container == "wav" or b"Secret" in data  # the test would prove nothing otherwise
    kept, seconds = made_again(data)
    assert seconds == 2
    for trace in (b"Secret", b"Lav", b"Opus"):
        assert trace not in kept
    with av.open(io.BytesIO(kept)) as played:
        assert [s.type for s in played.streams] == ["audio"]
        stream = played.streams.audio[0]
        assert (stream.codec_context.name, stream.channels, stream.rate) == ("aac", 1, 24_000)
        assert not {"creation_time", "title", "artist", "comment", "encoder"} & set(played.metadata)
        assert sum(frame.samples for frame in played.decode(stream)) == pytest.approx(48_000, abs=3_000)


def test_what_is_kept_carries_no_time(river):
    with scope(river.id):
        stored, seconds = lay_down_sound(recording(), permission="suggestions.view")
        stored.save(force_insert=True)
        assert seconds == 1
        assert StoredFile.objects.get().content_type == "audio/mp4"
    assert path_of(stored).name == f"{stored.id}.m4a"
    assert path_of(stored).stat().st_mtime == 0


def test_a_minute_is_taken_and_more_is_not():
    _kept, seconds = made_again(recording(seconds=60))
    assert seconds == 60
    with pytest.raises(FileRefused) as refused:
        made_again(recording(seconds=63))
    assert refused.value.reason == "TOO_LONG"
    assert refused.value.status == 422


def polyglot() -> bytes:
    """A picture that is a page and an archive as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return b"GIF89a<script>alert(1)</script>" + out.getvalue()


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1aE\xdf\xa3",
        b"OggS" + b"\xff" * 5000,
        b"\x00\x00\x00\x20ftypisom" + b"\x00" * 5000,
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        PLAYLIST,
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        polyglot(),
        recording("mp4", "aac", seconds=2)[:-600],
        recording(seconds=0.05),
    ],
    ids=["empty", "webm", "ogg", "mp4", "wav", "hls", "concat", "svg", "polyglot", "truncated", "click"],
)
def test_what_is_no_sound_is_refused_in_words(data):
    with pytest.raises(FileRefused) as refused:
        made_again(data)
    assert (refused.value.reason, refused.value.status) == ("NOT_SOUND", 422)
    assert "record it again" in refused.value.message()


def test_what_follows_the_sound_in_the_file_is_not_kept():
    """A recording with a page behind it: it is read as a sound, and only the sound is made again."""
    kept, _seconds = made_again(recording("ogg", "libopus") + b"<script>alert(1)</script>" * 20)
    assert b"script" not in kept


def test_a_length_in_the_header_is_not_believed():
    """A file that says it lasts an hour, and one that says nothing, are as long as what is heard."""
    data = bytearray(recording("mp4", "aac", seconds=2))
    for box in (b"mvhd", b"mdhd", b"tkhd"):
        at = data.find(box)
        data[at + 20 : at + 24] = b"\x7f\xff\xff\xff"
    _kept, seconds = made_again(bytes(data))
    assert seconds == 2


def test_too_many_bytes_are_not_even_opened(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("it was opened"))
    with pytest.raises(FileRefused) as refused:
        made_again(b"OggS" + bytes(sound.MAX_SOUND_BYTES))
    assert (refused.value.reason, refused.value.status) == ("SOUND_TOO_LARGE", 413)


def test_a_decoder_that_hangs_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(sound, "_DECODER", slow)
    monkeypatch.setattr(sound, "PATIENCE_SECONDS", 0.5)
    with pytest.raises(FileRefused) as refused:
        made_again(recording())
    assert refused.value.reason == "NOT_SOUND"


def test_a_decoder_that_eats_memory_is_stopped(monkeypatch, tmp_path):
    """The real limits of the real decoder, with a hostile byte played by a greedy line of ours."""
    greedy = tmp_path / "greedy.py"
    text = sound._DECODER.read_text().replace(
        "    def write(frame)", "    bytearray(4 << 30)\n\n    def write(frame)"
    )
    assert "4 << 30" in text
    greedy.write_text(text)
    monkeypatch.setattr(sound, "_DECODER", greedy)
    with pytest.raises(FileRefused) as refused:
        made_again(recording())
    assert refused.value.reason == "NOT_SOUND"


def test_the_decoder_can_open_no_other_file(monkeypatch, tmp_path):
    curious = tmp_path / "curious.py"
    text = sound._DECODER.read_text()
    assert "    def write(frame)" in text
    curious.write_text(
        text.replace("    def write(frame)", "    open('/etc/hostname')\n\n    def write(frame)")
    )
    monkeypatch.setattr(sound, "_DECODER", curious)
    with pytest.raises(FileRefused):
        made_again(recording())
