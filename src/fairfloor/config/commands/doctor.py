"""Look at this installation and say what is wrong and what to do. Exit code 1 when something must be mended."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from fairfloor.conversations.public import sweep_all_parts
from fairfloor.core.db.policies import bypasses_policies, unguarded_tables
from fairfloor.core.files import path_of
from fairfloor.core.jobs import queue_state
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import unscoped
from fairfloor.desk.digests import failed_digests
from fairfloor.organisations.public import Enterprise

GOOD, WATCH, STOP = "good", "watch", "STOP"
LOW_DISK_BYTES = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, in words, and what to do about it."""

    state: str
    what: str
    do: str = ""


def configure(parser) -> None:
    """No options."""


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            answer = cursor.fetchone()[0]
            if answer != "ok":
                yield Finding(
                    STOP, f"SQLite reports damage: {answer}", "Stop `serve` and restore the last backup."
                )
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0] != "wal":
                yield Finding(
                    STOP,
                    "SQLite cannot use its write-ahead log in the data folder.",
                    "Put FAIRFLOOR_DATA on a local disk; network folders cannot hold it.",
                )
            yield Finding(GOOD, f"Database: SQLite in {settings.DATA}")
            return
        cursor.execute("SHOW server_version")
        yield Finding(GOOD, f"Database: PostgreSQL {cursor.fetchone()[0]}")
    if bypasses_policies():
        yield Finding(
            STOP,
            "The database role may skip row-level security, so one wall between factories is missing.",
            "Use a role for Fairfloor that is neither superuser nor BYPASSRLS.",
        )
    missing = unguarded_tables()
    if missing:
        yield Finding(
            STOP,
            f"{len(missing)} tables have no row-level security: {', '.join(missing[:5])}",
            "Run `fairfloor migrate` with the role that owns the tables.",
        )


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding(STOP, f"{len(plan)} changes to the database wait.", "Run `fairfloor migrate`.")
    else:
        yield Finding(GOOD, "The database has the shape this version needs.")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    if free < LOW_DISK_BYTES:
        yield Finding(
            STOP, f"Only {free >> 20} MiB are free on the disk.", "Free some room; nothing can be saved soon."
        )
    else:
        yield Finding(GOOD, f"{free >> 30} GiB are free on the disk.")
    if settings.DATA.stat().st_mode & 0o007:
        yield Finding(
            WATCH,
            f"Everybody on this machine may look into {settings.DATA}.",
            f"Close it: chmod 750 {settings.DATA}",
        )


def _files() -> Iterator[Finding]:
    with unscoped():
        known = {
            path_of(stored)
            for stored in StoredFile.objects.only("id", "enterprise_id", "content_type").iterator()
        }
    root = Path(settings.FILES_ROOT)
    on_disk = {*root.glob("*/*.jpg"), *root.glob("*/*.m4a")}
    swept = sweep_all_parts(timezone.now())
    if swept:
        yield Finding(
            GOOD, f"{swept} photos or voice notes begun a week ago and never finished were cleared away."
        )
    lost = known - on_disk
    if lost:
        yield Finding(
            STOP,
            f"{len(lost)} photos and voice notes are in the database but not on disk.",
            "Restore them from the last backup.",
        )
    orphans = on_disk - known
    if orphans:
        yield Finding(
            WATCH, f"{len(orphans)} photos and voice notes on disk belong to nothing.", "They may be deleted."
        )
    if not lost and not orphans:
        yield Finding(GOOD, f"{len(known)} photos and voice notes, each where it belongs.")


def _fonts() -> Iterator[Finding]:
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder and any(folder.rglob("*.ttc")):
        yield Finding(GOOD, "The fonts for reports are here, Chinese included.")
    else:
        yield Finding(STOP, "The fonts for PDF reports are missing.", "Run `make setup`.")


def _jobs() -> Iterator[Finding]:
    state = queue_state(timezone.now())
    if not state["workers"] and state["waiting"]:
        yield Finding(
            STOP,
            f"{state['waiting']} jobs wait and nobody works on them.",
            "Start `fairfloor serve` or `run-jobs`.",
        )
    elif not state["workers"]:
        yield Finding(WATCH, "No job worker is running.", "It starts with `fairfloor serve`.")
    else:
        yield Finding(GOOD, f"Jobs: {state['waiting']} waiting, {state['running']} running.")
    if state["failed"]:
        yield Finding(WATCH, f"{state['failed']} jobs failed.", "Look at the log of `serve` for the reason.")


def _messages() -> Iterator[Finding]:
    failed = failed_digests(timezone.now().date() - timedelta(days=7))
    if failed:
        yield Finding(
            WATCH,
            f"{failed} digests of the last seven days were not sent, or nobody knows whether they arrived.",
            "Look at FAIRFLOOR_MAIL_URL; try it with a mail to yourself.",
        )
    elif not settings.MAIL_URL:
        yield Finding(
            WATCH, "No mail server is set, so nobody is reminded.", "Set FAIRFLOOR_MAIL_URL; see docs."
        )
    else:
        yield Finding(GOOD, "Digests go out by mail.")


def _address() -> Iterator[Finding]:
    if not settings.PUBLIC_URL:
        yield Finding(
            WATCH,
            "FAIRFLOOR_URL is not set: QR codes and links work on this machine only.",
            "Set it to the address phones can reach, for example https://fairfloor.example.org.",
        )
        return
    address = urlsplit(settings.PUBLIC_URL)
    is_own_machine = address.hostname in {"localhost", "127.0.0.1", "::1"}
    if is_own_machine:
        yield Finding(
            WATCH,
            f"Phones cannot reach {settings.PUBLIC_URL}: it means the phone itself.",
            "Set FAIRFLOOR_URL to the name or address of this machine in the factory's network.",
        )
    elif address.scheme != "https":
        yield Finding(
            WATCH,
            "Phones are served without HTTPS: pages do not open without a network, nothing is sent once they are "
            "closed, and voice cannot be recorded.",
            "Get a certificate and set FAIRFLOOR_URL to the https address; docs/howto/operate.md shows three ways.",
        )
    else:
        yield Finding(GOOD, f"Address: {settings.PUBLIC_URL}; phones can work without a network.")
    if Enterprise.objects.filter(is_demo=True).exists() and not is_own_machine:
        yield Finding(
            WATCH,
            "The demo factory is reachable by others.",
            "Set up your own factory on /start/ in its place.",
        )


def findings() -> Iterator[Finding]:
    """Look at everything, the database first: without it nothing else can be seen."""
    try:
        connection.ensure_connection()
    except OperationalError as failed:
        first_line = str(failed).strip().splitlines()[0]
        yield Finding(
            STOP,
            f"The database does not answer: {first_line}",
            "Start it, or correct DATABASE_URL or FAIRFLOOR_DATA.",
        )
        return
    yield from _database()
    waiting = list(_migrations())
    yield from waiting
    yield from _disk()
    yield from _fonts()
    yield from _address()
    if not any(f.state == STOP for f in waiting):
        yield from _files()
        yield from _jobs()
        yield from _messages()


def run(options) -> int:
    """Print each finding and what to do; 1 when one must be mended."""
    worst = 0
    for finding in findings():
        print(f"{finding.state:>6}  {finding.what}")
        if finding.do:
            print(f"        → {finding.do}")
        if finding.state == STOP:
            worst = 1
    return worst
