"""Hiding small groups, so that nobody can work out how many people stand behind a hidden figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)

GROUP_MINIMUM = 5


def suppress(groups: Mapping[K, int], minimum: int = GROUP_MINIMUM) -> frozenset[K]:
    """Return the keys to hide when the groups are shown beside their total.

    Hidden is every group with 0 < n < minimum. While all hidden groups have one same size (one group alone
    is the commonest case), their sizes follow from the total, so the next smallest non-empty groups, all of
    that size, are hidden too. Then two different sizes are hidden, and as the choice depends on sizes only,
    never on the order of the keys, exchanging them explains the shown figures equally well: no hidden size
    can be told. Empty groups stay.

    Where every non-empty group ends up hidden nothing is left to hide; `is_total_safe` says whether the
    total may then be shown. Raises ValueError for a negative size.
    """
    if any(size < 0 for size in groups.values()):
        raise ValueError("a group's size must not be negative")
    hidden = {key for key, size in groups.items() if 0 < size < minimum}
    if not hidden:
        return frozenset()
    if len({groups[key] for key in hidden}) == 1:
        shown = [size for key, size in groups.items() if size > 0 and key not in hidden]
        if shown:
            hidden |= {key for key, size in groups.items() if size == min(shown)}
    return frozenset(hidden)


def is_total_safe(groups: Mapping[K, int], minimum: int = GROUP_MINIMUM) -> bool:
    """Tell whether the total may be shown beside the groups left by `suppress`.

    Not when it is itself below the minimum (and not 0), and not when each non-empty group is one person:
    then the total equals the number of hidden groups and gives every one away.
    """
    sizes = [size for size in groups.values() if size > 0]
    if not sizes:
        return True
    return sum(sizes) >= minimum and max(sizes) > 1


def keys_to_empty(
    rows: Sequence[Mapping[str, Any]], keys_in_order: Sequence[str], minimum: int = GROUP_MINIMUM
) -> tuple[str, ...] | None:
    """Return the keys, from the first on, to empty until no group of rows is below the minimum.

    A group is a combination of values of the keys that remain. None when even all rows together are too few.
    """
    for count in range(len(keys_in_order) + 1):
        remaining = keys_in_order[count:]
        sizes = Counter(tuple(row[key] for key in remaining) for row in rows)
        if all(size >= minimum for size in sizes.values()):
            return tuple(keys_in_order[:count])
    return None


def collapse(
    rows: Sequence[Mapping[str, Any]], keys_in_order: Sequence[str], minimum: int = GROUP_MINIMUM
) -> list[dict[str, Any]]:
    """Return copies of the rows, keys emptied ("") in order as far as needed; no rows when too few.

    A key is emptied in every row or in none: emptying it in small groups only would leave those groups
    recognisable by what is missing. What is published apart (a survey round) must be collapsed apart.
    """
    emptied = keys_to_empty(rows, keys_in_order, minimum)
    if emptied is None:
        return []
    return [{**row, **dict.fromkeys(emptied, "")} for row in rows]
