"""Finding words in a job advertisement that shut people out. Rules are passed in; none live here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Full-width forms (３５岁, ＭＡＬＥ) to ASCII, one character for one, so that places in the text stay true.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True)
class Rule:
    """Regular expressions that catch, and ones that excuse: a catch touching an excuse is dropped.

    Both are matched without regard to case, against text whose full-width forms are made ASCII.
    """

    id: str
    language: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One place a rule caught: text[start:end] of the advertisement as it was given."""

    rule_id: str
    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _spans(patterns: Iterable[str], text: str) -> list[tuple[int, int]]:
    found = {match.span() for pattern in patterns for match in _compiled(pattern).finditer(text)}
    return sorted((span for span in found if span[0] < span[1]), key=lambda span: (span[0], -span[1]))


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _applies(rule_language: str, text_language: str) -> bool:
    rule, text = (tag.lower().replace("_", "-").split("-")[0] for tag in (rule_language, text_language))
    # Chinese and Latin words cannot be mistaken for each other, and factories mix them in one advertisement.
    return text in ("", rule) or (rule == "zh") != (text == "zh")


def check(text: str, language: str, rules: Iterable[Rule]) -> tuple[Hit, ...]:
    """Return the hits of all rules that fit the language ("" = not known: all), by place, then rule id.

    Overlapping catches of one rule are one hit, the longest from the left.
    """
    plain = text.translate(_FULL_WIDTH)
    hits: list[Hit] = []
    for rule in rules:
        if not _applies(rule.language, language):
            continue
        excused = _spans(rule.unless, plain)
        last_end = 0
        for start, end in _spans(rule.patterns, plain):
            if start < last_end or any(_touch((start, end), span) for span in excused):
                continue
            hits.append(Hit(rule.id, start, end, text[start:end]))
            last_end = end
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.rule_id, hit.end)))
