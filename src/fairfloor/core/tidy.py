"""Taking out of the database's files what their layout tells about the order in which rows came."""

from __future__ import annotations

from django.db import OperationalError, connection

from fairfloor.core.jobs import job
from fairfloor.core.schedule import daily


def fold_log() -> None:
    """Move SQLite's write-ahead log, which keeps every commit in order, into the database and empty it.

    Never waits: where somebody reads at this moment, the next minute tries again.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(patience)}")


def tidy_database() -> None:
    """Write SQLite's file anew in the order of the keys, which are random.

    Within a page of the file a newer row stands before an older one, whatever their keys; after this it does not.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    fold_log()


@job("core.tidy_database")
def tidy() -> None:
    """Every night; a busy database is tidied the next night."""
    try:
        tidy_database()
    except OperationalError:
        return


daily("core.tidy_database", 3)
