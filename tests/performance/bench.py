"""``make bench``: a large generated factory, measured. Prints a table; nothing here passes or fails.

Each page is asked 30 times through Django's own client in a process of its own: server time without the network.
``history ×10`` compares it with a factory of the same pace whose history is half a year, not five.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

from tests.performance import first_visit, phones
from tests.performance.charts import print_rates
from tests.performance.generate import generate

LARGE, SMALL = (20_000, date(2021, 1, 1)), (2_000, date(2025, 7, 1))
REPEAT = 30
LONG_AGENDA = 300


def environment(folder: Path) -> dict[str, str]:
    """A clean environment whose data lives in the folder."""
    keep = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "FAIRFLOOR_SECRET_KEY"}}
    return keep | {"FAIRFLOOR_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "fairfloor.config.settings"}


def run(folder: Path, *arguments: str) -> tuple[float, float, bytes]:
    """Run a command; seconds, peak memory in MiB of the process, and its output."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "fairfloor", *arguments],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    output = child.stdout.read()
    _pid, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"fairfloor {' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024, output


def memory_of_tree(folder: Path) -> tuple[float, int]:
    """Proportional memory in MiB of all processes that use the folder, and how many they are."""
    total, count = 0.0, 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if f"FAIRFLOOR_DATA={folder}".encode() not in (entry / "environ").read_bytes():
                continue
            for line in (entry / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) / 1024
                    count += 1
        except OSError:
            continue
    return total, count


