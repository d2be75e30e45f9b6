"""A snapshot as JSON: the same bytes for the same snapshot and language."""

from __future__ import annotations

import json
from typing import Any

from fairfloor.content import translate
from fairfloor.reports.claims import REPORT, definition
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.selectors import narratives_of
from fairfloor.reports.wording import worded


def as_object(snapshot: ReportSnapshot, language: str) -> dict[str, Any]:
    """The report as plain values."""
    document = snapshot.document
    period = {"from": document["period"]["from"], "to": document["period"]["to"]}
    profile = document["enterprise"]
    chinese = language.startswith("zh") and profile["name_zh"]
    return {
        "report": REPORT,
        "definition": snapshot.report,
        "title": translate(definition().title, language),
        "enterprise": profile["slug"],
        "enterprise_name": profile["name_zh"] if chinese else profile["name"],
        "period": period,
        "language": language,
        "snapshot": snapshot.code,
        "digest": snapshot.digest,
        "claims": [worded(row, period, language) for row in document["claims"]],
        "narrative": {code: row.text for code, row in narratives_of(snapshot, language).items() if row.text},
    }


def render_json(snapshot: ReportSnapshot, language: str) -> str:
    """The report as JSON text."""
    return json.dumps(as_object(snapshot, language), ensure_ascii=False, indent=2) + "\n"
