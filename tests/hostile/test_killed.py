"""`serve` killed with -9 in the middle of its work loses nothing it acknowledged and doubles nothing."""

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
import urllib.parse
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from tests.registers.workbooks import DEPARTMENTS, PROFILE, suggestion, suggestions, workbook

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
THREADS, KILLS, SECONDS_BETWEEN = 8, 3, 3.0

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
    """A program of its own: data folder, port, processes."""

    def __init__(self, data: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("FAIRFLOOR_", "DJANGO_"))},
            "FAIRFLOOR_DATA": str(data),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DATABASE_URL": "",
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


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path)
    made.command("migrate")
    yield made
    made.kill()


class Phones:
    """Workers who write without pause; each keeps what was acknowledged, and tries again what was not."""

    def __init__(self, port: int, token: str):
        self.port, self.path = port, f"/w/{token}/idea/"
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.other: list[tuple[int, str]] = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self._write, daemon=True) for _each in range(THREADS)]

    def send(self, client_id: str, text: str) -> tuple[int, str] | None:
        """Status and receipt of one send; nothing when the line broke."""
        body = json.dumps({"client_id": client_id, "text": text})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("POST", self.path, body, headers)
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
                if answer and answer[0] in {200, 201}:
                    self.acknowledged[client_id] = (text, answer[1])
                    break
                if answer and answer[0] != 429:
                    self.other.append(answer)
                time.sleep(0.2)
            time.sleep(0.1)


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(installation):
    token = installation.ask(SETUP)
    installation.start()
    phones = Phones(installation.port, token)
    for thread in phones.threads:
        thread.start()
    for _kill in range(KILLS):
        time.sleep(SECONDS_BETWEEN)
        installation.kill()
        installation.start()
    time.sleep(SECONDS_BETWEEN)
    phones.is_over.set()
    for thread in phones.threads:
        thread.join(30)
    assert phones.other == []
    assert len(phones.acknowledged) > 50
    rows = json.loads(installation.ask(TELL))["rows"]
    kept = [client_id for client_id, _text, _code in rows]
    assert len(kept) == len(set(kept))
    assert set(phones.acknowledged) <= set(kept)
    texts = {client_id: text for client_id, text, _code in rows}
    assert all(texts[client_id] == text for client_id, (text, _receipt) in phones.acknowledged.items())
    # A new process has forgotten how many came in this minute; the same sends give the same receipts.
    installation.kill()
    installation.start()
    for client_id, (text, receipt) in list(phones.acknowledged.items())[:40]:
        assert phones.send(client_id, text) == (200, receipt)
    assert len(json.loads(installation.ask(TELL))["rows"]) == len(rows)
    written = installation.log.read_text()
    assert "Traceback" not in written
    assert token not in written
    assert not any(receipt in written for _text, receipt in phones.acknowledged.values())


class Secretary:
    """Somebody signed in, with nothing but the standard library."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= {"X-CSRFToken": self.cookies.get("csrftoken", "")}
        if kind:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.getheader("Location") or "", answer.read().decode(errors="replace")

    def sign_in(self) -> None:
        """With the password."""
        self.ask("GET", "/accounts/login/")
        words = urllib.parse.urlencode({"login": "li", "password": "correct horse battery"}).encode()
        status, _to, page = self.ask("POST", "/accounts/login/", words, "application/x-www-form-urlencoded")
        assert status == 302, (status, page[:2000])

    def send_file(self, path: str, file: Path) -> tuple[int, str, str]:
        """A file as a browser sends it."""
        head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="registers.xlsx"\r\n'
        body = (
            head + b"Content-Type: application/octet-stream\r\n\r\n" + file.read_bytes() + b"\r\n--edge--\r\n"
        )
        return self.ask("POST", path, body, "multipart/form-data; boundary=edge")


def test_an_import_whose_worker_was_killed_is_whole_or_absent_and_then_done(installation, tmp_path):
    count = 15_000
    installation.ask(SETUP)
    rows = [suggestion(f"S-{n}", text=f"Idea {n} {uuid.uuid4()} {uuid.uuid4()}") for n in range(count)]
    file = workbook(
        tmp_path / "large.xlsx",
        {"Enterprise": PROFILE, "Departments": DEPARTMENTS, "Suggestions": suggestions(*rows)},
    )
    assert file.stat().st_size > 1024 * 1024  # a smaller one would not go to the worker
    installation.start()
    secretary = Secretary(installation.port)
    secretary.sign_in()
    status, preview, _page = secretary.send_file("/e/river/registers/upload/", file)
    assert status == 303

    def state() -> tuple[int, str]:
        told = json.loads(installation.ask(TELL))
        return len(told["rows"]), told["uploads"][0]

    _until(lambda: state()[1] == "READY")
    assert secretary.ask("POST", preview + "confirm/")[0] == 303
    time.sleep(1.5)  # the worker is in the middle of it
    installation.kill()
    assert state() in {(0, "APPLYING"), (count, "DONE")}
    installation.start()
    _until(lambda: state()[1] == "DONE")
    assert state() == (count, "DONE")


def _until(holds, seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not come to pass."
        time.sleep(1)
