"""Pages as an attacker sees them: every address, every form, and what the database held before and after."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pypdf
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from fairfloor.core.tenancy import unscoped
from tests.registers.workbooks import read

# Sessions change with every message to the reader; cells are only counted anew.
_NOT_ASKED = frozenset({"django_session", "indicators_keptcell", "indicators_keptperiod", "core_stalemark"})


def database() -> dict[str, list[tuple]]:
    """Every row of every table that a refused request must leave alone."""
    found = {}
    with unscoped(), connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in _NOT_ASKED:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(tuple(map(str, row)) for row in cursor.fetchall())
    return found


def files() -> dict[str, int]:
    """Every file of the installation and its size."""
    root = Path(settings.FILES_ROOT)
    return {str(path.relative_to(root)): path.stat().st_size for path in root.rglob("*") if path.is_file()}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Rows and files are the same afterwards."""
    rows, kept = database(), files()
    yield
    after = database()
    assert {name for name in rows if rows[name] != after[name]} == set()
    assert files() == kept


class _Undo(Exception):
    pass


def without_trace(ask) -> HttpResponse:
    """The answer to a request whose writes are taken back."""
    cache.clear()
    answers = []
    try:
        with transaction.atomic():
            answers.append(ask())
            raise _Undo
    except _Undo:
        return answers[0]


@dataclass
class Form:
    """A form of a page: where it goes and what it would send as it stands."""

    action: str
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of its fields, once each."""
        return list(dict.fromkeys(name for name, _value in self.fields))

    def values(self) -> dict[str, list[str]]:
        """What a browser would send."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        return sent


class _Reader(HTMLParser):
    def __init__(self, url: str):
        super().__init__()
        self.url, self.links, self.forms = url, set(), []
        self.form: Form | None = None
        self.select: list | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attributes):
        found = {name: value or "" for name, value in attributes}
        for name in ("href", "src", "hx-get", "data-src"):
            if found.get(name):
                self.links.add(urldefrag(urljoin(self.url, found[name]))[0])
        if tag == "form":
            self.form = Form(
                urljoin(self.url, found.get("action") or self.url), found.get("method", "get").lower()
            )
            self.forms.append(self.form)
        if self.form is None:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            kind = found.get("type", "text")
            if kind == "file":
                self.form.files.append(name)
            elif kind in {"checkbox", "radio"}:
                value = found.get("value", "on")
                if "checked" in found or name not in self.form.names:
                    if kind == "radio" and name in self.form.names:
                        self.form.fields = [pair for pair in self.form.fields if pair[0] != name]
                    self.form.fields.append((name, value))
            else:
                self.form.fields.append((name, found.get("value", "")))
        elif tag == "button" and name and found.get("type", "submit") == "submit":
            if name not in self.form.names:
                self.form.fields.append((name, found.get("value", "")))
        elif tag == "textarea" and name:
            self.area, self.text = name, ""
        elif tag == "select" and name:
            self.select = [name, None, None]
        elif tag == "option" and self.select is not None:
            if self.select[1] is None:
                self.select[1] = found.get("value", "")
            if "selected" in found:
                self.select[2] = found.get("value", "")

    def handle_data(self, data):
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area is not None and self.form is not None:
            self.form.fields.append((self.area, self.text.removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select is not None and self.form is not None:
            name, first, chosen = self.select
            self.form.fields.append((name, chosen if chosen is not None else first or ""))
            self.select = None
        elif tag == "form":
            self.form = None


def read_page(url: str, response: HttpResponse) -> tuple[set[str], list[Form]]:
    """Links and forms of a page."""
    reader = _Reader(url)
    reader.feed(response.content.decode())
    return reader.links, reader.forms


def body_of(response: HttpResponse) -> bytes:
    """All an answer says, headers included; the text inside of workbooks and PDFs too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if "spreadsheetml" in kind:
        content = repr(read(content)).encode()
    elif "pdf" in kind:
        content = "\n".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages
        ).encode()
    return repr(response.headers).encode() + content


_ADDRESS = re.compile(r"^http://testserver(/[^#]*)$")
# One address of a kind is enough where only a word for the paging differs.
_PAGING = re.compile(r"[?&](at|sort|period|state|q)=")


def crawl(client: Client, start: list[str], limit: int = 600) -> Iterator[tuple[str, HttpResponse]]:
    """Every page a person reaches from some addresses by following links."""
    waiting, seen = [urljoin("http://testserver/", each) for each in start], set()
    while waiting and len(seen) < limit:
        url = waiting.pop(0)
        match = _ADDRESS.match(url)
        if url in seen or not match or "/static/" in url or "logout" in url:
            continue
        seen.add(url)
        response = client.get(match.group(1))
        yield match.group(1), response
        if response.status_code in {301, 302, 303}:
            waiting.append(urljoin(url, response["Location"]))
        elif not response.streaming and "html" in response.get("Content-Type", ""):
            links, _forms = read_page(url, response)
            waiting += sorted(link for link in links if not _PAGING.search(link))
