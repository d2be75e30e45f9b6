"""Typst documents of this feature: a fixed template, everything else as one JSON value, never as markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import typst
from django.http import HttpResponse

from fairfloor.core import documents

FOLDER = Path(__file__).parent / "typst"
# Typst keeps what it laid out for the next ten documents; so many empty ones make it forget (measured: 634 → 221 MB
# for a register of 4,000 lines).
FORGET_AFTER = 11


def typst_pdf(template: str, data: dict[str, Any], language: str, at: datetime) -> bytes:
    """The document as a tagged PDF; ``template`` is a file of the folder ``typst``."""
    try:
        return documents.typst_pdf(FOLDER / template, data, language, at)
    finally:
        _forget()


def _forget() -> None:
    empty = typst.Compiler(
        FOLDER / "empty.typ", root=FOLDER, font_paths=documents.fonts(), ignore_system_fonts=True
    )
    for _time in range(FORGET_AFTER):
        empty.compile(format="pdf")


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep, out of any shared cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
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
