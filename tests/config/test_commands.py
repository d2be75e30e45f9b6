"""The command line, run as an operator runs it: as a process of its own, on a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.alone


@pytest.fixture
def place(tmp_path):
    """A data folder; on the PostgreSQL round these tests use SQLite all the same."""
    return tmp_path / "data"


def fairfloor(place: Path, *arguments: str, check: bool = True, **more: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    environment |= {
        "FAIRFLOOR_DATA": str(place),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        **more,
    }
    result = subprocess.run(
        [sys.executable, "-m", "fairfloor", *arguments], env=environment, capture_output=True, text=True
    )
    if check:
        assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    return result


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ADD_USER = """
import django; django.setup()
from django.utils import timezone
from fairfloor.accounts.public import add_user
add_user(by="t", username="ann", name="Ann", at=timezone.now())
"""


def run_code(place: Path, code: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    environment |= {
        "FAIRFLOOR_DATA": str(place),
        "DJANGO_SETTINGS_MODULE": "fairfloor.config.settings",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


COUNT_USERS = """
import django; django.setup()
from fairfloor.accounts.public import User
print(User.objects.count())
"""


def test_backup_and_restore_bring_everything_back(place, tmp_path):
    fairfloor(place, "migrate")
    run_code(place, ADD_USER)
    picture = place / "files" / "1" / "2.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    archive = tmp_path / "backup.tar"
    fairfloor(place, "backup", str(archive))
    assert archive.stat().st_mode & 0o077 == 0
    refused = fairfloor(place, "backup", str(archive), check=False)
    assert refused.returncode == 1
    assert "exists already" in refused.stderr

    other = tmp_path / "other"
    fairfloor(other, "restore", str(archive))
    assert run_code(other, COUNT_USERS).strip() == "1"
    assert (other / "files" / "1" / "2.jpg").read_bytes() == b"picture"
    assert (other / "secret_key").read_text() == (place / "secret_key").read_text()
    refused = fairfloor(other, "restore", str(archive), check=False)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    fairfloor(other, "restore", "--replace", str(archive))


def test_a_damaged_backup_is_refused_and_changes_nothing(place, tmp_path):
    fairfloor(place, "migrate")
    run_code(place, ADD_USER)
    archive = tmp_path / "backup.tar"
    fairfloor(place, "backup", str(archive))
    data = bytearray(archive.read_bytes())
    middle = data.find(b"SQLite format 3") + 5000
    data[middle : middle + 20] = b"x" * 20
    archive.write_bytes(data)
    refused = fairfloor(place, "restore", "--replace", str(archive), check=False)
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert run_code(place, COUNT_USERS).strip() == "1"
    archive.write_bytes(b"no archive at all")
    refused = fairfloor(place, "restore", "--replace", str(archive), check=False)
    assert refused.returncode == 1


def test_doctor_finds_what_is_missing_and_says_what_to_do(place):
    sick = fairfloor(place, "doctor", check=False)
    assert sick.returncode == 1
    assert "Run `fairfloor migrate`." in sick.stdout
    fairfloor(place, "migrate")
    well = fairfloor(place, "doctor", FAIRFLOOR_URL="http://127.0.0.1:8000")
    assert "STOP" not in well.stdout
    assert "Chinese included" in well.stdout
    assert "Phones cannot reach http://127.0.0.1:8000" in well.stdout
    plain = fairfloor(place, "doctor", FAIRFLOOR_URL="http://192.168.1.20:8000")
    assert "without HTTPS" in plain.stdout
    https = fairfloor(place, "doctor", FAIRFLOOR_URL="https://fairfloor.example.org")
    assert "phones can work without a network" in https.stdout
    assert "without HTTPS" not in https.stdout


def test_half_a_certificate_is_refused(place, tmp_path):
    refused = fairfloor(place, "serve", "--tls-cert", str(tmp_path / "none.pem"), check=False)
    assert refused.returncode == 1
    assert "go together" in refused.stderr
    refused = fairfloor(place, "serve", "--host", "0.0.0.0", check=False)
    assert refused.returncode == 1
    assert "FAIRFLOOR_URL" in refused.stderr


def processes_of(place: Path) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if f"FAIRFLOOR_DATA={place}".encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_serve_takes_its_children_down_with_it(place, how):
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    environment |= {"FAIRFLOOR_DATA": str(place), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    server = subprocess.Popen(
        [sys.executable, "-m", "fairfloor", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_until(lambda: answers(port), 40)
        assert len(processes_of(place)) >= 3
    finally:
        server.send_signal(how)
        server.wait(20)
    assert wait_until(lambda: not processes_of(place)), processes_of(place)
