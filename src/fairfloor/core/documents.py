"""Documents for paper, set by typst. Templates are fixed; everything else reaches them as one JSON value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import segno
import typst
from django.http import HttpResponse

from fairfloor.core.glyphs import FAMILY, font_folder, printable

EMPTY = Path(__file__).parent / "typst" / "empty.typ"
# Typst keeps what it laid out for the next ten documents; so many empty ones make it forget (measured: 634 → 221 MB
# for a register of 4,000 lines).
FORGET_AFTER = 11


@cache
def _fonts() -> typst.Fonts:
    """The shipped font and no other: what a machine happens to have must not change a document."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )


def printable_value(value: Any, missing: set[str]) -> Any:
    """The value with all its texts printable; adds the characters the font lacks to ``missing``."""
    if isinstance(value, str):
        return printable(value, missing)
    if isinstance(value, dict):
        return {key: printable_value(each, missing) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable_value(each, missing) for each in value]
    return value


def typst_pdf(template: Path, data: dict[str, Any], language: str, at: datetime) -> bytes:
    """The document as a tagged PDF; the same data, language and moment give the same bytes.

    ``data`` reaches the template as JSON under ``sys.inputs.value``. People write in every script and in pictures, and
    a tagged PDF may not hold a character without a shape: what the font lacks is marked (see :mod:`core.glyphs`), and
    ``missing`` tells the template which characters these were ("U+1F600").
    """
    missing: set[str] = set()
    value = {
        "family": FAMILY,
        "lang": language.partition("-")[0],
        "region": "cn" if language.startswith("zh") else None,
        **printable_value(data, missing),
    }
    value["missing"] = [f"U+{ord(character):04X}" for character in sorted(missing)]
    try:
        return _compiler(template).compile(
            sys_inputs={"value": json.dumps(value, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    finally:
        empty = _compiler(EMPTY)
        for _time in range(FORGET_AFTER):
            empty.compile(format="pdf")


def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True)


def download(
    content: bytes, name: str, kind: str = "application/pdf", *, to_look: bool = False
) -> HttpResponse:
    """A file to keep (or, where the browser can, to look at first), out of any shared cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if to_look else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def in_parts(documents: Iterable[tuple[str, bytes]]) -> bytes:
    """Several PDFs in one ZIP file, as (file name, content)."""
    out = BytesIO()
    # PDFs are pressed already.
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in documents:
            archive.writestr(name, content)
    return out.getvalue()


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG; a quarter of it may be dirty or torn."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=1, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()
