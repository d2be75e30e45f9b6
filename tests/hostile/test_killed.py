"""`serve` killed with -9 in the middle of its work loses nothing it acknowledged and doubles nothing."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.parse
import uuid
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.installation import SETUP, TELL, Installation
from tests.registers.workbooks import DEPARTMENTS, PROFILE, suggestion, suggestions, workbook
from tests.soak import Outcome, database_of_its_own, soak

pytestmark = pytest.mark.alone
THREADS, KILLS, SECONDS_BETWEEN = 8, 3, 3.0


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path)
    made.command("migrate")
    yield made
    made.kill()


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path, database):
    kept_apart = nullcontext("")
    if database == "PostgreSQL":
        if not os.environ.get("SOAK_DATABASE_URL"):
            pytest.skip("SOAK_DATABASE_URL is not set, so there is no PostgreSQL server to be killed on")
        kept_apart = database_of_its_own()
    with kept_apart as address:
        outcome, installation = soak(tmp_path, address, kills=KILLS, clients=THREADS, pause=SECONDS_BETWEEN)
        installation.kill()
    assert outcome.acknowledged > 50
    assert outcome == Outcome(outcome.acknowledged, outcome.kept, 0, 0, 0, 0, 0)
    assert "Traceback" not in installation.log.read_text()


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
