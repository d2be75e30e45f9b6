"""JSON, HTML and PDF say the same in both languages, and nobody's words become markup in any of them."""

import io
import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from fairfloor.core.documents import printable_value
from fairfloor.core.glyphs import MARK, is_covered, printable
from fairfloor.core.tenancy import scope
from fairfloor.reports.as_html import render_html
from fairfloor.reports.as_json import render_json
from fairfloor.reports.as_pdf import render_pdf, template_value
from fairfloor.reports.layout import lay_out
from fairfloor.reports.selectors import default_period
from fairfloor.reports.services import make_snapshot, write_narrative
from fairfloor.reports.wording import LANGUAGES
from tests.cast import NOW, TODAY
from tests.reports.conftest import MARCH

NASTY = '#eval("1+1") *bold* _it_ @ref <b> \\u{41} $x$ `code` </script><script>alert(1)</script> &amp; {{ 7|add:7 }}'


def squeezed(text):
    """Without spaces: a line may break anywhere, and typesetters set thin gaps between scripts."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def text_of_pdf(content):
    reader = PdfReader(io.BytesIO(content))
    return squeezed("".join(page.extract_text() for page in reader.pages)), reader


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self.tags, self.hidden = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.hidden += tag == "style"

    def handle_endtag(self, tag):
        self.hidden -= tag == "style"

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def read_html(page):
    parser = _Text()
    parser.feed(page)
    return squeezed("".join(parser.parts)), parser.tags


def frozen(factory):
    period = default_period(factory.enterprise, TODAY)
    return make_snapshot(actor=factory.system, enterprise=factory.enterprise, period=period, at=NOW)


def test_the_same_sentences_and_numbers_in_every_form(riverside):
    with scope(riverside.id):
        snapshot = frozen(riverside)
        values = []
        for language in LANGUAGES:
            report = json.loads(render_json(snapshot, language))
            paper, reader = text_of_pdf(render_pdf(snapshot, language))
            screen, _tags = read_html(render_html(snapshot, language))
            for claim in report["claims"]:
                for said in [claim["text"], *(warning["text"] for warning in claim["warnings"])]:
                    assert squeezed(said) in paper, said
                    assert squeezed(said) in screen, said
            pages = re.escape(squeezed(lay_out(snapshot, language).words["page_of"]))
            foot = re.compile(pages.replace(r"\{page\}", r"\d+").replace(r"\{total\}", r"\d+"))
            # Line by line: the end of one line and the figure that begins the next are two numbers.
            lines = [squeezed(each) for page in reader.pages for each in page.extract_text().splitlines()]
            body = [foot.sub(" ", line) for line in lines]
            assert body != lines
            for number in (found for line in body for found in re.findall(r"\d+(?:\.\d+)?%?", line)):
                assert number in screen, number
            assert report["digest"] == snapshot.digest
            assert report["digest"] in paper
            values.append([(c["id"], c.get("key"), c["value"], c["n"]) for c in report["claims"]])
            assert reader.metadata.title.startswith(report["title"])
            assert reader.trailer["/Root"]["/Lang"].startswith(language[:2])
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
            assert "〓" not in paper
            assert "\ufffd" not in paper
        assert values[0] == values[1]


def test_the_same_snapshot_gives_the_same_bytes(in_river):
    snapshot = make_snapshot(actor=in_river.system, enterprise=in_river.enterprise, period=MARCH, at=NOW)
    for render in (render_json, render_html, render_pdf):
        assert render(snapshot, "zh-hans") == render(snapshot, "zh-hans")


def test_words_and_names_stay_words(in_river):
    in_river.enterprise.name = NASTY[:200]
    snapshot = make_snapshot(actor=in_river.system, enterprise=in_river.enterprise, period=MARCH, at=NOW)
    write_narrative(
        actor=in_river.system, snapshot_id=snapshot.pk, section_code="team", language="en", text=NASTY, at=NOW
    )
    paper, _reader = text_of_pdf(render_pdf(snapshot, "en"))
    screen, tags = read_html(render_html(snapshot, "en"))
    assert paper.count(squeezed(NASTY)) >= 2
    assert screen.count(squeezed(NASTY)) >= 2
    assert not [tag for tag, _attrs in tags if tag in {"script", "b"}]


def test_the_file_needs_nothing_else(riverside):
    with scope(riverside.id):
        _text, tags = read_html(render_html(frozen(riverside), "en"))
    for tag, attrs in tags:
        assert tag not in {"script", "link", "img", "iframe"}, attrs
        assert "src" not in attrs
        assert "href" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_every_character_of_the_report(riverside, language):
    missing = set()
    with scope(riverside.id):
        value = printable_value(template_value(lay_out(frozen(riverside), language)), missing)
    assert missing == set()
    text = json.dumps(value, ensure_ascii=False)
    assert not {character for character in text if not is_covered(character)}


def test_what_the_font_lacks_is_marked_and_reported(in_river):
    missing = set()
    assert printable("a😀\u200dб\t中", missing) == f"a{MARK}б 中"
    assert missing == {"😀"}
    snapshot = make_snapshot(actor=in_river.system, enterprise=in_river.enterprise, period=MARCH, at=NOW)
    write_narrative(
        actor=in_river.system,
        snapshot_id=snapshot.pk,
        section_code="team",
        language="en",
        text="Fine 😀",
        at=NOW,
    )
    paper, _reader = text_of_pdf(render_pdf(snapshot, "en"))
    assert squeezed(f"Fine {MARK}") in paper
    assert "U+1F600" in paper
