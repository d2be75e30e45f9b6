"""Fixtures every test may use."""

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from fairfloor.core.tenancy import unscoped
from tests.cast import build_factory

# A busy machine is no reason to fail, and the same tree gives the same answer twice.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

# The real hasher is slow on purpose; hundreds of tests sign in.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # pytest-django knows only Django's own SQLite backend to live in memory.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"

_teardown = TransactionTestCase._fixture_teardown


def _unscoped_teardown(self):
    """Emptying all tables between transactional tests spans enterprises."""
    with unscoped():
        _teardown(self)


TransactionTestCase._fixture_teardown = _unscoped_teardown


@pytest.fixture(autouse=True)
def _english():
    """A page asked for in another language leaves that language behind for whatever runs next."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def river(db):
    """One factory."""
    return build_factory("river", "River Works")


@pytest.fixture
def hill(db):
    """Another factory, so that a leak can show."""
    return build_factory("hill", "Hill Works")
