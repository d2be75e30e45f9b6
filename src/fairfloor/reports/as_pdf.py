"""A snapshot as PDF. The template is fixed; everything else reaches it as one JSON value, never as markup."""

from __future__ import annotations

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import typst

from fairfloor.reports.glyphs import FAMILY, font_folder, printable
from fairfloor.reports.layout import Item, Layout, SectionView, lay_out
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.pictures import Picture

TEMPLATE = Path(__file__).parent / "typst" / "case_report.typ"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )


def render_pdf(snapshot: ReportSnapshot, language: str) -> bytes:
    """The report as a tagged PDF; the same snapshot, words and language give the same bytes."""
    value = template_value(lay_out(snapshot, language))
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True)
    return compiler.compile(
        sys_inputs={"report": json.dumps(value, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=snapshot.created_at.astimezone(UTC).replace(microsecond=0),
    )


def template_value(layout: Layout) -> dict[str, Any]:
    """What the template draws: plain values of printable text, and what could not be printed."""
    missing: set[str] = set()

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return printable(value, missing)
        if isinstance(value, dict):
            return {key: clean(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [clean(each) for each in value]
        return value

    value = clean(
        {
            "family": FAMILY,
            "lang": layout.language.partition("-")[0],
            "region": "cn" if layout.language.startswith("zh") else None,
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
    )
    return {**value, "missing": [f"U+{ord(character):04X}" for character in sorted(missing)]}


def _item(item: Item) -> dict[str, Any]:
    return {"figure": item.figure, "text": item.text, "basis": item.basis, "notes": item.notes}


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "sentence": picture.sentence,
        "basis": f"{picture.basis} · {picture.source}" if picture.basis else picture.source,
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
