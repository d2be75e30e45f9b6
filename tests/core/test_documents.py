"""Paper: whatever people write, the document comes out, tagged and whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairfloor.core.documents import typst_pdf
from fairfloor.core.glyphs import MARK

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEMPLATE = """
#let value = json(bytes(sys.inputs.value))
#set document(title: "Paper")
#set text(font: value.family, lang: value.lang)
#value.said
#for line in value.lines [ #line.at(0) ]
missing: #value.missing.join(" ")
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    file = tmp_path_factory.mktemp("paper") / "paper.typ"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def words_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    ("said", "printed", "missing"),
    [
        ("Line 3 is fine", "Line 3 is fine", ""),
        ("三号线", "三号线", ""),
        ("Line 3 😀", f"Line 3 {MARK}", "U+1F600"),
        ("สาย", MARK * 3, "U+0E22 U+0E2A U+0E32"),
    ],
)
def test_what_the_font_lacks_is_marked_and_told(template, said, printed, missing):
    found = words_of(typst_pdf(template, {"said": said, "lines": [[said]]}, "en", AT))
    assert found.count(printed) == 2
    assert missing in found


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_can_stop_a_document(template, text):
    assert typst_pdf(template, {"said": text, "lines": [[text]]}, "zh-hans", AT).startswith(b"%PDF")


def test_the_same_data_and_moment_give_the_same_bytes(template):
    data = json.loads('{"said": "Same", "lines": []}')
    assert typst_pdf(template, data, "en", AT) == typst_pdf(template, data, "en", AT)
