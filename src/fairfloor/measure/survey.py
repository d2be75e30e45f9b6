"""Survey scales: favourable answers on a scale of 1 to 5, and doubts about the quality of a round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

FlagCode = Literal["CEILING", "LOW_RESPONSE", "STRAIGHT_LINING", "TOO_FEW"]

CEILING_PERCENT = 97
LOW_RESPONSE_PERCENT = 60
STRAIGHT_LINING_PERCENT = 20
STRAIGHT_LINING_ITEMS = 5
TOO_FEW = 5


@dataclass(frozen=True)
class Flag:
    """One doubt about a round, with the two counts it rests on."""

    code: FlagCode
    numerator: int
    denominator: int


def favourable(answers: Iterable[int | None]) -> tuple[int, int]:
    """Count favourable (4 and 5) among valid answers (1 to 5); None is no answer and counts on neither side.

    Raises ValueError for any other value.
    """
    above = below = 0
    for answer in answers:
        if answer is None:
            continue
        if answer not in (1, 2, 3, 4, 5):
            raise ValueError(f"An answer must be 1 to 5 or empty, not {answer!r}")
        below += 1
        above += answer >= 4
    return above, below


def item_favourable(rows: Iterable[Sequence[int | None]], item_count: int) -> tuple[tuple[int, int], ...]:
    """Count favourable and valid answers of each item. Raises ValueError for a row of another length."""
    kept = [_checked(row, item_count) for row in rows]
    return tuple(favourable(row[item] for row in kept) for item in range(item_count))


def _checked(row: Sequence[int | None], item_count: int) -> Sequence[int | None]:
    if len(row) != item_count:
        raise ValueError(f"A response must have {item_count} answers, not {len(row)}")
    return row


def quality_flags(
    rows: Iterable[Sequence[int | None]], invited: int | None, item_count: int
) -> tuple[Flag, ...]:
    """Return the doubts about one round, in a fixed order; comparisons are exact, never on rounded figures.

    - TOO_FEW: fewer than 5 responses (responses, 5).
    - LOW_RESPONSE: responses below 60 % of those invited (responses, invited); not judged when nobody is
      recorded as invited.
    - CEILING: more than 97 % favourable on every item that has answers (favourable, valid answers over all
      items).
    - STRAIGHT_LINING: more than 20 % gave one same answer to all they answered, among those who answered at
      least 5 items (such respondents, respondents who answered at least 5).

    Raises ValueError as `favourable` and `item_favourable` do, and for a negative `invited`.
    """
    if invited is not None and invited < 0:
        raise ValueError("invited must not be negative")
    kept = list(rows)
    items = item_favourable(kept, item_count)
    flags: list[Flag] = []
    if len(kept) < TOO_FEW:
        flags.append(Flag("TOO_FEW", len(kept), TOO_FEW))
    if invited and len(kept) * 100 < LOW_RESPONSE_PERCENT * invited:
        flags.append(Flag("LOW_RESPONSE", len(kept), invited))
    answered = [(above, below) for above, below in items if below]
    if answered and all(above * 100 > CEILING_PERCENT * below for above, below in answered):
        flags.append(Flag("CEILING", sum(a for a, _ in answered), sum(b for _, b in answered)))
    valid = [[answer for answer in row if answer is not None] for row in kept]
    judged = [answers for answers in valid if len(answers) >= STRAIGHT_LINING_ITEMS]
    straight = sum(len(set(answers)) == 1 for answers in judged)
    if straight * 100 > STRAIGHT_LINING_PERCENT * len(judged):
        flags.append(Flag("STRAIGHT_LINING", straight, len(judged)))
    return tuple(flags)
