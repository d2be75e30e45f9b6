"""A request that is too large is refused unread, in the reader's language."""

import io

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.test.client import FakePayload


class Unreadable(io.RawIOBase):
    """A body nobody may touch."""

    def read(self, *_size):
        raise AssertionError("The body was read.")

    readline = readinto = read


def ask(body, **environ):
    """The status and page a WSGI server gets; the body is what the server would hand over."""
    seen = {}
    base = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/language/",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.input": body,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    parts = WSGIHandler()(base | environ, lambda status, headers: seen.update(status=status, **dict(headers)))
    return seen, b"".join(parts).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "This file is too large"), ("zh-hans", 'lang="zh-hans"')]
)
def test_a_body_over_the_limit_is_refused_unread(language, words):
    seen, page = ask(
        Unreadable(), CONTENT_LENGTH=str(settings.MAX_REQUEST_BYTES + 1), HTTP_ACCEPT_LANGUAGE=language
    )
    assert seen["status"].startswith("413")
    assert seen["Connection"] == "close"
    assert words in page
    assert "Content-Security-Policy" in seen
    assert "Set-Cookie" not in seen


@pytest.mark.django_db
def test_a_body_within_the_limit_goes_through(settings):
    settings.MAX_REQUEST_BYTES = 40
    sent = {"language": "en", "next": "/"}
    assert Client().post("/language/", sent, content_type="application/json").status_code != 413
    settings.MAX_REQUEST_BYTES = 10
    assert Client().post("/language/", sent, content_type="application/json").status_code == 413


@pytest.mark.django_db
def test_a_body_without_a_length_is_not_read():
    body = FakePayload(b"language=en&csrfmiddlewaretoken=" + b"x" * 100)
    seen, _page = ask(body, HTTP_TRANSFER_ENCODING="chunked")
    assert seen["status"].startswith("403")  # an empty form, so without its key
    assert len(body.read()) == 132
