"""Write a case report as JSON, HTML or PDF, from one frozen snapshot.

The snapshot is kept; a report whose figures are those of the newest one of the same period uses that one again.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from django.utils import timezone

from fairfloor.config.cli import Refusal
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.reports.public import (
    LANGUAGES,
    REPORT,
    ReportSnapshot,
    default_period,
    make_snapshot,
    render_html,
    render_json,
    render_pdf,
)

FORMATS = ("json", "html", "pdf")


def configure(parser) -> None:
    """Options of `report`."""
    parser.add_argument("report", choices=[REPORT], help="which report")
    parser.add_argument("--enterprise", required=True, metavar="SLUG", help="the enterprise's address")
    parser.add_argument("--format", choices=FORMATS, default="json")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day, for example 2024-01-01")
    parser.add_argument("--to", dest="end", metavar="DATE", help="last day")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here, not to standard output")


def _day(text: str, option: str) -> date:
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refusal(f"{option} {text} is not a day. Write it as 2026-02-28.")


def _period(options, enterprise: Enterprise, today: date) -> Period:
    if not options.start and not options.end:
        return default_period(enterprise, today)
    if not options.start or not options.end:
        raise Refusal("Give both --from and --to, or neither for the enterprise's own report period.")
    start, end = _day(options.start, "--from"), _day(options.end, "--to")
    if start > end:
        raise Refusal(
            f"The period begins on {start} and ends before that, on {end}. Turn --from and --to around."
        )
    return Period(start, end)


def _render(snapshot: ReportSnapshot, form: str, language: str) -> bytes:
    if form == "pdf":
        return render_pdf(snapshot, language)
    if form == "html":
        return render_html(snapshot, language).encode()
    return render_json(snapshot, language).encode()


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(output.name + ".part")
    try:
        partial.write_bytes(content)
        os.replace(partial, output)
    except OSError as failed:
        partial.unlink(missing_ok=True)
        raise Refusal(f"{output} cannot be written: {failed.strerror}. Choose another place.") from failed


def run(options) -> int:
    """Make or find the snapshot and write it in the form asked for."""
    enterprise = Enterprise.objects.filter(slug=options.enterprise).first()
    if enterprise is None:
        known = ", ".join(Enterprise.objects.order_by("slug").values_list("slug", flat=True)[:10])
        hint = (
            f" Known: {known}." if known else " Import its registers first: fairfloor import-registers FILE."
        )
        raise Refusal(f"There is no enterprise called {options.enterprise}.{hint}")
    now = timezone.now()
    period = _period(options, enterprise, local_day(enterprise, now))
    with scope(enterprise.id):
        snapshot = make_snapshot(
            actor=system_actor(enterprise.id), enterprise=enterprise, period=period, at=now
        )
        content = _render(snapshot, options.format, options.language)
    _write(content, options.output)
    return 0
