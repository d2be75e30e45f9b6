"""Bad input through the pages: the right status, words in the reader's language, nothing changed, no fault shown."""

from __future__ import annotations

import io
import json
import logging
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image

from fairfloor.config.discretion import DiscreetFilter, discreet
from tests.hostile.attack import body_of, nothing_changes, read_page
from tests.registers.workbooks import SUGGESTION_COLUMNS, suggestion, suggestions, workbook

WORKER_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def refused(client, status, method, url, data=None, says="", **extra):
    """The refusal in both languages, with nothing changed; gives the English page."""
    pages = {}
    for language in ("en", "zh-hans"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for upload in [value for value in (data or {}).values() if hasattr(value, "seek")]:
            upload.seek(0)
        with nothing_changes():
            answer = getattr(client, method)(url, data or {}, **extra)
        assert answer.status_code == status, (url, answer.status_code, status)
        page = body_of(answer).decode(errors="replace")
        assert "Traceback" not in page
        pages[language] = page
        with translation.override(language):
            words = gettext(says)
        if says:
            assert words in page.replace("&#x27;", "'"), (language, words)
            assert words == says or says not in page
    return pages["en"]


# --- workbooks -----------------------------------------------------------------------------------------------------

COLUMNS = list(SUGGESTION_COLUMNS)
BROKEN = {
    "31 February": [suggestion(date="31 February 2023")],
    "a level nobody knows": [suggestion(level="EMPEROR")],
    "a department that does not exist": [suggestion(department="MOON")],
    "a project that does not exist": [suggestion(project="IP-NONE")],
    "the same code twice": [suggestion("S-9"), suggestion("S-9", text="Another")],
    "no text": [suggestion(text="")],
    "a status nobody knows": [suggestion(status="MAYBE")],
    "a very long text": [suggestion(text="x" * 30_000)],
    "a code with NUL": [suggestion("S-\x07")],
}


@pytest.fixture
def send(insider, tmp_path):
    def sent(sheets, status, says=""):
        file = workbook(tmp_path / "bad.xlsx", sheets).read_bytes()
        url = "/e/river/registers/upload/"
        client = insider
        answer = client.post(url, {"file": SimpleUploadedFile("bad.xlsx", file)})
        assert answer.status_code in status, (answer.status_code, body_of(answer)[:3000])
        return answer

    return sent


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_says_where_and_writes_nothing(ours, insider, send, name):
    from fairfloor.core.tenancy import scope
    from fairfloor.registers.models import ImportUpload
    from fairfloor.suggestions.models import Suggestion

    with scope(ours.factory.id):
        before = sorted(Suggestion.objects.values_list("code", "text", "version"))
    answer = send({"Suggestions": suggestions(*BROKEN[name])}, {422, 303})
    with scope(ours.factory.id):
        assert sorted(Suggestion.objects.values_list("code", "text", "version")) == before
        upload = ImportUpload.objects.get()
    if answer.status_code == 422:
        assert "Row 2" in answer.content.decode() or "Row 3" in answer.content.decode()
        confirm = insider.post(f"/e/river/registers/uploads/{upload.pk}/confirm/")
        assert confirm.status_code == 409
    else:  # a word to be taught, or a clean row
        assert upload.status in {"READY", "REFUSED"}


def test_negative_counts_and_numbers_beyond_all_counting(ours, send):
    heads = ["date", "department", "level", "sex", "contract", "headcount"]
    for count in (-1, 10**18, "many", 1.5):
        row = ["2023-03-02", "KNT", "FRONT_LINE", "FEMALE", "", count]
        assert send({"Workforce": [heads, row]}, {422}).status_code == 422


def test_text_that_begins_with_an_equals_sign_stays_text_on_both_ways(ours, insider, send):
    formula = '=HYPERLINK("http://evil.example","click")'
    answer = send({"Suggestions": suggestions(suggestion("S-F", text=formula))}, {303})
    assert insider.post(f"{answer.url}confirm/").status_code == 303
    out = insider.post("/e/river/registers/download/", {"sheet": "Suggestions"})
    packed = b"".join(out.streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        xml = b"".join(book.read(name) for name in book.namelist() if "worksheets" in name)
        assert b"<f>" not in xml
        assert not any("hyperlink" in name.lower() for name in book.namelist())
    listed = insider.get("/e/river/suggestions/?view=all&export=xlsx").content
    with zipfile.ZipFile(io.BytesIO(listed)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"code,date,text\nS-1,2023-03-02,More light\n", "renamed.xlsx"),
        (b"%PDF-1.7 not a workbook", "report.xlsx"),
        (b"MZ\x90\x00" + b"\x00" * 200, "setup.xlsx"),
        (b"PK\x03\x04" + b"\xff" * 500, "torn.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.xlsx"),
        (b"", "empty.xlsx"),
    ],
)
def test_what_is_no_workbook_is_422(ours, insider, content, name):
    file = SimpleUploadedFile(name, content)
    refused(
        insider, 422, "post", "/e/river/registers/upload/", {"file": file}, says="This file was not taken"
    )


