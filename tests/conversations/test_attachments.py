"""Photos and voice notes that follow a message: in parts, twice, cut off, too many, with another's receipt."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from fairfloor.config.commands import doctor
from fairfloor.conversations import attachments
from fairfloor.conversations.jobs import sweep_all_parts
from fairfloor.conversations.models import Attachment
from fairfloor.conversations.public import attachments_of, open_conversation
from fairfloor.core.files import path_of
from fairfloor.core.models import AuditEvent, StoredFile
from fairfloor.core.tenancy import scope, unscoped
from fairfloor.organisations.public import Role
from tests.cast import NOW, TODAY
from tests.conversations.sending import ask, fresh_id, put, recording
from tests.core.test_files import picture, picture_with_place
from tests.suggestions.asking import send, signed_in, token
from tests.suggestions.test_unlinkable import dump, has_a_time, order_kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of this test only, and no count of tries from another."""
    settings.FILES_ROOT = tmp_path / "files"
    cache.clear()
    return settings.FILES_ROOT


def noise(side=700) -> bytes:
    """A picture of more than two parts."""
    data = Image.effect_noise((side, side), 90).convert("RGB")
    out = io.BytesIO()
    data.save(out, "PNG")
    assert len(out.getvalue()) > 2 * attachments.CHUNK_BYTES
    return out.getvalue()


def parts(folder) -> list[Path]:
    return sorted(Path(folder).rglob("*.part"))


def kept(factory, sent):
    with scope(factory.id):
        return attachments_of(sent.suggestion.conversation_id)


def test_a_small_photo_comes_in_one_part_and_leaves_its_place_behind(river, own_folder):
    sent, name = send(river), fresh_id()
    response = put(river, sent.receipt.code, picture_with_place(), client_id=name)
    assert response.status_code == 201
    assert response.json()["complete"] is True
    (one,) = kept(river, sent)
    data = path_of(one.stored).read_bytes()
    for trace in (b"Secret", b"Exif", b"2026:03:09"):
        assert trace in picture_with_place()
        assert trace not in data
    assert (one.kind, one.stored.permission, one.message_id) == ("PHOTO", "suggestions.view", None)
    assert parts(own_folder) == []
    with scope(river.id):
        event = AuditEvent.objects.get(verb="attachment.received")
        assert (event.actor_kind, event.actor_name) == ("worker", "")


def test_heic_is_taken(river):
    sent = send(river)
    out = io.BytesIO()
    Image.new("RGB", (200, 100), (10, 120, 60)).save(out, "HEIF")
    assert put(river, sent.receipt.code, out.getvalue(), client_id=fresh_id()).status_code == 201
    (one,) = kept(river, sent)
    with Image.open(path_of(one.stored)) as image:
        assert (image.format, image.size) == ("JPEG", (200, 100))


@pytest.mark.parametrize(("container", "codec"), [("webm", "libopus"), ("mp4", "aac")])
def test_a_voice_note_is_made_again(river, container, codec):
    sent, data = send(river), recording(container, codec, seconds=2)
    assert put(river, sent.receipt.code, data, client_id=fresh_id(), kind="VOICE").json()["complete"]
    (one,) = kept(river, sent)
    assert (one.kind, one.seconds, one.stored.content_type) == ("VOICE", 2, "audio/mp4")
    assert b"Secret" not in path_of(one.stored).read_bytes()


