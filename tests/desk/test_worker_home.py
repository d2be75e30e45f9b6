"""The first visit of an old phone on a weak line."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.utils import timezone

from fairfloor.organisations.public import local_day
from tests.suggestions.asking import send, token

FIRST_VISIT = 14 * 1024


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_first_visit_fits_in_fourteen_kilobytes(river, client, language):
    client.cookies["django_language"] = language
    page = client.get(f"/w/{token(river)}/").content
    files = re.findall(r'(?:href|src)="/static/([^"#]+)"', page.decode())
    assert files == ["worker/worker.css", "worker/worker.js"]
    weight = len(gzip.compress(page)) + sum(
        len(gzip.compress(Path(find(name)).read_bytes())) for name in files
    )
    assert weight <= FIRST_VISIT


def test_home_names_the_factory_and_nothing_else_of_it(river, hill, client):
    page = client.get(f"/w/{token(river)}/").content.decode()
    assert "River Works" in page
    assert "Hill Works" not in page
    assert "https://" not in page.replace("http://www.w3.org", "")
    assert " style=" not in page
    assert "<style" not in page


def test_what_has_changed_counts_this_factory_s_ideas(river, hill, client):
    today = local_day(river.enterprise, timezone.now())
    send(river, day=today)
    send(river, client_id="another-client-id-1", day=today)
    send(hill, day=today)
    counts = client.get(f"/w/{token(river)}/changes/").context
    assert (counts["received"].value, counts["done"].value) == (2, 0)