def test_a_zip_bomb_is_413(ours, insider):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<w/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    file = SimpleUploadedFile("bomb.xlsx", bomb.getvalue())
    refused(
        insider, 413, "post", "/e/river/registers/upload/", {"file": file}, says="This file was not taken"
    )


def test_two_hundred_megabytes_are_refused_before_anybody_reads_them(ours, insider):
    class Endless(io.RawIOBase):
        """Fails the test when a byte of it is read."""

        def read(self, size=-1):
            raise AssertionError("The body was read.")

    large = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "wsgi.input": Endless()}
    kind = "multipart/form-data; boundary=edge"
    for client, url in ((insider, "/e/river/registers/upload/"), (Client(), f"/w/{ours.token}/idea/")):
        for language in ("en", "zh-hans"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            with nothing_changes():
                answer = client.generic("POST", url, b"", content_type=kind, **large)
            assert answer.status_code == 413
            assert "text/html" in answer["Content-Type"]
            assert f'lang="{language}' in answer.content.decode().replace("zh-Hans", "zh-hans")


# --- photos --------------------------------------------------------------------------------------------------------


def _jpeg(size=(60, 40)):
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _huge_png():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    return out.getvalue()


PHOTOS = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 422),
    "html": (b"<!doctype html><script>alert(1)</script>", 422),
    "exe": (b"MZ\x90\x00" + b"\x00" * 300, 422),
    "pdf": (b"%PDF-1.7\n%%EOF", 422),
    "torn jpeg": (_jpeg()[:400], 422),
    "jpeg head on a script": (b"\xff\xd8\xff\xe0<?php system($_GET[0]);", 422),
    "bomb": (_huge_png(), 422),
    "twenty megabytes": (b"\xff\xd8\xff" + b"\x00" * (20 * 1024 * 1024), 413),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_what_is_no_photo_is_refused_by_every_page_that_takes_one(ours, insider, kind):
    content, status = PHOTOS[kind]
    project = f"/e/river/projects/{ours.keys['project']}/photos/"
    version = read_page("", insider.get(project))[1]
    fields = next(each.values() for each in version if "place" in each.names)
    file = SimpleUploadedFile("photo.jpg", content)
    refused(insider, status, "post", project, {**fields, "place": "after", "remove": "", "photo": file})
    hazard = {"description": "A cable", "found_date": "2023-03-02", "photo": file}
    refused(insider, status, "post", "/e/river/safety/report/", hazard)


def test_a_photo_for_a_step_that_is_refused_leaves_nothing_behind(
    ours, insider, django_capture_on_commit_callbacks
):
    url = f"/e/river/safety/hazards/H-{ours.mark}/fix/"
    fixed = {"fix-control_type": "ENGINEERING", "fix-fixed_date": "2023-03-02", "fix-control": "Guard"}
    sent = fixed | {"fix-version": "999"}
    with nothing_changes(), django_capture_on_commit_callbacks(execute=True):
        answer = insider.post(url, sent | {"fix-photo": SimpleUploadedFile("a.jpg", _jpeg())})
    assert answer.status_code == 409


# --- workers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"text": ' * 50_000,
        b"\xff\xfe\x00",
        b"null",
        b'"words"',
        b'{"text": 7}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "' + b"x" * 1_000_000 + b'"}',
        b"",
    ],
)
def test_odd_json_is_422(ours, body):
    with nothing_changes():
        answer = Client().post(
            f"/w/{ours.token}/idea/",
            body,
            content_type="application/json",
            headers={"Accept": "application/json"},
        )
    assert answer.status_code == 422
    assert answer.json()["fields"]


def test_half_a_character_keeps_the_words_around_it_and_the_receipt_comes_again(ours):
    body = json.dumps({"client_id": WORKER_ID, "text": "More \ud800 light"})
    receipts = set()
    for status in (201, 200):
        answer = Client().post(
            f"/w/{ours.token}/idea/",
            body,
            content_type="application/json",
            headers={"Accept": "application/json"},
        )
        assert answer.status_code == status
        receipts.add(answer.json()["receipt"])
    assert len(receipts) == 1


