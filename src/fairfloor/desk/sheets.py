"""What hangs and hung on the board, as a sheet."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import groupby

from fairfloor.core.sheet_numbers import NumberedSheet
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Problem
from fairfloor.desk.board_services import LONGEST, Kind
from fairfloor.desk.models import BoardItem
from fairfloor.teams.public import Meeting

_REGISTERS = {Kind.SUGGESTION: "Suggestions", Kind.PROJECT: "Projects", Kind.PHOTO: "Projects"}


class BoardItemSheet(NumberedSheet):
    """Items of the board, by day, kind, what they tell of, and the words themselves.

    Minutes are named as team and number (``EIT-3``). Pictures never leave in a workbook: a pair of photos comes in
    without them, so the board shows it again only when it is released anew.
    """

    name = "BoardItems"
    model = BoardItem
    verb = "board_item"
    # Other words are another item; the number tells apart what was let out twice in the same words on one day.
    key = ("date", "kind", "about", "words", "words_zh", "number")
    fields = {
        "date": "released_date",
        "done": "is_done",
        "released_by": "released_by_name",
    }
    flags = ("done",)
    import_permission = "board.release"
    export_permission = "board.view"
    columns = (
        Column("date", ColumnKind.DAY, required=True),
        Column("kind", required=True, choices=tuple(Kind)),
        Column("about", max_length=60),
        Column("words", max_length=LONGEST),
        Column("words_zh", max_length=LONGEST),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("done", required=True, choices=(YES, NO)),
        Column("released_by", max_length=150),
        Column("withdrawn_date", ColumnKind.DAY),
    )
    prepared_fields = ("code",)

    def in_order(self, queryset):
        meetings = {str(each.pk): each.code for each in Meeting.objects.select_related("team")}
        objs = list(queryset)
        for obj in objs:
            obj.about = meetings.get(obj.code, "") if obj.kind == Kind.MINUTES else obj.code
        objs.sort(key=lambda obj: (*self._place(obj), obj.pk))
        for _place, same in groupby(objs, key=self._place):
            for number, obj in enumerate(same, 1):
                obj.number_in_sheet = number
                yield obj

    @staticmethod
    def _place(obj: BoardItem) -> tuple:
        return obj.released_date, obj.kind, obj.about, obj.words, obj.words_zh

    def values_of(self, row):
        values = super().values_of(row)
        del values["about"]
        return values

    def problems_in(self, row):
        if not row["words"] and not row["words_zh"]:
            yield Problem("words", "MISSING", {})
        if row["kind"] == Kind.NOTE and row["about"]:
            yield Problem("about", "NOT_FOR_STATUS", {"status": row["kind"]})
        elif row["kind"] != Kind.NOTE and not row["about"]:
            yield Problem("about", "MISSING_FOR_STATUS", {"status": row["kind"]})
        if row["withdrawn_date"] and row["withdrawn_date"] < row["date"]:
            yield Problem("withdrawn_date", "BEFORE", {"other": "date"})

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        known: dict[str, set[str]] = {}
        for kind in {row["kind"] for row in rows} - {Kind.NOTE.value}:
            if kind == Kind.MINUTES:
                known[kind] = {f"{row['team']}-{row['number']}" for row in whole("Meetings")}
            else:
                known[kind] = {row["code"] for row in whole(_REGISTERS[Kind(kind)])}
        up = Counter(
            (row["kind"], row["about"])
            for row in whole(self.name)
            if row["about"] and not row["withdrawn_date"]
        )
        for index, row in enumerate(rows):
            if row["kind"] in known and row["about"] not in known[row["kind"]]:
                register = _REGISTERS.get(Kind(row["kind"]), "Meetings")
                yield index, Problem("about", "UNKNOWN_REFERENCE", {"text": row["about"], "sheet": register})
            elif not row["withdrawn_date"] and up[row["kind"], row["about"]] > 1:
                yield index, Problem("withdrawn_date", "ALREADY_SHOWN", {"key": row["about"]})

    def prepare(self, objs, rows):
        for obj, row in zip(objs, rows, strict=True):
            obj.about = row["about"]
        super().prepare(objs, rows)
        named = {obj.about for obj in objs if obj.kind == Kind.MINUTES}
        meetings = (
            {each.code: str(each.pk) for each in Meeting.objects.select_related("team")} if named else {}
        )
        for obj in objs:
            obj.code = meetings[obj.about] if obj.kind == Kind.MINUTES else obj.about


SHEETS = (BoardItemSheet(),)
