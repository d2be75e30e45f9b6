"""Documents for paper, set by typst. Templates are fixed; everything else reaches them as one JSON value."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import segno
import typst

# One family for every language, so that a document of two languages is of one piece.
FAMILY = "Noto Sans CJK SC"


@cache
def fonts() -> typst.Fonts:
    """The shipped font and no other: what a machine happens to have must not change a document."""
    folder = str(Path(noto_cjk_sans_otc.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def typst_pdf(template: Path, data: dict[str, Any], language: str, at: datetime) -> bytes:
    """The document as a tagged PDF. ``data`` reaches the template as JSON under ``sys.inputs.value``."""
    value = {
        "family": FAMILY,
        "lang": language.partition("-")[0],
        "region": "cn" if language.startswith("zh") else None,
        **data,
    }
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts(), ignore_system_fonts=True)
    return compiler.compile(
        sys_inputs={"value": json.dumps(value, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG; a quarter of it may be dirty or torn."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=1, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()
