"""Phones that send, for ``make bench``: how many ideas a second `serve` takes beside what this machine can do at all.

Both are asked in turn in one run, since the machine is noisy: the same durable insert in bare WSGI and sqlite3, and
the program with everything it does for an idea. Then many at once, then a shift change while staff pages are in use.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hostile.test_killed import Secretary
from tests.installation import SETUP, Installation
from tests.performance.bare import prepare

LINKS, CLIENTS, SECONDS = 8, 32, 5
MANY = 128
SHIFT, SHIFT_SECONDS = 2_000, 60
MORE_LINKS = """
from django.utils import timezone
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Enterprise
from fairfloor.organisations.public import make_worker_link
e = Enterprise.objects.get(slug="river")
with scope(e.id):
    for number in range({count}):
        link = make_worker_link(actor=system_actor(e.id), label=f"Line {{number}}", at=timezone.now())
        print(link.token)
"""


def load(port: int, clients: int, seconds: float, per_second: float, paths: list[str]) -> dict:
    """What the load generator measured, in a process of its own."""
    words = [str(word) for word in (port, clients, seconds, per_second, *paths)]
    command = [sys.executable, "-m", "tests.performance.load", *words]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@contextmanager
def bare(folder: Path) -> Iterator[int]:
    """The bare insert behind the same server; its port."""
    database = str(folder / "bare.sqlite3")
    prepare(database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
            "tests.performance.bare:application",
        ],
        env={**os.environ, "BARE_DATABASE": database},
    )  # fmt: skip
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def staff_at_work(installation: Installation, is_over: threading.Event, taken: list[float]) -> None:
    """Somebody who looks at Today and the ideas, a page a second; the milliseconds of each go to ``taken``."""
    secretary = Secretary(installation.port)
    secretary.sign_in()
    pages = ("/e/river/", "/e/river/suggestions/", "/e/river/safety/")
    for turn in range(10_000):
        if is_over.wait(1):
            return
        started = time.perf_counter()
        status, _to, _page = secretary.ask("GET", pages[turn % len(pages)])
        if status == 200:
            taken.append((time.perf_counter() - started) * 1000)


def measure(folder: Path) -> None:
    """Print the three measurements."""
    data = folder / "phones"
    data.mkdir()
    installation = Installation(data)
    installation.command("migrate")
    installation.ask(SETUP)
    tokens = installation.ask(MORE_LINKS.format(count=LINKS)).split()
    paths = [f"/w/{token}/idea/" for token in tokens]
    installation.start()
    try:
        with bare(folder) as port:
            rounds = []
            for _turn in range(2):
                limit = load(port, CLIENTS, SECONDS, 0, ["/"])
                assert set(limit["statuses"]) == {"201"}, limit["statuses"]
                ours = load(installation.port, CLIENTS, SECONDS, 0, paths)
                rounds.append((ours["per_second"], limit["per_second"], ours))
        ratio = statistics.mean(ours / limit for ours, limit, _told in rounds)
        told = rounds[-1][2]
        print("\nphones that send (SQLite, 32 clients, two turns)")
        print("  ideas a second    " + " ".join(f"{ours:6.0f}" for ours, _limit, _told in rounds))
        print("  bare insert       " + " ".join(f"{limit:6.0f}" for _ours, limit, _told in rounds))
        print(f"  ratio             {ratio:6.3f}   (aim 0.25)")
        print(f"  p50 {told['p50']:.0f} ms   p99 {told['p99']:.0f} ms   answers {dict(told['statuses'])}")
        many = load(installation.port, MANY, SECONDS, 0, paths)
        print(f"  {MANY} clients       {many['per_second']:6.0f} a second, p99 {many['p99']:.0f} ms,")
        print(f"                    answers {dict(many['statuses'])}")
        is_over, pages = threading.Event(), []
        staff = threading.Thread(target=staff_at_work, args=(installation, is_over, pages), daemon=True)
        staff.start()
        shift = load(installation.port, 64, SHIFT_SECONDS, SHIFT / SHIFT_SECONDS, paths)
        is_over.set()
        staff.join(20)
        pages.sort()
        middle, slow = pages[len(pages) // 2], pages[int(len(pages) * 0.95)]
        count = sum(shift["statuses"].values())
        print(f"  shift change      {count} ideas in {SHIFT_SECONDS} s: p50 {shift['p50']:.0f} ms,")
        print(f"                    p99 {shift['p99']:.0f} ms, answers {dict(shift['statuses'])};")
        print(f"                    {len(pages)} staff pages meanwhile: p50 {middle:.0f} ms,", end=" ")
        print(f"p95 {slow:.0f} ms", flush=True)
    finally:
        installation.kill()


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fairfloor-phones-") as name:
        measure(Path(name))
