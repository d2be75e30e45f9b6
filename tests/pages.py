"""Signed-in browsers for tests of pages, and the count of queries a page costs."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Factory


def browser(factory: Factory, *roles: str) -> Client:
    """A client signed in as somebody with these roles in the factory."""
    client = Client()
    client.force_login(factory.user(f"{factory.slug}-{'-'.join(roles).lower()}", *roles))
    return client


def queries_of(client: Client, url: str) -> int:
    """How many queries a page costs; the page must answer 200. Asked twice, so that caches are warm."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