def test_a_lost_connection_is_continued_where_it_ended(river, own_folder):
    sent, name, data = send(river), fresh_id(), noise()
    code, size = sent.receipt.code, attachments.CHUNK_BYTES
    assert ask(river, code, name).json() == {"received": 0, "complete": False}
    first = put(river, code, data, client_id=name, part=data[:size])
    assert (first.status_code, first.json()) == (201, {"received": size, "complete": False})
    assert ask(river, code, name).json() == {"received": size, "complete": False}
    assert ask(river, code, name, "head").status_code == 200
    (part,) = parts(own_folder)
    assert part.stat().st_mtime == 0
    # The answer was lost and the part comes again: nothing is added twice.
    assert put(river, code, data, client_id=name, part=data[:size]).json()["received"] == size
    gap = put(river, code, data, client_id=name, offset=size + 5, part=data[size + 5 : 2 * size])
    assert (gap.status_code, gap.json()) == (409, {"received": size, "complete": False})
    overlap = put(river, code, data, client_id=name, offset=size - 5, part=data[size - 5 : 2 * size - 5])
    assert (overlap.status_code, overlap.json()["received"]) == (409, size)
    offset = size
    while offset < len(data):
        answer = put(river, code, data, client_id=name, offset=offset, part=data[offset : offset + size])
        assert answer.status_code == 200
        offset = answer.json()["received"]
    assert answer.json() == {"received": len(data), "complete": True}
    assert len(kept(river, sent)) == 1
    # And once more after the end.
    last = put(river, code, data, client_id=name, offset=offset - 10, part=data[offset - 10 :])
    assert (last.status_code, last.json()) == (200, {"received": len(data), "complete": True})
    assert put(river, code, data, client_id=name, part=data[:size]).json()["complete"]
    assert len(kept(river, sent)) == 1
    assert parts(own_folder) == []


def test_parts_that_are_gone_are_asked_for_again(river, own_folder):
    """A backup holds no parts: after a restore the phone begins anew."""
    sent, name, data = send(river), fresh_id(), noise()
    put(river, sent.receipt.code, data, client_id=name, part=data[: attachments.CHUNK_BYTES])
    parts(own_folder)[0].unlink()
    assert ask(river, sent.receipt.code, name).json() == {"received": 0, "complete": False}
    answer = put(
        river, sent.receipt.code, data, client_id=name, offset=attachments.CHUNK_BYTES, part=b"x" * 10
    )
    assert (answer.status_code, answer.json()["received"]) == (409, 0)


