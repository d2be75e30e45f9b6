"""SQLite backend whose every statement passes the tenancy guard."""

from django.db.backends.sqlite3 import base

from fairfloor.core.db.guard import GuardedMixin


class DatabaseWrapper(GuardedMixin, base.DatabaseWrapper):
    """Django's SQLite wrapper with the guard installed for the life of the connection."""
