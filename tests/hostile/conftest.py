"""Two full factories, and people who sign in to them."""

import pytest
from django.core.cache import cache
from django.test import Client

from fairfloor.organisations.public import MEMBER_ROLES
from tests.hostile.factories import fill


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def ours(river):
    """A factory with a record of every kind."""
    return fill(river, "OURRIVER")


@pytest.fixture
def theirs(hill):
    """Another one, whose mark must be seen nowhere in ours."""
    return fill(hill, "ALIENHILL")


@pytest.fixture
def insider(ours):
    """Somebody who holds every role in our factory."""
    client = Client()
    client.force_login(ours.factory.user("everything", *MEMBER_ROLES))
    return client
