"""How alike two ideas are, in any script. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Indel

# Chinese, Japanese and Korean write no spaces between words; pairs of signs stand for the words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_WORD = re.compile(r"[a-z0-9]+")
LONGEST = 1000


@lru_cache(maxsize=30_000)
def tokens(text: str) -> tuple[str, ...]:
    """The pieces of a text, sorted, each once: pairs of unspaced signs, and triples of letters of folded words.

    Folding takes accents and other alphabets to plain letters, so that "máquina" and "maquina" are one. Of very long
    texts the first thousand signs count. The newest 30,000 results are remembered.
    """
    text = text[:LONGEST].casefold()
    found: set[str] = set()
    for run in _UNSPACED.findall(text):
        found.update({run} if len(run) == 1 else {run[i : i + 2] for i in range(len(run) - 1)})
    for word in _WORD.findall(anyascii(_UNSPACED.sub(" ", text)).lower()):
        if len(word) > 2:
            # A mark before the word: how it begins says more than how it ends.
            padded = f"_{word}"
            found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return tuple(sorted(found))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """0 to 100 for two results of :func:`tokens`: twice the pieces they share over the pieces of both (Dice)."""
    if not one or not other:
        return 0.0
    return Indel.normalized_similarity(one, other) * 100


def likeness_of_texts(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """The best likeness of any of our texts with any of theirs: words and translation meet in whichever language."""
    own = [tokens(text) for text in ours if text]
    others = [tokens(text) for text in theirs if text]
    return max((likeness(one, other) for one in own for other in others), default=0.0)
