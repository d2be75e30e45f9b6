"""A workbook's way through the pages: seen first, written only when confirmed, safe to send twice."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fairfloor.core.jobs import queue_state
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.registers import jobs, reading, uploads
from fairfloor.registers.exporting import sheets_for
from fairfloor.registers.labels import room_label
from fairfloor.registers.models import HeadingMapping, ImportUpload
from fairfloor.suggestions.models import Suggestion
from tests.cast import PASSWORD
from tests.pages import browser
from tests.registers.workbooks import SUGGESTION_COLUMNS, read, suggestion, suggestions, workbook


def client_of(factory, name, *roles):
    factory.user(name, *roles)
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


@pytest.fixture
def secretary(river):
    return client_of(river, "secretary", Role.TEAM_SECRETARY)


def file_of(path, name="registers.xlsx"):
    return SimpleUploadedFile(name, path.read_bytes() if hasattr(path, "read_bytes") else path)


@pytest.fixture
def good(tmp_path):
    return workbook(
        tmp_path / "good.xlsx", {"Suggestions": suggestions(suggestion("S-1"), suggestion("S-2"))}
    )


def send(client, path):
    return client.post("/e/river/registers/upload/", {"file": file_of(path)})


def stored(factory):
    with scope(factory.id):
        return Suggestion.objects.count(), AuditEvent.objects.count()


def test_a_workbook_is_seen_first_and_written_when_confirmed(river, secretary, good):
    before = stored(river)
    sent = send(secretary, good)
    assert sent.status_code == 303
    preview = secretary.get(sent.url)
    assert preview.status_code == 200
    assert "2 new rows" in preview.content.decode()
    assert stored(river) == before
    for _press in range(2):
        done = secretary.post(sent.url + "confirm/")
        assert (done.status_code, done.url) == (303, sent.url)
    assert stored(river)[0] == 2
    page = secretary.get(sent.url).content.decode()
    assert "The workbook is in" in page
    with scope(river.id):
        upload = ImportUpload.objects.get()
        assert not uploads.path_of(upload).exists()
        assert AuditEvent.objects.filter(verb="workbook.imported").count() == 1


def test_the_same_file_sent_twice_waits_once(river, secretary, good):
    assert send(secretary, good).url == send(secretary, good).url
    with scope(river.id):
        assert ImportUpload.objects.count() == 1


def test_problems_are_shown_with_422_and_listed_whole(river, secretary, tmp_path):
    rows = [suggestion(f"S-{n}", date="31 February") for n in range(250)]
    path = workbook(tmp_path / "bad.xlsx", {"Suggestions": suggestions(*rows)})
    before = stored(river)
    shown = send(secretary, path)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "<strong>Row 2</strong>" in page
    assert "The first 200 of 250 are shown." in page
    with scope(river.id):
        upload = ImportUpload.objects.get()
    table = secretary.get(f"/e/river/registers/uploads/{upload.pk}/problems/")
    assert len(read(b"".join(table.streaming_content))["Problems"]) == 251
    assert secretary.post(f"/e/river/registers/uploads/{upload.pk}/confirm/").status_code == 409
    assert stored(river) == before
    assert send(secretary, path).status_code == 422
    with scope(river.id):
        assert sorted(ImportUpload.objects.values_list("status", flat=True)) == ["DROPPED", "REFUSED"]


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"code,name\n", 422), (b"", 422), (b"\xff\xd8\xff not a photo either", 422), (b"PK\x03\x04", 422)],
)
def test_what_is_no_workbook_is_refused(river, secretary, content, status):
    answer = secretary.post("/e/river/registers/upload/", {"file": file_of(content)})
    assert answer.status_code == status
    assert "This file was not taken" in answer.content.decode()
    assert stored(river)[0] == 0


def test_nothing_chosen_a_bomb_and_a_large_file(river, secretary, monkeypatch):
    assert secretary.post("/e/river/registers/upload/", {}).status_code == 422
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<w/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert secretary.post("/e/river/registers/upload/", {"file": file_of(bomb.getvalue())}).status_code == 413
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 10)
    assert secretary.post("/e/river/registers/upload/", {"file": file_of(b"x" * 11)}).status_code == 413
    with scope(river.id):
        assert not ImportUpload.objects.exists()
        folder = uploads.path_of(ImportUpload(enterprise_id=river.id)).parent
    assert not folder.exists() or not list(folder.iterdir())


def test_own_words_are_asked_once(river, secretary, tmp_path):
    columns = ["Idea ref" if each == "code" else each for each in SUGGESTION_COLUMNS]
    rows = [columns, suggestion("S-1", level="Chief")]
    path = workbook(tmp_path / "own.xlsx", {"Ideas 2023": rows})
    sent = send(secretary, path)
    assert sent.url.endswith("/words/")
    asked = secretary.get(sent.url).content.decode()
    assert "Ideas 2023" in asked
    assert '<option value="Suggestions" selected>' in asked
    # The sheet known, its columns are asked; the columns known, the words of its rows.
    assert secretary.post(sent.url, {"s0": "Suggestions"}).url == sent.url
    assert "Idea ref" in secretary.get(sent.url).content.decode()
    assert secretary.post(sent.url, {"h0": "code"}).url == sent.url
    assert "Chief" in secretary.get(sent.url).content.decode()
    assert secretary.post(sent.url, {"w0": "NOBODY"}).status_code == 422
    after = secretary.post(sent.url, {"w0": "TOP"})
    page = secretary.get(after.url).content.decode()
    assert "1 new rows" in page
    with scope(river.id):
        assert HeadingMapping.objects.count() == 3
    # The next workbook is understood at once.
    rows = [columns, suggestion("S-2", level="CHIEF")]
    assert not send(secretary, workbook(tmp_path / "next.xlsx", {"Ideas 2023": rows})).url.endswith("/words/")


def test_a_large_workbook_is_checked_and_imported_in_the_background(river, secretary, good, monkeypatch):
    monkeypatch.setattr(uploads, "SMALL_BYTES", 10)
    sent = send(secretary, good)
    page = secretary.get(sent.url)
    assert "Checking the workbook" in page.content.decode()
    assert b'http-equiv="refresh"' in page.content
    with scope(river.id):
        jobs.check_upload(upload_id=ImportUpload.objects.get().pk)
    assert "Ready to import" in secretary.get(sent.url).content.decode()
    secretary.post(sent.url + "confirm/")
    assert stored(river)[0] == 0
    assert queue_state(timezone.now())["waiting"] == 2
    with scope(river.id):
        jobs.apply_upload(upload_id=ImportUpload.objects.get().pk)
    assert stored(river)[0] == 2
    with scope(river.id):
        upload = ImportUpload.objects.get()
        # A job that is started again after its worker was killed finds the work done.
        before = stored(river)
        assert uploads.run_apply(upload.pk, timezone.now()).status == "DONE"
        assert uploads.run_check(upload.pk).status == "DONE"
        assert stored(river) == before


def test_a_worker_killed_while_importing_leaves_nothing_half_done(river, secretary, good, monkeypatch):
    sent = send(secretary, good)
    with scope(river.id):
        upload = ImportUpload.objects.get()
        ImportUpload.objects.update(status="APPLYING")
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(uploads, "settled", lambda outcome: (_ for _ in ()).throw(KeyboardInterrupt))
            uploads.run_apply(upload.pk, timezone.now())
        assert Suggestion.objects.count() == 0
        assert uploads.run_apply(upload.pk, timezone.now()).status == "DONE"
        assert Suggestion.objects.count() == 2
    assert secretary.get(sent.url).status_code == 200


def test_strangers_and_colleagues(river, hill, secretary, good):
    sent = send(secretary, good)
    stranger = client_of(hill, "stranger", Role.MANAGER)
    colleague = client_of(river, "member", Role.TEAM_MEMBER)
    assert stranger.get(sent.url).status_code == 404
    assert stranger.get(sent.url.replace("/river/", "/hill/")).status_code == 404
    assert stranger.post(sent.url.replace("/river/", "/hill/") + "confirm/").status_code == 404
    assert colleague.get("/e/river/registers/").status_code == 200
    assert colleague.get("/e/river/registers/upload/").status_code == 403
    assert colleague.post(sent.url + "confirm/").status_code == 403
    assert stored(river)[0] == 0


def test_registers_leave_through_the_page(river, secretary):
    answer = secretary.post("/e/river/registers/download/")
    assert answer.status_code == 200
    assert read(b"".join(answer.streaming_content))["Departments"][1][:2] == ["KNT", "Knitting"]
    member = client_of(river, "member", Role.TEAM_MEMBER)
    assert member.post("/e/river/registers/download/", {"sheet": "People"}).status_code == 403
    assert secretary.get("/e/river/registers/download/").status_code == 405
    blank = secretary.get("/e/river/registers/blank/?language=zh-hans")
    assert "建议" in read(b"".join(blank.streaming_content))


def test_an_empty_page_filled_from_a_workbook_leads_there(river, secretary):
    upload = 'href="/e/river/registers/upload/"'
    for path in ("training/", "people/workforce/"):
        assert upload in secretary.get(f"/e/river/{path}").content.decode()
    watcher = client_of(river, "watcher", Role.WORKER_REPRESENTATIVE)
    assert upload not in watcher.get("/e/river/training/").content.decode()


def test_a_dropped_upload_is_gone_with_its_file(river, secretary, good):
    sent = send(secretary, good)
    assert secretary.post(sent.url + "drop/").status_code == 303
    assert secretary.get(sent.url).status_code == 404


def test_limits_agree():
    assert uploads.MAX_UPLOAD_BYTES == reading.MAX_UPLOAD_BYTES == 60 * 1024 * 1024


def test_every_register_has_a_room_and_no_link_to_a_closed_page(river):
    with scope(river.id):
        labels = {room_label(sheet) for sheet in sheets_for(river.system)}
    assert {"Team", "Projects", "Safety", "Measured numbers"} <= labels
    page = browser(river, Role.HR_FOCAL).get("/e/river/registers/").content.decode()
    assert "/e/river/people/" in page
    assert "/e/river/safety/incidents/hours/" not in page
