"""Serve the pages and run the jobs, together. Stops both when stopped, and stops if either dies."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from fairfloor.accounts.public import has_own_users
from fairfloor.config.cli import Refusal
from fairfloor.config.lifeline import die_with_parent
from fairfloor.desk.setup_code import setup_code


def configure(parser) -> None:
    """Options of `serve`."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--tls-cert", type=Path, help="certificate file (PEM); phones need HTTPS for most features"
    )
    parser.add_argument("--tls-key", type=Path, help="key file (PEM)")


def _start_child() -> None:
    """In the child: a process group of its own that dies with us."""
    os.setpgrp()
    die_with_parent()


def run_children(host: str, port: int, tls: list[str]) -> int:
    """Start web and jobs, wait, and end both together. Returns an exit code."""
    environment = {**os.environ, "FAIRFLOOR_STATIC": "collected"}
    if host not in {"127.0.0.1", "localhost", "0.0.0.0", "::"}:  # noqa: S104
        environment["FAIRFLOOR_HOSTS"] = ",".join(filter(None, [os.environ.get("FAIRFLOOR_HOSTS"), host]))
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        # On SQLite one thread a worker: writers queue anyway, and more only lengthen the tail.
        "--workers", "2", "--blocking-threads", "1" if is_sqlite else "4", "--backpressure", "256",
        "--no-ws", "--log-level", "warning", *tls, "fairfloor.config.wsgi:application",
    ]  # fmt: skip
    jobs = [sys.executable, "-m", "fairfloor", "run-jobs"]
    children = [
        subprocess.Popen(command, env=environment, preexec_fn=_start_child) for command in (web, jobs)
    ]
    stopping = False

    def stop(*_signal) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    failed = not stopping
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    # Grandchildren (granian's workers) share the group of their parent: none may outlive us.
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return 1 if failed else 0


def run(options) -> int:
    """Bring the database up to date, collect static files, serve."""
    if bool(options.tls_cert) != bool(options.tls_key):
        raise Refusal("--tls-cert and --tls-key go together. Give both, or neither.")
    tls: list[str] = []
    if options.tls_cert:
        for path in (options.tls_cert, options.tls_key):
            if not path.is_file():
                raise Refusal(f"{path} is not a file. Name the PEM files of your certificate and its key.")
        tls = ["--ssl-certificate", str(options.tls_cert), "--ssl-keyfile", str(options.tls_key)]
    if options.host in {"0.0.0.0", "::"} and not (settings.PUBLIC_URL or os.environ.get("FAIRFLOOR_HOSTS")):  # noqa: S104
        raise Refusal(
            "Set FAIRFLOOR_URL to the address people will use, for example http://192.168.1.20:8000, "
            "so that links and QR codes are right and other names are refused."
        )
    call_command("migrate", interactive=False, verbosity=0)
    os.environ["FAIRFLOOR_STATIC"] = "collected"
    subprocess.run([sys.executable, "-m", "fairfloor", "collect-static"], check=True, env={**os.environ})
    scheme = "https" if tls else "http"
    print(
        f"Fairfloor is served on {settings.PUBLIC_URL or f'{scheme}://{options.host}:{options.port}'}",
        flush=True,
    )
    if not has_own_users():
        # Whoever reads this window may make the installation theirs; nobody else knows the code.
        print(f"Set up your own factory at /start/. Set-up code: {setup_code()}", flush=True)
    print("Stop it with Ctrl-C.", flush=True)
    return run_children(options.host, options.port, tls)


def worker_name() -> str:
    """A name for one job worker, unique among all that ever lived."""
    return f"{os.getpid()}-{secrets.token_hex(6)}"