def test_whoever_has_no_receipt_learns_nothing(river, hill):
    mine, theirs = send(river), send(hill, client_id="f" * 32)
    name = fresh_id()
    assert put(river, mine.receipt.code, picture(), client_id=name).status_code == 201
    for receipt in (theirs.receipt.code, "01-02-03-04-12345678", "", "x" * 500):
        assert put(river, receipt, picture(), client_id=fresh_id()).status_code == 404
        assert ask(river, receipt, name).status_code == 404
    other = send(river, text="Another", client_id="e" * 32)
    assert put(river, other.receipt.code, picture(), client_id=name).status_code == 404
    assert ask(river, other.receipt.code, name).status_code == 404
    (one,) = kept(river, mine)
    page = f"/w/{token(river)}/r/{{}}/files/{one.pk}/"
    own = Client().get(page.format(mine.receipt.code))
    assert own.status_code == 200
    assert own["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in own["Content-Security-Policy"]
    assert Client().get(page.format(other.receipt.code)).status_code == 404
    assert Client().get(f"/w/{token(hill)}/r/{theirs.receipt.code}/files/{one.pk}/").status_code == 404
    assert kept(hill, theirs) == kept(river, other) == []


def test_guessing_receipts_here_counts_as_guessing(river, monkeypatch):
    sent = send(river)
    monkeypatch.setattr("fairfloor.conversations.services.WRONG_RECEIPTS_PER_MINUTE", 3)
    for guess in range(3):
        assert put(river, f"01-02-03-04-1234567{guess}", picture(), client_id=fresh_id()).status_code == 404
    answer = put(river, sent.receipt.code, picture(), client_id=fresh_id())
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_a_flood_waits(river, monkeypatch):
    sent = send(river)
    monkeypatch.setattr("fairfloor.desk.web.views_worker_files.PARTS_PER_MINUTE", 1)
    assert put(river, sent.receipt.code, picture(), client_id=fresh_id()).status_code == 201
    assert put(river, sent.receipt.code, picture(), client_id=fresh_id()).status_code == 429
    assert len(kept(river, sent)) == 1


def test_a_full_disk_asks_the_phone_to_keep_it(river, monkeypatch, own_folder):
    sent = send(river)
    monkeypatch.setattr(attachments, "LOW_DISK_BYTES", 1 << 60)
    assert put(river, sent.receipt.code, picture(), client_id=fresh_id()).status_code == 503
    assert kept(river, sent) == parts(own_folder) == []


@pytest.mark.parametrize(
    ("kind", "length", "status"),
    [
        ("PHOTO", 15 * 1024 * 1024 + 1, 413),
        ("VOICE", 2 * 1024 * 1024 + 1, 413),
        ("VIDEO", 100, 422),
        ("", 100, 422),
        ("PHOTO", 0, 422),
    ],
)
def test_what_is_too_large_or_of_another_kind_is_refused_before_a_byte_is_kept(
    river, own_folder, kind, length, status
):
    sent = send(river)
    answer = put(river, sent.receipt.code, b"x" * 50, client_id=fresh_id(), kind=kind, length=length)
    assert answer.status_code == status
    assert answer.json()["message"]
    with scope(river.id):
        assert not Attachment.objects.exists()
    assert parts(own_folder) == []


def test_a_part_that_is_too_large_is_refused(river):
    sent, data = send(river), b"x" * (attachments.CHUNK_BYTES + 1)
    assert put(river, sent.receipt.code, data, client_id=fresh_id()).status_code == 413


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("PHOTO", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("PHOTO", b"GIF89a<script>alert(1)</script>"),
        ("PHOTO", b"\xff\xd8\xff\xe0" + b"0" * 300),
        ("PHOTO", recording(seconds=0.3)),
        ("VOICE", b"#EXTM3U\nfile:///etc/passwd\n"),
        ("VOICE", b"\x1aE\xdf\xa3" + b"0" * 300),
    ],
)
def test_a_hostile_file_is_refused_once_and_for_all_and_the_words_stay(river, own_folder, kind, data):
    sent, name = send(river), fresh_id()
    answers = [put(river, sent.receipt.code, data, client_id=name, kind=kind) for _time in range(2)]
    answers.append(ask(river, sent.receipt.code, name))
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len({answer.json()["message"] for answer in answers}) == 1
    assert kept(river, sent) == parts(own_folder) == []
    assert [path for path in own_folder.rglob("*") if path.is_file()] == []
    with scope(river.id):
        assert not StoredFile.objects.exists()
    assert Client().get(f"/w/{token(river)}/r/{sent.receipt.code}/").status_code == 200


def test_the_refusal_speaks_the_worker_s_language(river):
    sent = send(river)
    answer = put(river, sent.receipt.code, b"x", client_id=fresh_id(), **{"Accept-Language": "en"})
    assert answer.json()["message"] == (
        "This file is not a photo we can read. Send a JPEG, PNG, WebP or HEIC picture."
    )


def test_four_photos_and_one_voice_note_and_then_a_reply_has_its_own(river):
    sent = send(river)
    code = sent.receipt.code
    for _number in range(4):
        assert put(river, code, picture(), client_id=fresh_id()).status_code == 201
    assert put(river, code, picture(), client_id=fresh_id()).status_code == 422
    assert put(river, code, recording(), client_id=fresh_id(), kind="VOICE").status_code == 201
    assert put(river, code, recording(), client_id=fresh_id(), kind="VOICE").status_code == 422
    assert [one.kind for one in kept(river, sent)] == ["PHOTO"] * 4 + ["VOICE"]
    page = f"/w/{token(river)}/r/{code}/say/"
    assert Client().post(page, {"text": "Here it is again"}).status_code == 303
    assert put(river, code, picture(), client_id=fresh_id(), **{"Upload-Reply": "1"}).status_code == 201
    replies = [one for one in kept(river, sent) if one.message_id]
    assert len(replies) == 1
    with scope(river.id):
        assert replies[0].message.text == "Here it is again"


