"""The first visit of an old phone on a weak line: bytes and requests over real HTTP, and how long it takes.

"Usable" is when the page has its style and its script has run; what works without a network comes after and is
counted apart.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

BUDGET = 14_336
LINE = {"offline": False, "latency": 500, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
TIMES = """() => {
  const page = performance.getEntriesByType('navigation')[0], usable = page.domContentLoadedEventEnd;
  const asked = performance.getEntriesByType('resource').filter(one => one.startTime < usable).map(one => one.name);
  return {usable, asked, seen: performance.getEntriesByName('first-contentful-paint')[0].startTime};
}"""


def body_bytes(url: str) -> int:
    """How many bytes the body of an address takes on the line, compressed as a browser asks for it."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return len(answer.read())


def visit(url: str) -> tuple[dict[str, Any], list[str], list[str]]:
    """Times in ms on the slow line, addresses fetched before the page was usable, and those fetched after."""
    from playwright.sync_api import TimeoutError, sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, locale="en")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", LINE)
        seen: list[str] = []
        page.context.on("request", lambda request: seen.append(request.url))
        page.goto(url, wait_until="domcontentloaded", timeout=60_000)
        page.wait_for_load_state("load")
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
        times = page.evaluate(TIMES)
        with suppress(TimeoutError):  # counted with what came until then
            page.wait_for_selector("body[data-kept]", state="attached", timeout=120_000)
        browser.close()
    before = [url, *(one for one in times.pop("asked") if not one.startswith("data:"))]
    after = [one for one in seen if not one.startswith("data:")]
    for one in before:
        after.remove(one)
    return times, before, after


def report(url: str) -> None:
    """Measure one worker link and print the table."""
    times, before, after = visit(url)
    weights = {one: body_bytes(one) for one in dict.fromkeys(before)}
    total = sum(weights.values())
    print("\nfirst visit (worker home, English)")
    for one, weight in weights.items():
        name = urlsplit(one).path
        print(f"  {'/w/…/' if name.startswith('/w/') else name:52}{weight:>8,} bytes compressed")
    print(
        f"  {'together':52}{total:>8,} bytes of {BUDGET:,}; {len(weights) - 1} further requests before usable"
    )
    print(
        f"  {'afterwards: outbox, service worker and what it keeps':52}{sum(map(body_bytes, after)):>8,} bytes, "
        f"{len(after)} requests"
    )
    print(
        f"  Chromium at 50 kbit/s and 500 ms: first words {times['seen'] / 1000:.1f} s, "
        f"usable {times['usable'] / 1000:.1f} s",
        flush=True,
    )


def measure(slug: str, environment: dict[str, str]) -> None:
    """Serve the folder's installation and report the first visit to a factory's link."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = (
        "import django; django.setup()\n"
        "from fairfloor.core.tenancy import scope\n"
        "from fairfloor.organisations.public import Enterprise, active_worker_link\n"
        f"with scope(Enterprise.objects.get(slug={slug!r}).id): print(active_worker_link().token)"
    )
    token = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    server = subprocess.Popen(
        [sys.executable, "-m", "fairfloor", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        report(f"{url}/w/{token}/")
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    report(sys.argv[1])
