"""No page offers a link that its reader may not open."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
# Two pages of each kind: a second one often has what the first one lacks.
EACH = 2


@pytest.mark.parametrize("role", ["hr", "representative", "programme", "buyer"])
def test_every_link_opens(sign_in, installation, role):
    ask = sign_in(role).request
    found, seen, opened = [], set(), Counter()
    waiting = deque([(f"{installation.url}/", "")])
    while waiting:
        url, where = waiting.popleft()
        path = urlsplit(url).path
        if url in seen or not url.startswith(installation.url):
            continue
        seen.add(url)
        kind = resolve(path).route
        if opened[kind] == EACH or "logout" in kind or "export=" in url:
            continue
        opened[kind] += 1
        answer = ask.get(url, headers={"Accept": "text/html"})
        if answer.status != 200:
            found.append(f"{answer.status} {path}, linked on {urlsplit(where).path}")
        elif "text/html" in answer.headers["content-type"]:
            waiting += [
                (urljoin(answer.url, html.unescape(href)), url) for href in HREF.findall(answer.text())
            ]
    assert found == []
    assert len(opened) > (3 if role == "buyer" else 20), opened
