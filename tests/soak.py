"""``make soak``: workers write without pause while `serve` is killed with -9 again and again, on both databases.

Every idea that was acknowledged must be there once, with its words, and none twice. CI runs a shorter one
(``tests/hostile/test_killed.py``).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import dj_database_url

from tests.installation import SETUP, TELL, Installation, Phones

KILLS, CLIENTS, SECONDS_BETWEEN = 30, 32, 2.0


@dataclass(frozen=True)
class Outcome:
    """What the workers heard and what the database holds afterwards."""

    acknowledged: int
    kept: int
    lost: int  # acknowledged, and not there
    doubled: int  # there more than once
    changed: int  # there with other words
    other_answers: int  # neither taken, nor asked to come again
    receipts_differ: int  # sent again after all of it, and another receipt came back


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """The address of an empty PostgreSQL database beside the one tests use; dropped afterwards."""
    import psycopg

    address = os.environ["SOAK_DATABASE_URL"]
    name = f"fairfloor_soak_{uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            parts = dj_database_url.parse(address)
            yield address.removesuffix(parts["NAME"]) + name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def soak(
    data: Path,
    database: str = "",
    *,
    kills: int = KILLS,
    clients: int = CLIENTS,
    pause: float = SECONDS_BETWEEN,
) -> tuple[Outcome, Installation]:
    """Kill a new installation under load; what came of it, and the installation, which the caller ends."""
    installation = Installation(data, database)
    installation.command("migrate")
    token = installation.ask(SETUP)
    phones = Phones(installation.port, [token], clients)
    try:
        installation.start()
        for thread in phones.threads:
            thread.start()
        for _kill in range(kills):
            time.sleep(pause)
            installation.kill()
            installation.start()
        time.sleep(pause)
    finally:
        phones.is_over.set()
        for thread in phones.threads:
            thread.join(40)
    rows = json.loads(installation.ask(TELL))["rows"]
    kept = [client_id for client_id, _text, _code in rows]
    texts = {client_id: text for client_id, text, _code in rows}
    # A new process has forgotten how many came in this minute; the same sends give the same receipts.
    installation.kill()
    installation.start()
    sample = list(phones.acknowledged.items())[:40]
    differing = sum(phones.send(client_id, text) != (200, receipt) for client_id, (text, receipt) in sample)
    kept_after = len(json.loads(installation.ask(TELL))["rows"])
    outcome = Outcome(
        acknowledged=len(phones.acknowledged),
        kept=len(kept),
        lost=len(set(phones.acknowledged) - set(kept)),
        doubled=len(kept) - len(set(kept)) + kept_after - len(kept),
        changed=sum(texts.get(c, text) != text for c, (text, _receipt) in phones.acknowledged.items()),
        other_answers=len(phones.other),
        receipts_differ=differing,
    )
    written = installation.log.read_text()
    for secret in (token, *(receipt for _text, receipt in phones.acknowledged.values())):
        assert secret not in written, "The log tells a link or a receipt."
    return outcome, installation


def main() -> int:
    """Both databases, one after the other; 0 when nothing was lost, doubled or changed."""
    failed = 0
    databases = ["SQLite"] + (["PostgreSQL"] if os.environ.get("SOAK_DATABASE_URL") else [])
    if len(databases) == 1:
        print("PostgreSQL is left out: SOAK_DATABASE_URL is not set.", flush=True)
    for name in databases:
        with tempfile.TemporaryDirectory(prefix="fairfloor-soak-") as folder:
            started = time.monotonic()
            if name == "SQLite":
                outcome, installation = soak(Path(folder))
                installation.kill()
            else:
                with database_of_its_own() as address:
                    outcome, installation = soak(Path(folder), address)
                    installation.kill()
            print(
                f"{name}: {KILLS} kills, {CLIENTS} clients, {time.monotonic() - started:.0f} s: {outcome}",
                flush=True,
            )
            failed += (
                outcome.lost
                + outcome.doubled
                + outcome.changed
                + outcome.receipts_differ
                + outcome.other_answers
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