@pytest.mark.parametrize(
    "code",
    [
        "00-00-00-00-00000000",
        "99-99-99-99-99999999",
        "x",
        "%00",
        "..%2F..%2Fetc",
        "9" * 3000,
        "٣٣-٣٣-٣٣-٣٣-٣٣٣٣٣",
    ],
)
def test_an_unknown_receipt_is_404_and_says_no_more(ours, code):
    client = Client()
    for end in ("", "sent/"):
        assert client.get(f"/w/{ours.token}/r/{code}/{end}").status_code == 404
    for act in ("say", "fixed", "about"):
        refused(client, 404, "post", f"/w/{ours.token}/r/{code}/{act}/", {"text": "Hello", "fixed": "yes"})


def test_a_receipt_of_another_factory_is_like_none_and_guessing_is_slowed(ours, theirs):
    client = Client()
    alien = theirs.receipts[0].code
    says = "We find no message with this receipt."
    page = refused(client, 404, "get", f"/w/{ours.token}/r/{alien}/", says=says)
    none = refused(client, 404, "get", f"/w/{ours.token}/r/00-00-00-00-00000000/", says=says)
    assert page == none
    seen = [client.get(f"/w/{ours.token}/r/00-00-00-00-{n:08d}/").status_code for n in range(80)]
    assert seen[-1] == 429
    assert 200 not in seen


# --- requests ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "a b", "[::1", "x" * 5000])
def test_another_host_is_400(ours, insider, host):
    for client in (insider, Client()):
        for url in ("/", "/e/river/", f"/w/{ours.token}/", "/accounts/login/"):
            assert client.get(url, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\r\nX-Evil: 1",
        "http:evil.example",
    ],
)
def test_no_redirect_leaves_the_program(ours, insider, target):
    asks = [
        ("/language/", {"language": "en", "next": target}),
        ("/theme/", {"theme": "dark", "next": target}),
        (f"/w/{ours.token}/language/", {"language": "en", "next": target}),
    ]
    for url, data in asks:
        answer = insider.post(url, data)
        where = answer.get("Location", "/")
        assert where.startswith("/"), (url, where)
        assert not where.startswith(("//", "/\\"))
        assert "X-Evil" not in answer.headers
    ours.factory.user("wang")
    sent = {"login": "wang", "password": "correct horse battery", "next": target}
    answer = Client().post(f"/accounts/login/?next={target.strip()}", sent)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


def test_a_form_without_its_key_is_403(ours):
    from tests.cast import PASSWORD

    client = Client(enforce_csrf_checks=True)
    ours.factory.user("zhao", "MANAGER")
    assert client.login(username="zhao", password=PASSWORD)
    says = "This form was open too long"
    refused(client, 403, "post", "/e/river/projects/new/", {"title": "Forged"}, says=says)
    refused(client, 403, "post", "/e/river/registers/download/", says=says)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_another_method_changes_nothing(ours, insider, method):
    code = ours.keys["idea"]
    for act in ("accept", "answer", "meeting"):
        with nothing_changes():
            answer = getattr(insider, method)(f"/e/river/suggestions/{code}/{act}/")
        assert answer.status_code == 405
    for url in (f"/e/river/projects/{ours.keys['project']}/finish/", f"/w/{ours.token}/idea/"):
        with nothing_changes():
            answer = getattr(insider, method)(url, headers={"X-HTTP-Method-Override": "POST"})
        assert answer.status_code in {200, 405, 422}


@pytest.mark.parametrize(
    "code",
    ["%00", "S-%00", "..", "%2e%2e", "..%2f..%2fsettings", "a%0d%0aX-Evil:1", "9" * 3000, "%ff"],
)
def test_an_odd_code_is_404(ours, insider, code):
    places = (
        "suggestions",
        "safety/hazards",
        "projects",
        "actions",
        "reports",
        "training",
        "team/members",
        "figures",
    )
    for place in places:
        answer = insider.get(f"/e/river/{place}/{code}/")
        assert answer.status_code in {404, 200} if code in {"..", "%2e%2e"} else answer.status_code == 404, (
            place
        )
        assert "X-Evil" not in answer.headers


def test_a_factorys_own_odd_codes_break_no_page(river):
    from datetime import date

    from fairfloor.core.tenancy import scope
    from fairfloor.organisations.public import Role
    from tests.pages import browser
    from tests.registers_rows import bring_in, row

    day = date(2026, 3, 1)
    with scope(river.id):
        for code in ("2026/14", "..", "a%2Fb", "<b>", "№ 7?x=1#y"):
            about = {"text": "Words", "status": "NEW", "channel": "BOX"}
            bring_in(river, "Suggestions", [row("Suggestions", code=code, date=day, **about)])
            bring_in(
                river, "Hazards", [row("Hazards", code=code, date=day, status="OPEN", description="Cable")]
            )
            project = {"title": f"Project {code}", "status": "IN_PROGRESS", "start_date": day}
            bring_in(river, "Projects", [row("Projects", code=code, **project)])
            bring_in(river, "Departments", [row("Departments", code=code, name=f"Department {code}")])
            term = {"member": code, "role": "MEMBER", "from_date": day}
            bring_in(river, "TeamMembers", [row("TeamMembers", team="A/B", **term)])
    client = browser(river, Role.MANAGER, Role.TEAM_SECRETARY)
    opened = 0
    for page in ("suggestions/?view=all", "safety/", "projects/", "people/departments/", "team/", ""):
        answer = client.get(f"/e/river/{page}")
        assert answer.status_code == 200
        if page:
            for link in sorted(read_page(f"http://testserver/e/river/{page}", answer)[0]):
                if "%25" in link or "%2E" in link or "%3C" in link:
                    assert client.get(link.removeprefix("http://testserver")).status_code == 200, link
                    opened += 1
    assert opened >= 15