def test_another_file_under_the_same_number_is_told_so(river):
    sent, name, data = send(river), fresh_id(), noise()
    put(river, sent.receipt.code, data, client_id=name, part=data[:1000])
    answer = put(river, sent.receipt.code, picture(), client_id=name)
    assert answer.status_code == 409
    assert "received" not in answer.json()
    assert ask(river, sent.receipt.code, name).json()["received"] == 1000


def test_what_was_begun_and_never_finished_is_cleared_away_after_a_week(river, hill, own_folder):
    data, whole = noise(), fresh_id()
    mine, theirs = send(river), send(hill, client_id="f" * 32)
    put(river, mine.receipt.code, picture(), client_id=whole)
    for factory, sent in ((river, mine), (hill, theirs)):
        put(factory, sent.receipt.code, data, client_id=fresh_id(), part=data[:1000])
    with scope(river.id):
        began = Attachment.objects.get(client_id=whole).begun_date
        Attachment.objects.update(begun_date=TODAY)
    assert sweep_all_parts(NOW + timedelta(days=7)) == 0
    assert len(parts(own_folder)) == 2
    assert sweep_all_parts(NOW + timedelta(days=8)) == 1
    assert sweep_all_parts(NOW + timedelta(days=8)) == 0
    assert len(parts(own_folder)) == 1
    assert len(kept(river, mine)) == 1
    assert began > TODAY


def test_the_staff_see_and_hear_it_and_others_do_not(river, hill):
    sent = send(river)
    put(river, sent.receipt.code, picture(), client_id=fresh_id())
    put(river, sent.receipt.code, recording(seconds=2), client_id=fresh_id(), kind="VOICE")
    photo, voice = kept(river, sent)
    staff = signed_in(river, "lina", Role.TEAM_SECRETARY)
    page = staff.get(f"/e/river/suggestions/{sent.suggestion.code}/").content.decode()
    assert f"/e/river/files/{photo.stored_id}.jpg" in page
    assert f"/e/river/files/{voice.stored_id}.m4a" in page
    assert "Voice note, 2 seconds" in page
    sound = f"/e/river/files/{voice.stored_id}.m4a"
    assert staff.get(sound)["Content-Type"] == "audio/mp4"
    assert staff.get(f"/e/river/files/{voice.stored_id}.jpg").status_code == 404
    assert signed_in(hill, "chen", Role.MANAGER).get(sound).status_code == 404
    assert Client().get(sound).status_code == 302


def test_a_player_can_ask_for_a_part(river):
    sent = send(river)
    put(river, sent.receipt.code, recording(seconds=2), client_id=fresh_id(), kind="VOICE")
    (voice,) = kept(river, sent)
    data = path_of(voice.stored).read_bytes()
    staff = signed_in(river, "lina", Role.TEAM_SECRETARY)
    address = f"/e/river/files/{voice.stored_id}.m4a"

    def part(asked):
        answer = staff.get(address, headers={"Range": asked})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, answer.get("Content-Range"), body

    size = len(data)
    assert part("bytes=0-1") == (206, f"bytes 0-1/{size}", data[:2])
    assert part("bytes=100-") == (206, f"bytes 100-{size - 1}/{size}", data[100:])
    assert part("bytes=-5") == (206, f"bytes {size - 5}-{size - 1}/{size}", data[-5:])
    assert part(f"bytes={size}-")[:2] == (416, f"bytes */{size}")
    assert part("bytes=0-1,4-5") == part("miles=1-2") == part("bytes=-") == (200, None, data)


