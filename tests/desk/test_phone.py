"""What the server gives a phone that works without a network."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import override_settings
from django.utils import translation

from tests.suggestions.asking import token

HOME = re.compile(r'data-(shell|later|languages|service-worker)="([^"]*)"')


def marks(client, factory, path=""):
    """The marks on the body of a worker page."""
    return dict(HOME.findall(client.get(f"/w/{token(factory)}/{path}").content.decode()))


def test_the_service_worker_serves_all_links_and_knows_none(river, hill, client):
    answer = client.get("/w/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    text = answer.content.decode()
    assert re.match(r'self\.PROGRAM = "[0-9a-f]{12}";\n', text)
    for name in re.findall(r'"/static/([^"]+)"', text):
        assert find(name)
    assert token(river) not in text
    assert client.post("/w/sw.js").status_code == 405
    assert not answer.cookies


def test_the_shell_is_every_page_a_worker_can_open(river, hill, client):
    told = marks(client, river)
    pages = told["shell"].split()
    assert pages[0] == f"/w/{token(river)}/"
    assert f"/w/{token(river)}/idea/" in pages
    assert f"/w/{token(river)}/messages/" in pages
    assert token(hill) not in told["shell"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "data-fairfloor" in answer.content.decode()
    assert told["languages"].split() == ["en", "zh-hans", "es", "vi"]
    for script in told["later"].split():
        assert find(script.removeprefix("/static/"))


def test_a_page_is_to_be_had_in_a_language_without_the_cookie(river, client):
    for language in ("en", "zh-hans", "es", "vi"):
        answer = client.get(f"/w/{token(river)}/", headers={"accept-language": language})
        assert answer["Content-Language"] == language


def test_worker_pages_are_compressed_and_staff_pages_are_not(river, client):
    page = client.get(f"/w/{token(river)}/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    sign_in = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in sign_in


@override_settings(LANGUAGES=[("en", "English"), ("ar", "العربية")])
def test_arabic_turns_the_page_round(river, client):
    with translation.override("en"):
        page = client.get(f"/w/{token(river)}/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'value="ar" lang="ar" aria-current="true"' in page


@pytest.mark.parametrize("name", ["worker/worker.css"])
def test_styles_name_no_side_of_the_page(name):
    css = Path(find(name)).read_text(encoding="utf-8")
    assert not re.search(
        r"\b(left|right)\b|(margin|padding|border)-(top|bottom)", css.replace("border-width", "")
    )


SCRIPTS = ["core/offline/store.js", "core/offline/outbox.js", "core/offline/forms.js", "worker/later.js"]


@pytest.mark.parametrize("name", [*SCRIPTS, "worker/worker.js", "worker/service_worker.js"])
def test_scripts_are_old_enough_for_old_phones(name):
    code = re.sub(r"//.*|/\*.*?\*/", "", Path(find(name)).read_text(encoding="utf-8"))
    # Optional chaining came with Chrome 80, `??` with 80, class fields with 72; the oldest phones have 70.
    assert not re.search(
        r"\w\?\.[a-zA-Z(\[]|\?\?|\bclass\b|#\w+ =|\.(replaceAll|at|flat|flatMap|allSettled)\(", code
    )
