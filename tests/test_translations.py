"""Nothing a person sees lacks its translation, and no translation lost a placeholder."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from fairfloor.content import load, translate
from scripts.messages import LANGUAGES, collect

ROOT = Path(__file__).resolve().parents[1]
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_TAG = re.compile(r"</?\w+")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """The committed catalogues after collecting all words again."""
    if shutil.which("xgettext") is None:
        pytest.skip(
            "GNU gettext is not installed, so new words cannot be collected. On Debian: apt install gettext"
        )
    folder = tmp_path_factory.mktemp("locale") / "locale"
    shutil.copytree(ROOT / "locale", folder, ignore=shutil.ignore_patterns("*.mo"))
    collect(folder)
    found = {}
    for language in LANGUAGES:
        with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            found[language] = read_po(file, locale=language)
    return found


# What workers see: their pages, what these say of a state or a refusal, the receipt's pictures, and the poster.
_WORKER_PLACES = (
    "/templates/worker/",
    "/worker_",
    "/views_worker",
    "/core/ui/worker.py",
    "/conversations/labels.py",
    "/desk/posters.py",
    "/core/templates/500.html",
)
# The desk's own page about the link on the poster.
_STAFF_PLACES = ("/views_worker_link.py",)


def is_worker_word(message) -> bool:
    """Whether the words stand on a page workers see."""
    return any(
        any(part in place for part in _WORKER_PLACES) and not place.endswith(_STAFF_PLACES)
        for place, _line in message.locations
    )


def missing(catalogue, wanted) -> list[str]:
    found = []
    for message in catalogue:
        if not message.id or not wanted(message):
            continue
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.fuzzy or not all(texts):
            found.append(str(message.id))
    return found


def test_simplified_chinese_is_complete(catalogues):
    assert missing(catalogues["zh_Hans"], lambda message: True) == []


@pytest.mark.parametrize("language", ["es", "vi"])
def test_worker_pages_are_complete(catalogues, language):
    assert missing(catalogues[language], is_worker_word) == []


@pytest.mark.parametrize("language", ["es", "vi"])
def test_what_an_idea_can_be_about_is_translated_for_workers(language):
    names = [category.name for category in load().suggestion_categories.values()]
    assert [name for name in names if translate(name, language) == name] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_survive_translation(catalogues, language):
    for message in catalogues[language]:
        if not message.id or not message.string:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        for text in filter(None, texts):
            assert set(_PLACEHOLDER.findall(text)) <= set(_PLACEHOLDER.findall(source)), source
            if isinstance(message.id, str):
                assert set(_PLACEHOLDER.findall(text)) == set(_PLACEHOLDER.findall(source)), source
            assert sorted(_TAG.findall(text)) == sorted(_TAG.findall(source)), source


def test_no_source_hides_its_words_from_collecting():
    """Words are collected by the name of the function that translates them; only ``_`` may stand for it."""
    hidden = re.compile(r"import n?p?gettext\w* as (?!_\b)\w+")
    sources = (ROOT / "src").rglob("*.py")
    assert [path.name for path in sources if hidden.search(path.read_text(encoding="utf-8"))] == []


def test_sources_use_named_placeholders_only(catalogues):
    for message in catalogues["zh_Hans"]:
        for text in [message.id] if isinstance(message.id, str) else message.id:
            assert not re.search(r"(?<!%)%[sd]|\{\w*\}", text), text
