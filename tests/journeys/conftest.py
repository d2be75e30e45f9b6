"""A real installation: `fairfloor demo`, `fairfloor serve`, and Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Installation:
    """A served demo: its address, its data folder and its sign-ins by role."""

    url: str
    folder: Path
    sign_ins: dict[str, tuple[str, str]]
    worker_url: str

    def command(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "fairfloor", *arguments],
            env=environment(self.folder),
            capture_output=True,
            check=True,
        )

    def count(self, rows: str, *parameters: str) -> int:
        """How many rows the server has: what stands in SQL after FROM, read beside the running server."""
        with sqlite3.connect(f"file:{self.folder}/fairfloor.sqlite3?mode=ro", uri=True) as database:
            return database.execute(f"SELECT count(*) FROM {rows}", parameters).fetchone()[0]


def environment(folder: Path) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    return keep | {"FAIRFLOOR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def parse_sign_ins(text: str) -> tuple[dict[str, tuple[str, str]], str]:
    """Username → (username, password) and the path of the worker link, as `demo` prints them."""
    found, worker = {}, ""
    for line in text.splitlines():
        link = re.search(r"/w/\w+/", line)
        if link:
            worker = worker or link.group(0)
            continue
        columns = re.split(r"\s{2,}", line.strip())
        if len(columns) >= 3:
            found[columns[0]] = (columns[0], columns[1])
    return found, worker


@contextmanager
def served_demo(folder: Path):
    """The demo, loaded into an empty folder and served; ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = environment(folder) | {"FAIRFLOOR_URL": url}
    demo = subprocess.run(
        [sys.executable, "-m", "fairfloor", "demo"], env=env, capture_output=True, text=True, check=False
    )
    assert demo.returncode == 0, demo.stderr
    server = subprocess.Popen(
        [sys.executable, "-m", "fairfloor", "serve", "--port", str(port)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "serve.log").open("w"),
    )
    try:
        for _attempt in range(300):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        sign_ins, worker = parse_sign_ins(demo.stdout)
        yield Installation(url, folder, sign_ins, worker)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    with served_demo(tmp_path_factory.mktemp("installation")) as installation:
        yield installation


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser, installation):
    """A worker's phone: narrow, touch, no account."""
    context = browser.new_context(
        base_url=installation.url, viewport={"width": 360, "height": 740}, has_touch=True, locale="en"
    )
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def sign_in(browser, installation):
    """``sign_in("secretary", language="en")`` gives a page of that person at laptop width."""
    contexts = []

    def go(role: str, language: str = "en", width: int = 1366, javascript: bool = True):
        context = browser.new_context(
            base_url=installation.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": installation.url}])
        page = context.new_page()
        username, password = installation.sign_ins[role]
        page.goto("/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        follow(page.locator("main button[type=submit], main form button").first)
        return page

    yield go
    for context in contexts:
        context.close()


def follow(locator) -> None:
    """Click a link or a button and wait for the page it leads to."""
    with locator.page.expect_navigation():
        locator.click()


def press(page, name: str) -> None:
    """Press a button by its name and wait for the page it leads to."""
    follow(page.get_by_role("button", name=name).first)


def outbox_ready(page) -> None:
    """Wait until what a worker writes on the page would be kept on the phone.

    A function, not an expression: Playwright evaluates an expression anew each time it looks, and from the
    second time on our Content-Security-Policy forbids that.
    """
    page.wait_for_function("() => window.Outbox")


def axe(page) -> list[str]:
    """What axe finds on a page, one line per violation with the first place."""
    # A page a click led to may still be on its way in.
    page.wait_for_load_state()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{page.url} {v['id']}: {v['help']} — {v['nodes'][0]['html'][:160]}" for v in result["violations"]
    ]
