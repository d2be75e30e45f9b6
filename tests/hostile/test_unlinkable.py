"""The attacker's test against a served program: every file of it, its log, and knowledge of who was seen when."""

from __future__ import annotations

import http.client
import json
import random
import sqlite3
import time
import uuid
from itertools import pairwise

import pytest

from tests.installation import SETUP, Installation

pytestmark = pytest.mark.alone
PHONES = {f"127.0.0.{n}": f"Nosy-Phone-{n}/7.3" for n in (2, 3, 4)}
SENDS = 36
FLEETING = {
    "core_workerheartbeat",  # signs of life of the server itself
    "core_dailyrun",
    "django_migrations",
    "core_systemevent",
    "accounts_user",
    "django_tasks_database_dbtaskresult",  # repeating jobs; none is queued by what a worker sends (asserted below)
}


# What workers send: where to, and the table and column that keep the words.
SENT = [("idea", "suggestions_suggestion", "text"), ("danger", "safety_hazard", "description")]


def send(port: int, token: str, kind: str, address: str, text: str) -> str:
    """One idea or danger from one address; returns its receipt."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    body = json.dumps({"client_id": str(uuid.uuid4()), "text": text}).encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": PHONES[address],
        "X-Forwarded-For": address,
    }
    connection.request("POST", f"/w/{token}/{kind}/", body, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    assert answer.status == 201, said
    return said["receipt"]


def rising(values: list) -> float:
    """How many neighbours stand in rising order; 1 or 0 for a clock or a counter, about a half by chance."""
    return sum(1 for one, other in pairwise(values) if one < other) / (len(values) - 1)


@pytest.mark.parametrize(("kind", "table", "words"), SENT)
def test_nothing_in_the_files_or_the_log_tells_who_sent_what_when(tmp_path, kind, table, words):
    installation = Installation(tmp_path)
    installation.command("migrate")
    token = installation.ask(SETUP).splitlines()[-1]
    installation.start()
    texts = [f"Seen {uuid.uuid4().hex}" for _n in range(SENDS)]
    senders = [random.choice(list(PHONES)) for _n in range(SENDS)]
    started = time.time()
    try:
        receipts = [
            send(installation.port, token, kind, who, text) for who, text in zip(senders, texts, strict=True)
        ]
    finally:
        installation.kill()
    ended = time.time()
    order_before = layout(tmp_path, texts)
    installation.ask("from fairfloor.core.tidy import tidy_database\ntidy_database()")

    for path in [path for path in tmp_path.rglob("*") if path.is_file() and "static" not in path.parts]:
        content = path.read_bytes()
        for secret in (*PHONES, *PHONES.values(), *receipts, *(r.split("-")[-1] for r in receipts)):
            assert secret.encode() not in content, (path.name, secret)
        if path.name.startswith("log"):
            assert token.encode() not in content
            assert not any(text.encode() in content for text in texts)
    assert not (tmp_path / "files").exists() or not list((tmp_path / "files").rglob("*.*"))

    database = sqlite3.connect(tmp_path / "fairfloor.sqlite3")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    key_of = dict(database.execute(f"SELECT {words}, id FROM {table}"))
    keys = [key_of[text] for text in texts]
    assert 0.15 < rising(keys) < 0.85
    for column in ("code", "conversation_id"):
        found = dict(database.execute(f"SELECT id, {column} FROM {table}"))
        assert 0.15 < rising([found[key] for key in keys]) < 0.85, column
    events = dict(database.execute("SELECT object_id, id FROM core_auditevent"))
    assert 0.15 < rising([events[key] for key in keys]) < 0.85
    for name in sorted(set(tables) - FLEETING):
        for row in database.execute(f"SELECT * FROM {name}"):
            for value in row:
                assert not fine_time(value, started, ended), (name, value)
    if "django_tasks_database_dbtaskresult" in tables:
        rows = str(database.execute("SELECT * FROM django_tasks_database_dbtaskresult").fetchall())
        assert not any(str(key) in rows for key in keys)
    # Where the texts lie in the file says nothing once it was tidied. Before, it says much (see privacy.md).
    after = layout(tmp_path, texts)
    assert 0.15 < rising(after) < 0.85, (rising(order_before), rising(after))
    (tmp_path / "measured.txt").write_text(f"{rising(order_before):.2f} {rising(after):.2f}")
    assert (
        not (tmp_path / "fairfloor.sqlite3-wal").exists()
        or not (tmp_path / "fairfloor.sqlite3-wal").stat().st_size
    )


def layout(folder, texts: list[str]) -> list[int]:
    """Where each text first stands in the database's file, its log behind it."""
    content = b"".join(
        path.read_bytes()
        for path in (folder / "fairfloor.sqlite3", folder / "fairfloor.sqlite3-wal")
        if path.exists()
    )
    places = [content.find(text.encode()) for text in texts]
    assert min(places) >= 0
    return places


def fine_time(value: object, started: float, ended: float) -> bool:
    """Whether a value is a moment within the time of sending, written as ISO or as seconds."""
    if isinstance(value, int | float):
        return started - 1 <= value <= ended + 1
    if not isinstance(value, str):
        return False
    seconds = range(int(started), int(ended) + 1)
    moments = {time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment)) for moment in seconds}
    return any(moment in value.replace("T", " ") for moment in moments)
