"""How alike the words of two hazards are, in any script. Pure."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

# Chinese, Japanese and Korean write no spaces between words; pairs of signs stand for the words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"\w+")
# From here on, in the same place and of the same kind, two hazards are shown beside each other.
ALIKE = 55.0


def tokens(text: str) -> str:
    """The words of a text and the pairs of its unspaced signs, sorted, each once, with spaces between them."""
    text = text.casefold()
    found: set[str] = set()
    for run in _UNSPACED.findall(text):
        found.update({run} if len(run) == 1 else {run[i : i + 2] for i in range(len(run) - 1)})
    found.update(word for word in _WORD.findall(_UNSPACED.sub(" ", text)) if len(word) > 2)
    return " ".join(sorted(found))


def likeness(one: str, other: str) -> float:
    """0 to 100 for two texts; word forms and slips of the pen count as nearly the same."""
    first, second = tokens(one), tokens(other)
    if not first or not second:
        return 0.0
    return fuzz.token_sort_ratio(first, second) * 0.5 + fuzz.token_set_ratio(first, second) * 0.5
