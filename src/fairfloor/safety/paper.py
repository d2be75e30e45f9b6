"""Typst documents of this feature: a fixed template, everything else as one JSON value, never as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import noto_cjk_sans_otc
import typst

FOLDER = Path(__file__).parent / "typst"
FAMILY = "Noto Sans CJK SC"
# Typst keeps what it laid out for the next ten documents; so many empty ones make it forget (measured: 634 → 221 MB
# for a register of 4,000 lines).
FORGET_AFTER = 11


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(noto_cjk_sans_otc.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def typst_pdf(template: str, data: dict[str, Any], language: str, at: datetime) -> bytes:
    """The document as a tagged PDF; ``template`` is a file of the folder ``typst``."""
    value = {
        "family": FAMILY,
        "lang": language.partition("-")[0],
        "region": "cn" if language.startswith("zh") else None,
        **data,
    }
    path = FOLDER / template
    compiler = typst.Compiler(path, root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True)
    try:
        return compiler.compile(
            sys_inputs={"value": json.dumps(value, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    finally:
        _forget()


def _forget() -> None:
    empty = typst.Compiler(FOLDER / "empty.typ", root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True)
    for _time in range(FORGET_AFTER):
        empty.compile(format="pdf")


def in_parts(documents: Iterable[tuple[str, bytes]]) -> bytes:
    """Several PDFs in one ZIP file, as (file name, content)."""
    out = BytesIO()
    # PDFs are pressed already.
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in documents:
            archive.writestr(name, content)
    return out.getvalue()
