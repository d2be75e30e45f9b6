"""Key-set paging: where a page begins, as a signed word in the address, and the rows beyond it.

The order is always (sort field, id) in one direction, with empty values last, so that a page never
repeats or skips a row when rows are added meanwhile, and page 800 costs what page 1 costs.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import F, Model, Q, QuerySet

_READERS = {
    "str": str,
    "int": int,
    "float": float,
    "Decimal": Decimal,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "UUID": uuid.UUID,
    "bool": lambda text: text == "True",
    "NoneType": lambda text: None,
}


@dataclass(frozen=True)
class Cursor:
    """The row a page begins after (or ends before): its sort value and its id."""

    sort: str
    value: Any
    pk: Any
    is_backward: bool = False


def _pack(value: Any) -> list[str]:
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return [type(value).__name__, text]


def write_cursor(cursor: Cursor) -> str:
    """The cursor as a word for the address. Signed, so that nobody can make one up."""
    content = [cursor.sort, _pack(cursor.value), _pack(cursor.pk), int(cursor.is_backward)]
    return signing.Signer(salt="fairfloor.listing").sign_object(content)


def read_cursor(word: str) -> Cursor | None:
    """The cursor of a word, or None for one that is damaged or not ours."""
    try:
        sort, value, pk, backward = signing.Signer(salt="fairfloor.listing").unsign_object(word)
        return Cursor(sort, _READERS[value[0]](value[1]), _READERS[pk[0]](pk[1]), bool(backward))
    except (signing.BadSignature, ValueError, KeyError, TypeError, ArithmeticError, IndexError):
        return None


def sort_value(row: Model, field: str) -> Any:
    """The value a row is sorted by; None when a relation on the way is empty."""
    value: Any = row
    for name in field.split("__"):
        value = getattr(value, name, None)
    return value.value if hasattr(value, "value") and hasattr(value, "name") else value  # an enum member


def ordered(queryset: QuerySet, field: str, *, is_descending: bool, is_backward: bool = False) -> QuerySet:
    """In the order of the list, or exactly against it for the way back."""
    down = is_descending != is_backward
    key = F(field).desc(**_nulls(is_backward)) if down else F(field).asc(**_nulls(is_backward))
    return queryset.order_by(key, "-pk" if down else "pk")


def _nulls(is_backward: bool) -> dict[str, bool]:
    return {"nulls_first": True} if is_backward else {"nulls_last": True}


def beyond(queryset: QuerySet, field: str, cursor: Cursor, *, is_descending: bool) -> QuerySet:
    """Only the rows after the cursor, or before it on the way back."""
    side = "lt" if is_descending != cursor.is_backward else "gt"
    same_value_further: dict[str, Any] = {f"pk__{side}": cursor.pk}
    is_empty = Q(**{f"{field}__isnull": True})
    if cursor.value is None:
        among_empty = is_empty & Q(**same_value_further)
        return queryset.filter((~is_empty | among_empty) if cursor.is_backward else among_empty)
    further = Q(**{f"{field}__{side}": cursor.value}) | Q(**{field: cursor.value}, **same_value_further)
    return queryset.filter(further if cursor.is_backward else further | is_empty)
