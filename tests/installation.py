"""A program of its own under test: data folder, port, processes; and workers who write to it without pause."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Runs in the data folder of the installation under test: makes the factory, or tells what it holds.
SETUP = """
from datetime import date
from django.utils import timezone
from fairfloor.accounts.public import add_user
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role, active_worker_link, add_member, create_enterprise
now = timezone.now()
e = create_enterprise(name="River Works", slug="river", at=now)
user, _p = add_user(by="tests", username="li", name="Li", password="correct horse battery",
                    must_change_password=False, at=now)
with scope(e.id):
    for role in (Role.MANAGER, Role.TEAM_SECRETARY):
        add_member(actor=system_actor(e.id), user_id=user.pk, role=role, from_date=date(2020, 1, 1), at=now)
    print(active_worker_link().token)
"""
TELL = """
import json
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Enterprise
from fairfloor.registers.models import ImportUpload
from fairfloor.suggestions.models import Suggestion
with scope(Enterprise.objects.get(slug="river").id):
    rows = Suggestion.objects.values_list("conversation__client_id", "text", "code")
    print(json.dumps({"rows": list(rows), "uploads": list(ImportUpload.objects.values_list("status", flat=True))}))
"""


class Installation:
    """A program of its own: data folder, port, processes. ``database`` is a PostgreSQL address, or empty for SQLite."""

    def __init__(self, data: Path, database: str = ""):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("FAIRFLOOR_", "DJANGO_"))},
            "FAIRFLOOR_DATA": str(data),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DATABASE_URL": database,
        }
        self.log = data / "log.txt"
        self.serving: subprocess.Popen | None = None

    def ask(self, code: str) -> str:
        """What a few lines of Python print inside the installation."""
        prelude = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'fairfloor.config.settings'\n"
        prelude += "django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", prelude + code],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def command(self, *words: str) -> None:
        """One command of the program."""
        command = [sys.executable, "-m", "fairfloor", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """`fairfloor serve` in a session of its own; returns when it answers."""
        command = [sys.executable, "-m", "fairfloor", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.serving = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            assert self.serving.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError("It did not come up: " + self.log.read_text())

    def children(self) -> list[int]:
        """All processes that descend from `serve`, by the kernel's own list."""
        found, waiting = [], [self.serving.pid]
        while waiting:
            pid = waiting.pop()
            with suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    below = [int(word) for word in (task / "children").read_text().split()]
                    found += below
                    waiting += below
        return found

    def kill(self) -> None:
        """-9 to `serve` and everything it started, and to nothing else."""
        if self.serving is None:
            return
        pids = [*self.children(), self.serving.pid]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.serving.wait(10)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
            time.sleep(0.05)
        self.serving = None


class Phones:
    """Workers who write without pause; each keeps what was acknowledged, and tries again what was not."""

    def __init__(self, port: int, tokens: list[str], count: int):
        self.port, self.paths = port, [f"/w/{token}/idea/" for token in tokens]
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.other: list[tuple[int, str]] = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self._write, daemon=True) for _each in range(count)]

    def send(self, client_id: str, text: str) -> tuple[int, str] | None:
        """Status and receipt of one send; nothing when the line broke."""
        body = json.dumps({"client_id": client_id, "text": text})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("POST", self.paths[int(client_id[:8], 16) % len(self.paths)], body, headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return answer.status, json.loads(body).get("receipt", "") if is_json else body[:200].decode()

    def _write(self) -> None:
        while not self.is_over.is_set():
            client_id = str(uuid.uuid4())
            text = f"Idea {client_id}"
            while not self.is_over.is_set():
                answer = self.send(client_id, text)
                if answer is not None and answer[0] in {200, 201}:
                    self.acknowledged[client_id] = (text, answer[1])
                    break
                if answer is not None and answer[0] != 429:
                    self.other.append(answer)
                time.sleep(0.2)
            time.sleep(0.1)
