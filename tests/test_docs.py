"""What the documents point to exists, and they fit every machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|work|tmp|root|Users)/")
LARGEST_IMAGE = 200 * 1024


def _anchor(heading: str) -> str:
    words = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
    return words.replace(" ", "-")


def _anchors(file: Path) -> set[str]:
    return {_anchor(heading) for heading in HEADING.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    lost = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        is_there = file.exists() and (not anchor or anchor in _anchors(file))
        if not is_there:
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_path_of_one_machine(page):
    assert MACHINE_PATH.findall(page.read_text(encoding="utf-8")) == []


def test_images_are_small_and_used():
    images = set((ROOT / "docs" / "images").glob("*.png"))
    assert images
    assert [image.name for image in images if image.stat().st_size > LARGEST_IMAGE] == []
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [image.name for image in images if image.name not in text] == []


def test_every_page_is_in_an_index():
    indexes = [ROOT / "docs" / "README.md", ROOT / "docs" / "decisions" / "README.md"]
    linked = {
        (index.parent / target.partition("#")[0]).resolve()
        for index in indexes
        for target in LINK.findall(index.read_text(encoding="utf-8"))
    }
    assert [
        str(page.relative_to(ROOT))
        for page in (ROOT / "docs").rglob("*.md")
        if page not in linked and page not in indexes
    ] == []
