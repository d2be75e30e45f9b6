"""The board as one A3 sheet: a fixed template, everything else as one JSON value, never as markup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairfloor.core.documents import typst_pdf
from fairfloor.core.files import path_of
from fairfloor.core.models import StoredFile
from fairfloor.desk.board import Board
from fairfloor.desk.board_slides import Both, Slide, slides

TEMPLATE = Path(__file__).parent / "typst" / "board.typ"
MOST_PAIRS = 2
MOST_LETTERS = 480
LINE_END = 30


def _text(words: Both) -> str:
    return words[0][1] if words else ""


def board_pdf(found: Board, enterprise: str, language: str, at: datetime) -> bytes:
    """The sheet in one language, as a tagged PDF; two pairs of photos and about eight short lines fit on it."""
    told = slides(found, (language,))
    files: dict[str, Path] = {TEMPLATE.name: TEMPLATE}
    with override(language):
        words = {
            "title": _("Our board"),
            "day": date_format(at, "DATE_FORMAT"),
            "before": _("Before"),
            "after": _("After"),
        }
    value = {
        "enterprise": _text(((language, enterprise),)),
        "words": words,
        "numbers": [_numbers(slide) for slide in told if slide.numbers],
        "thanks": [
            {
                "heading": _text(slide.heading),
                "names": _text(slide.names[0]),
                "line": _text(slide.lines[0]),
            }
            for slide in told
            if slide.names
        ],
        "pairs": _pairs(told, files),
        "told": _told(told),
    }
    # Typst reads only below one folder, so template and pictures meet in one for the length of the work.
    with TemporaryDirectory() as folder:
        for name, path in files.items():
            copyfile(path, Path(folder) / name)
        return typst_pdf(Path(folder) / TEMPLATE.name, value, language, at)


def _numbers(slide: Slide) -> dict[str, object]:
    return {
        "heading": _text(slide.heading),
        "numbers": [
            {"value": n.value, "label": _text(n.label), "below": _text(n.below), "stop": n.is_stop}
            for n in slide.numbers
        ],
    }


def _pairs(told: list[Slide], files: dict[str, Path]) -> list[dict[str, str]]:
    pairs: list[dict[str, str]] = []
    for slide in told:
        item = slide.item
        if item is None or len(pairs) == MOST_PAIRS:
            continue
        stored = StoredFile.objects.in_bulk([item.photo_before_id, item.photo_after_id])
        paths = [
            path_of(each) for key in (item.photo_before_id, item.photo_after_id) if (each := stored.get(key))
        ]
        if len(paths) < 2 or not all(path.exists() for path in paths):
            continue
        names = [f"{len(pairs)}-{which}.jpg" for which in ("before", "after")]
        files.update(zip(names, paths, strict=True))
        pairs.append({"before": names[0], "after": names[1], "caption": _text(slide.caption)})
    return pairs


def _weight(text: str) -> int:
    """How much room a line takes, in Latin letters: Chinese characters are twice as wide, and a line ends ragged."""
    return LINE_END + sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _told(told: list[Slide]) -> list[dict[str, object]]:
    """The newest lines of words, as many as one sheet holds."""
    groups: dict[str, list[str]] = {}
    room = MOST_LETTERS
    for slide in told:
        if slide.numbers or slide.names or slide.item:
            continue
        for line in slide.lines:
            text = _text(line)
            if _weight(text) > room:
                continue
            room -= _weight(text)
            groups.setdefault(_text(slide.heading), []).append(text)
    is_full = room < MOST_LETTERS // 2
    return [{"heading": heading, "lines": lines, "full": is_full} for heading, lines in groups.items()]
