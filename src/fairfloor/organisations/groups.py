"""What may be kept about somebody who gave no name."""

from __future__ import annotations

from collections.abc import Iterable

# Fewer people than this could be told apart by what they have in common.
SMALLEST_GROUP = 5


def group_to_keep(
    people: Iterable[tuple[str, str, str, int]], department: str, sex: str, level: str
) -> tuple[str, str]:
    """The part of (sex, level) that at least five people share, in the department if one is named.

    ``people`` are (department, sex, level, headcount) of the newest workforce snapshot. Level goes before sex when only
    one can stay, since the front-line share rests on it. Without a snapshot nothing is kept: nobody can say how many
    people it could be.
    """
    place = [row for row in people if not department or row[0] == department]

    def shared_by(some_sex: str, some_level: str) -> int:
        return sum(
            count
            for _department, its_sex, its_level, count in place
            if (not some_sex or its_sex == some_sex) and (not some_level or its_level == some_level)
        )

    for kept_sex, kept_level in ((sex, level), ("", level), (sex, "")):
        if (kept_sex or kept_level) and shared_by(kept_sex, kept_level) >= SMALLEST_GROUP:
            return kept_sex, kept_level
    return "", ""
