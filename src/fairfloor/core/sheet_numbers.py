"""Sheets whose rows have no code of their own: they are counted, within a day or a meeting, in a fixed order."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import groupby
from typing import Any

from fairfloor.core.randomness import random_id
from fairfloor.core.sheets import Key, ModelSheet, Problem, Row

_LARGEST_ID = 2**53 - 1


class NumberedSheet(ModelSheet):
    """A sheet whose key ends with ``number``: a row's place among those that share the rest of the key.

    The place follows ``ordered_by`` (a field) where there is one, else the row's own key, which says nothing by itself
    but never changes. Rows brought in get keys in the order of their numbers, so that they leave as they came.
    """

    ordered_by = ""
    number = "number"

    def _group(self, row: Row) -> Key:
        return tuple(row[code] for code in self.key if code != self.number)

    def _order(self) -> list[str]:
        own = [name for code, name in zip(self.key, super()._order(), strict=True) if code != self.number]
        return [*own, self.ordered_by] if self.ordered_by else own

    def field_of(self, column):
        return "number_in_sheet" if column == self.number else super().field_of(column)

    def _grouper(self) -> Callable[[Any], Key]:
        row_of = self._reader()

        def group(obj: Any) -> Key:
            obj.number_in_sheet = 0
            return self._group(row_of(obj))

        return group

    def values_of(self, row):
        values = super().values_of(row)
        del values["number_in_sheet"]
        return values

    def in_order(self, queryset):
        found = super().in_order(queryset)
        for _group, objs in groupby(found, key=self._grouper()):
            for number, obj in enumerate(objs, 1):
                obj.number_in_sheet = number
                yield obj

    def rows_to_change(self):
        return self.in_order(super().rows_to_change())

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        counts = Counter(self._group(row) for row in whole(self.name))
        for index, row in enumerate(rows):
            if row[self.number] > counts[self._group(row)]:
                yield index, Problem(self.number, "NUMBER_LEFT_OUT", {"last": counts[self._group(row)]})

    def prepare(self, objs, rows):
        new: dict[Key, list[tuple[int, Any]]] = defaultdict(list)
        for obj, row in zip(objs, rows, strict=True):
            obj.number_in_sheet = row[self.number]
            if obj._state.adding:
                new[self._group(row)].append((row[self.number], obj))
        if not new:
            return
        count: Counter[Key] = Counter()
        last: dict[Key, int] = {}
        for obj in self.in_order(self.queryset()):
            group = self._group(self.row_of(obj))
            if group in new:
                count[group] += 1
                last[group] = max(last.get(group, 0), getattr(obj, self.ordered_by or "pk"))
        for group, numbered in new.items():
            numbered.sort(key=lambda pair: pair[0])
            if self.ordered_by:
                for number, obj in numbered:
                    setattr(obj, self.ordered_by, last.get(group, 0) + number - count[group])
            else:
                keys = sorted(_key_above(last.get(group)) for _each in numbered)
                for key, (_number, obj) in zip(keys, numbered, strict=True):
                    obj.pk = key


def _key_above(floor: int | None) -> int:
    return random_id() if floor is None else floor + 1 + secrets.randbelow(_LARGEST_ID - floor)
