"""A snapshot as PDF. The template is fixed; everything else reaches it as one JSON value, never as markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fairfloor.core.documents import typst_pdf
from fairfloor.reports.layout import Item, Layout, SectionView, lay_out
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.pictures import Picture

TEMPLATE = Path(__file__).parent / "typst" / "case_report.typ"


def render_pdf(snapshot: ReportSnapshot, language: str) -> bytes:
    """The report as a tagged PDF; the same snapshot, words and language give the same bytes."""
    return typst_pdf(TEMPLATE, template_value(lay_out(snapshot, language)), language, snapshot.created_at)


def template_value(layout: Layout) -> dict[str, Any]:
    """What the template draws, as plain values."""
    return {
        "title": layout.title,
        "enterprise": layout.enterprise,
        "period": layout.period,
        "made": layout.made,
        "status": layout.status,
        "is_draft": layout.is_draft,
        "code": layout.code,
        "digest": layout.digest,
        "words": layout.words,
        "findings": [_item(item) for item in layout.findings],
        "notes": layout.notes,
        "sections": [_section(section) for section in layout.sections],
    }


def _item(item: Item) -> dict[str, Any]:
    return {"figure": item.figure, "text": item.text, "basis": item.basis, "notes": item.notes}


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "sentence": picture.sentence,
        "basis": " · ".join(part for part in (picture.basis, picture.source_name) if part),
        "svg": picture.draw(True),
        "headings": picture.headings,
        "rows": picture.rows,
    }


def _section(section: SectionView) -> dict[str, Any]:
    return {
        "title": section.title,
        "items": [_item(item) for item in section.items],
        "pictures": [_picture(picture) for picture in section.pictures],
        "areas": [[area.letter, area.name, area.description, area.practices] for area in section.areas],
        "paragraphs": section.paragraphs,
        "empty": section.empty,
    }
