"""The minutes as files: a tagged PDF and a Word document, from one value of plain text, never as markup."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fairfloor.core.documents import typst_pdf

TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"


def plain(value: Any) -> Any:
    """The value with control characters taken out of its texts: XML cannot hold them."""
    if isinstance(value, str):
        kept = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(c for c in kept if c in "\n\t" or (c >= " " and c not in "\x7f\ufffe\uffff"))
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def minutes_pdf(value: dict[str, Any], language: str, at: datetime) -> bytes:
    """The minutes as a tagged PDF (PDF/UA-1). ``value`` comes from :func:`minutes.minutes_value`."""
    return typst_pdf(TEMPLATE, value, language, at)


@cache
def _docx_template() -> bytes:
    """The Word template: headings and table with marks that docxtpl fills in."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    for name, size in (("Normal", 10.5), ("Title", 22), ("Heading 1", 14), ("List Bullet", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
        if name != "Normal" and name != "List Bullet":
            style.font.color.rgb = RGBColor(0x0F, 0x6B, 0x62)
    document.add_paragraph("{{ enterprise }}")
    document.add_paragraph("{{ title }}", style="Title")
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for fact in facts %}"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "{{ fact.label }}", "{{ fact.text }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p if items %}")
    document.add_heading("{{ words.looked_at }}", level=1)
    document.add_paragraph("{%p for item in items %}")
    line = document.add_paragraph()
    line.add_run("{{ item.place }}. {{ item.title }}").bold = True
    line.add_run(" {{ item.meta }}").font.color.rgb = RGBColor(0x53, 0x5E, 0x5F)
    document.add_paragraph("{%p for decision in item.decisions %}")
    document.add_paragraph("{{ decision }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if notes %}")
    document.add_heading("{{ words.notes }}", level=1)
    document.add_paragraph("{%p for note in notes %}")
    document.add_paragraph("{{ note }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_heading("{{ words.signed }}", level=1)
    signed = document.add_table(rows=1, cols=2)
    signed.rows[0].cells[0].text, signed.rows[0].cells[1].text = "{{ words.leader }}", "{{ words.secretary }}"
    document.add_paragraph("{%p if not_reached %}")
    document.add_heading("{{ words.not_reached }}", level=1)
    document.add_paragraph("{%p for title in not_reached %}")
    document.add_paragraph("{{ title }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ made }}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def minutes_docx(value: dict[str, Any], language: str, at: datetime) -> bytes:
    """The minutes as a Word document that can be changed before it is signed."""
    from docx.oxml.ns import qn
    from docxtpl import DocxTemplate

    value = plain(value)
    document = DocxTemplate(BytesIO(_docx_template()))
    document.render(value, autoescape=True)
    inner = document.docx
    inner.core_properties.title = value["title"]
    inner.core_properties.author = value["enterprise"]
    inner.core_properties.language = language
    inner.core_properties.created = inner.core_properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    for mark in inner.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), "zh-CN" if language.startswith("zh") else language)
        mark.set(qn("w:eastAsia"), "zh-CN")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
