"""A snapshot as one HTML file that needs nothing else: its styles inside, nothing loaded, no script."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from fairfloor.reports.layout import lay_out
from fairfloor.reports.models import ReportSnapshot

STYLES = (
    "core/css/tokens.css",
    "core/css/charts.css",
    "reports/css/report.css",
    "reports/css/standalone.css",
)


def _style_element() -> SafeString:
    """Our own style sheets, read from the program's folder; nothing a person wrote is in them."""
    found = []
    for name in STYLES:
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(f"The style sheet {name} is missing.")
        found.append(Path(path).read_text(encoding="utf-8"))
    return mark_safe(f"<style>{chr(10).join(found)}</style>")  # noqa: S308


def render_html(snapshot: ReportSnapshot, language: str) -> str:
    """The report as a self-contained page."""
    with translation.override(language):
        return render_to_string(
            "reports/standalone.html",
            {"report": lay_out(snapshot, language), "style_element": _style_element(), "is_file": True},
        )
