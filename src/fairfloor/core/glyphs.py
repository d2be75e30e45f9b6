"""Which characters the shipped font can print. What it cannot is replaced by a visible mark, never by nothing."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

import noto_cjk_sans_otc

MARK = "〓"  # the printers' own sign for a missing sort
FAMILY = "Noto Sans CJK SC"


def font_folder() -> Path:
    """The folder of the shipped fonts."""
    return Path(noto_cjk_sans_otc.__file__).parent


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Starts and ends of the code points in the font's character map (format 12), in order.

    All fonts of the collection share one map; reading it takes a millisecond and needs no font library.
    """
    with (font_folder() / noto_cjk_sans_otc.FONT_FILE).open("rb") as file:
        head = file.read(16)
        offset = struct.unpack(">I", head[12:16])[0] if head[:4] == b"ttcf" else 0
        file.seek(offset + 4)
        (tables,) = struct.unpack(">H", file.read(2))
        file.seek(offset + 12)
        records = [struct.unpack(">4sIII", file.read(16)) for _ in range(tables)]
        start = next(place for tag, _sum, place, _length in records if tag == b"cmap")
        file.seek(start + 2)
        (count,) = struct.unpack(">H", file.read(2))
        maps = [struct.unpack(">HHI", file.read(8)) for _ in range(count)]
        for _platform, _encoding, place in maps:
            file.seek(start + place)
            form, _reserved, _length, _language, groups = struct.unpack(">HHIII", file.read(16))
            if form == 12:
                found = [struct.unpack(">III", file.read(12)) for _ in range(groups)]
                return tuple(g[0] for g in found), tuple(g[1] for g in found)
    raise ValueError("The shipped font has no full character map.")


def is_covered(character: str) -> bool:
    """Whether the font has a glyph for a character."""
    starts, ends = _ranges()
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


def printable(text: str, missing: set[str]) -> str:
    """The text with what cannot be printed marked; adds such characters to ``missing``. Controls become spaces."""
    found = []
    for character in unicodedata.normalize("NFC", text):
        if character == "\n" or is_covered(character):
            found.append(character)
        elif unicodedata.category(character) in {"Cc", "Zs", "Zl", "Zp"}:
            found.append(" ")
        elif unicodedata.category(character) in {"Cf"} or 0xFE00 <= ord(character) <= 0xFE0F:
            continue  # joiners and selectors draw nothing by themselves
        else:
            missing.add(character)
            found.append(MARK)
    return "".join(found)