@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape", "utf-16", "idna", "nonsense"])
def test_other_encodings_are_400(ours, charset):
    kind = f"multipart/form-data; boundary=edge; charset={charset}"
    with nothing_changes():
        answer = Client().generic("POST", f"/w/{ours.token}/idea/", b"--edge--", content_type=kind)
    assert answer.status_code == 400


ODD_NUMBERS = ["-1", "0", "9" * 20, "9" * 5000, "²", "٣", "1e9", "NaN", ""]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_odd_numbers_in_fields_that_take_keys_change_nothing(ours, theirs, insider, number):
    with nothing_changes():
        for act in ("acknowledge", "meeting"):
            answer = insider.post("/e/river/suggestions/sort/", {"id": [number], "act": act})
            assert answer.status_code in {303, 422}
        place = f"/e/river/team/meetings/EIT/{ours.keys['meeting']}"
        answer = insider.post(f"{place}/attendance/", {"present": ["77"], "version": "1"})
        assert answer.status_code in {404, 409}
        for code in (number or "x", theirs.keys["idea"], "S-" + theirs.mark):
            answer = insider.post(f"/e/river/suggestions/{ours.keys['idea']}/merge/", {"code": code})
            assert answer.status_code == 422
        sent = {"title": "Theft", "suggestion_ids": [number or "1"]}
        assert insider.post("/e/river/projects/new/", sent).status_code == 422
        sent = {
            "organisation": number,
            "data_classes": ["FIGURES"],
            "from_date": "2026-01-01",
            "to_date": "2026-02-01",
        }
        assert insider.post("/e/river/settings/outside/", sent).status_code == 422


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-30", "31.12.2026", "x\x00", "٢٠٢٦-٠١-٠١"]
)
def test_odd_days_break_no_page(ours, insider, day):
    for page in ("", "figures/suggestions.received/", "settings/record/", "projects/", "suggestions/"):
        answer = insider.get(
            f"/e/river/{page}", {"from": day, "to": day, "day": day, "period": day, "q": day}
        )
        assert answer.status_code == 200, page
    for page, name in (
        ("projects/new/", "due_date"),
        ("safety/report/", "found_date"),
        ("readings/add/", "month"),
    ):
        answer = insider.post(f"/e/river/{page}", {"title": "T", "description": "D", name: day})
        assert answer.status_code in {303, 422}
    for page in ("", "safety/", "projects/", "suggestions/", "team/", "figures/hazards.reported/"):
        assert insider.get(f"/e/river/{page}").status_code == 200


def test_long_and_turned_texts(ours, insider):
    for text in ("A" * 1_000_000, "x\x00y"):
        refused(insider, 422, "post", "/e/river/projects/new/", {"title": text})
        refused(
            insider, 422, "post", "/e/river/safety/report/", {"description": text, "found_date": "2026-01-01"}
        )
    refused(Client(), 422, "post", f"/w/{ours.token}/idea/", {"text": "A" * 1_000_000})
    refused(insider, 413, "post", "/e/river/projects/new/", {"title": "A" * 3_000_000})
    turned = "‮gpj.exe <script>alert(1)</script> {{ 7|add:7 }} \"'"
    answer = insider.post("/e/river/projects/new/", {"title": turned})
    page = insider.get(answer["Location"]).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- the log -------------------------------------------------------------------------------------------------------


def test_the_log_holds_no_link_and_no_receipt(ours):
    receipt = ours.receipts[0].code
    line = f"Not Found: /w/{ours.token}/r/{receipt}/say/ and /e/river/suggestions/receipt/{receipt}/"
    assert ours.token not in discreet(line)
    assert receipt not in discreet(line)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "Fault at %s", (f"/w/{ours.token}/",), None)
    assert DiscreetFilter().filter(record)
    assert ours.token not in record.getMessage()
    assert "2026-03-10 12:30" in discreet("at 2026-03-10 12:30")
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["discreet"]
