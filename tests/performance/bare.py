"""The limit of this machine: one durable single-row insert per request, in bare WSGI and sqlite3.

The same promise as the program gives: on disk before the answer (WAL, synchronous FULL). No framework, no checks.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading

_own = threading.local()


def prepare(database: str) -> None:
    """Make the file, before anybody asks: SQLite does not wait for a lock to change its journal."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE idea (client_id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID")
    connection.close()


def _connection() -> sqlite3.Connection:
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["BARE_DATABASE"], timeout=20, isolation_level=None)
        _own.connection.execute("PRAGMA synchronous=FULL")
        _own.connection.execute("PRAGMA cache_size=-16000")
    return _own.connection


def application(environ, start_response):
    """Take one idea."""
    body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    _connection().execute("INSERT INTO idea VALUES (?, ?)", (body["client_id"], body["text"]))
    answer = b'{"receipt": ""}'
    start_response(
        "201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    )
    return [answer]