def serve_at_rest(folder: Path) -> tuple[float, int]:
    """Start `serve`, wait until it answers, let it settle, measure, stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "fairfloor", "serve", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(3)
        return memory_of_tree(folder)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def open_long_meeting(slug: str) -> str:
    """In the scope of a factory: begin a meeting with 300 open items; its address below the factory's home.

    The agenda fills itself first; ideas, hazards and projects in turn make up the rest.
    """
    from itertools import chain

    from django.utils import timezone

    from fairfloor.core.access import system_actor
    from fairfloor.organisations.public import Enterprise
    from fairfloor.projects.public import ImprovementProject
    from fairfloor.safety.public import Hazard
    from fairfloor.suggestions.public import Suggestion
    from fairfloor.teams.models import AgendaItem
    from fairfloor.teams.public import ImprovementTeam
    from fairfloor.teams.services.meetings import open_meeting, schedule_meeting
    from fairfloor.teams.workflow import ItemKind

    actor = system_actor(Enterprise.objects.get(slug=slug).pk)
    team, day, at = ImprovementTeam.objects.order_by("code").first(), date(2026, 1, 1), timezone.now()
    meeting = schedule_meeting(actor=actor, team_id=team.pk, meeting_date=day, at=at)
    open_meeting(actor=actor, meeting_id=meeting.pk, day=day, at=at)
    items = AgendaItem.objects.filter(meeting=meeting)
    known, position = set(items.values_list("kind", "about_code")), items.count()
    kinds = (
        (ItemKind.SUGGESTION, Suggestion),
        (ItemKind.HAZARD, Hazard),
        (ItemKind.PROJECT, ImprovementProject),
    )
    lists = [
        [(kind.value, code) for code in model.objects.order_by("code").values_list("code", flat=True)[:300]]
        for kind, model in kinds
    ]
    more = [pair for pair in chain.from_iterable(zip(*lists, strict=True)) if pair not in known]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=place, kind=kind, about_code=code)
        for place, (kind, code) in enumerate(more[: LONG_AGENDA - position], position + 1)
    )
    return f"team/meetings/{team.code}/{meeting.number}/"


def measure_pages(slug: str) -> None:
    """In a child process: ask every page and print the results as JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from fairfloor.accounts.public import User, add_user
    from fairfloor.core.access import system_actor
    from fairfloor.core.tenancy import scope
    from fairfloor.indicators.public import plan_indicator, plans
    from fairfloor.organisations.public import Enterprise, Role, active_worker_link, add_member

    enterprise = Enterprise.objects.get(slug=slug)
    if not User.objects.filter(username="bench").exists():
        user, _password = add_user(by="bench", username="bench", name="Bench", at=timezone.now())
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        with scope(enterprise.id):
            add_member(
                actor=system_actor(enterprise.id),
                user_id=user.pk,
                role=Role.MANAGER,
                from_date=date(2020, 1, 1),
                at=timezone.now(),
            )
    with scope(enterprise.id):
        # Only the large factory has the months of this baseline.
        if slug == "bench-large" and "defect-rate" not in plans():
            plan_indicator(
                actor=system_actor(enterprise.id),
                indicator="defect-rate",
                baseline_start=date(2021, 1, 1),
                baseline_end=date(2022, 12, 1),
                day=date(2026, 1, 1),
                at=timezone.now(),
            )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="bench"))
    with scope(enterprise.id):
        token = active_worker_link().token
        meeting = open_long_meeting(slug)
    home = f"/e/{slug}/"
    pages = {
        "today": home + "?from=2025-07-01&to=2025-12-31",
        "suggestions": home + "suggestions/",
        "suggestions, filtered": home + "suggestions/?status=NEW&department=PAK",
        "suggestions, text search": home + "suggestions/?q=Idea+19",
        "a suggestion": home + "suggestions/S-000100/",
        "hazards": home + "safety/",
        "job risks": home + "safety/job-risks/",
        "projects": home + "projects/",
        "a project": home + "projects/IP-00010/",
        "team": home + "team/",
        "a control chart": home + "readings/of/defect-rate/",
        "meetings": home + "team/meetings/",
        "a meeting, 300 items": f"{home}{meeting}?item=150",
        "surveys": home + "surveys/",
        "a survey round": home + "surveys/2/",
        "equality": home + "equality/",
        "training": home + "training/",
        "a figure": home + "figures/suggestions.received/?from=2025-07-01&to=2025-12-31",
        "registers": home + "registers/",
        "reports": home + "reports/",
        "worker home": f"/w/{token}/",
        "worker idea form": f"/w/{token}/idea/",
    }
    results = {}
    for name, url in pages.items():
        client.get(url)  # warm: templates, kept cells
        times = []
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        count = len(queries)  # now: the next request empties the log
        for _turn in range(REPEAT):
            started = time.perf_counter()
            client.get(url)
            times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}: there is nothing to measure.")
        times.sort()
        results[name] = {
            "status": answer.status_code,
            "p50": times[len(times) // 2],
            "p95": times[int(len(times) * 0.95)],
            "queries": count,
            "bytes": len(answer.content),
        }
    sys.stdout.write(json.dumps(results))


def main() -> None:
    """Generate, import, report, ask pages; print the tables."""
    with tempfile.TemporaryDirectory(prefix="fairfloor-bench-") as name:
        base = Path(name)
        measured = {}
        for label, (size, first) in (("small", SMALL), ("large", LARGE)):
            folder = base / label
            workbook = base / f"{label}.xlsx"
            rows = generate(workbook, suggestions=size, name=f"Bench {label}", first=first)
            print(f"{label}: " + ", ".join(f"{count:,} {what}" for what, count in rows.items()), flush=True)
            run(folder, "migrate")
            seconds, memory, _output = run(folder, "import-registers", str(workbook))
            print(f"  import            {seconds:6.1f} s   peak {memory:5.0f} MiB", flush=True)
            slug = f"bench-{label}"
            seconds, memory, _output = run(folder, "compile-messages")
            print(
                f"  starting Python   {seconds:6.1f} s   peak {memory:5.0f} MiB   (part of each command below)"
            )
            arguments = ("report", "case-report", "--enterprise", slug, "--format")
            for turn in ("first", "again"):
                seconds, memory, output = run(folder, *arguments, "json")
                print(
                    f"  report JSON {turn} {seconds:6.1f} s   peak {memory:5.0f} MiB   {len(output):,} bytes"
                )
            seconds, memory, output = run(folder, *arguments, "pdf")
            print(
                f"  report PDF        {seconds:6.1f} s   peak {memory:5.0f} MiB   {len(output):,} bytes",
                flush=True,
            )
            child = subprocess.run(
                [sys.executable, "-m", "tests.performance.bench", "pages", slug],
                env=environment(folder),
                capture_output=True,
                text=True,
                check=True,
            )
            measured[label] = json.loads(child.stdout)
        memory, count = serve_at_rest(base / "large")
        print(f"\nserve at rest: {memory:.0f} MiB in {count} processes")
        first_visit.measure(slug, environment(base / "large"))
        phones.measure(base)
        print()
        print(
            f"{'page':26}{'status':>7}{'p50 ms':>9}{'p95 ms':>9}{'history ×10':>13}{'queries':>9}{'bytes':>10}"
        )
        for page, large in measured["large"].items():
            small = measured["small"][page]
            ratio = large["p50"] / small["p50"]
            same = "" if large["queries"] == small["queries"] else f" (small: {small['queries']})"
            print(
                f"{page:26}{large['status']:>7}{large['p50']:>9.1f}{large['p95']:>9.1f}{ratio:>12.2f}×"
                f"{large['queries']:>9}{large['bytes']:>10,}{same}"
            )
    print_rates()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n(the bench itself used {own:.0f} MiB)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["pages"]:
        measure_pages(sys.argv[2])
    else:
        main()
