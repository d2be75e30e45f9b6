"""SQLite backend whose every statement passes the tenancy guard."""

from django.db.backends.sqlite3 import base

from fairfloor.core.db.guard import GuardedMixin


class DatabaseWrapper(GuardedMixin, base.DatabaseWrapper):
    """Django's SQLite wrapper with the guard installed for the life of the connection."""

    # Only a key declared "integer" is SQLite's rowid itself. Beside a "bigint" key there would be a hidden rowid that
    # counts up, and with it the file would keep the order in which anonymous rows came.
    data_types = {**base.DatabaseWrapper.data_types, "BigIntegerField": "integer"}