def test_a_form_without_script_brings_its_photo_and_a_bad_one_blocks_nothing(river):
    address, code = f"/w/{token(river)}/idea/", None
    for name, data, refused in (("me.jpg", picture_with_place(), False), ("x.svg", b"<svg/>", True)):
        upload = SimpleUploadedFile(name, data, content_type="image/jpeg")
        form = {"text": f"A lamp {name}", "client_id": f"{name:a<20}".replace(".", "b"), "photo": upload}
        answer = Client().post(address, form)
        assert answer.status_code == 303
        assert ("photo=refused" in answer["Location"]) is refused
        told = Client().get(answer["Location"])
        assert told.status_code == 200
        assert ("The photo could not be kept: send" in told.content.decode()) is refused
        if not refused:
            code = form | {"photo": SimpleUploadedFile(name, data)}
    with scope(river.id):
        (one,) = Attachment.objects.filter(state="COMPLETE")
        assert b"Secret" not in path_of(one.stored).read_bytes()
    assert Client().post(address, code).status_code == 303  # the same form once more
    with scope(river.id):
        assert Attachment.objects.filter(state="COMPLETE").count() == 1


def test_nothing_on_the_disk_tells_when_or_under_what_name(river, own_folder):
    sent = send(river)
    name = fresh_id()
    put(river, sent.receipt.code, picture_with_place(), client_id=name)
    put(river, sent.receipt.code, noise(), client_id=fresh_id(), part=b"x" * 100)
    for path in own_folder.rglob("*"):
        if path.is_file():
            assert path.stat().st_mtime == 0
            assert name not in path.name
            assert sent.receipt.digits not in path.name


def test_no_table_tells_which_file_came_first_or_at_what_hour(river):
    """As in tests/suggestions/test_unlinkable.py: random keys, a day, and no row number of SQLite's own."""
    sent = [send(river, text=f"Idea {n}", client_id=f"{n:032x}") for n in range(20)]
    data, names = picture(), [fresh_id() for _each in sent]
    for one, name in zip(sent, names, strict=True):
        assert put(river, one.receipt.code, data, client_id=name).status_code == 201
    tables = dump()
    events = [row for row in tables["core_auditevent"] if row["verb"] == "attachment.received"]
    assert len(events) == 20
    assert len({row["at"] for row in events}) == 1  # the factory's midnight
    for table in ("conversations_attachment", "core_storedfile"):
        assert len(tables[table]) == 20
        for row in tables[table]:
            assert not [column for column, value in row.items() if has_a_time(value)], (table, row)
    by_name = {row["client_id"]: row for row in tables["conversations_attachment"]}
    rows = [by_name[name] for name in names]
    for column in ("id", "stored_id"):
        assert 0.12 < order_kept([row[column] for row in rows]) < 0.88
    if connection.vendor == "sqlite":
        with unscoped(), connection.cursor() as cursor:
            for table in ("conversations_attachment", "core_storedfile"):
                cursor.execute(f"SELECT rowid, id FROM {table}")
                assert all(rowid == key for rowid, key in cursor.fetchall())


def test_the_file_of_a_danger_is_for_those_who_see_dangers(river):
    """A thread with no suggestion behind it belongs to safety."""
    with scope(river.id):
        _thread, receipt, _is_new = open_conversation(
            enterprise_id=river.id, client_id="d" * 32, content={"text": "x"}, language="en", day=TODAY
        )
    assert put(river, receipt.code, picture(), client_id=fresh_id()).status_code == 201
    with scope(river.id):
        assert Attachment.objects.get().stored.permission == "safety.view_finder"


def test_doctor_knows_voice_notes_and_misses_lost_ones(river):
    sent = send(river)
    put(river, sent.receipt.code, recording(), client_id=fresh_id(), kind="VOICE")
    (voice,) = kept(river, sent)
    assert [found.state for found in doctor._files()] == ["good"]
    (path_of(voice.stored).parent / "1.m4a").write_bytes(b"x")
    assert [found.state for found in doctor._files()] == ["watch"]
    path_of(voice.stored).unlink()
    assert "STOP" in [found.state for found in doctor._files()]
