"""Survey rounds and their answers as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem, Row, Sheet
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.surveys.figures import SUPPLIER
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.surveys.workflow import ITEMS, QUESTIONNAIRE, Status

_ITEM_CODES = tuple(f"q{number}" for number in range(1, ITEMS + 1))


class SurveyRoundSheet(ModelSheet):
    """Survey rounds, by number."""

    name = "SurveyRounds"
    model = SurveyRound
    verb = "survey_round"
    key = ("round",)
    fields = {"round": "number", "opened": "opened_date", "closed": "closed_date"}
    prepared_fields = ("version", "questionnaire")
    import_permission = "surveys.write"
    export_permission = "surveys.view"
    columns = (
        Column("round", ColumnKind.WHOLE, required=True, minimum=Decimal(0), maximum=Decimal(9999)),
        Column("opened", ColumnKind.DAY, required=True),
        Column("closed", ColumnKind.DAY),
        Column("invited", ColumnKind.WHOLE, minimum=Decimal(0)),
        Column("status", required=True, choices=tuple(Status)),
    )

    def problems_in(self, row):
        if row["opened"] and row["closed"] and row["closed"] < row["opened"]:
            yield Problem("closed", "BEFORE", {"other": "opened"})
        if row["status"] == Status.CLOSED and row["closed"] is None:
            yield Problem("closed", "MISSING_FOR_STATUS", {"status": row["status"]})

    def prepare(self, objs, rows):
        for obj in objs:
            if not obj._state.adding:
                obj.version += 1
            obj.questionnaire = obj.questionnaire or load_content().questionnaires[QUESTIONNAIRE].pin

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.closed_date for obj in objs})


class SurveyAnswerSheet(Sheet):
    """Answers, replaced round by round; a response has no identity, so that nobody can be followed."""

    name = "SurveyAnswers"
    replace_by = "round"
    import_permission = "surveys.write"
    export_permission = "surveys.write"
    columns = (
        Column("round", ColumnKind.WHOLE, required=True, ref=("SurveyRounds", "round")),
        DEPARTMENT,
        SEX,
        LEVEL,
        *(Column(code, ColumnKind.WHOLE, minimum=Decimal(1), maximum=Decimal(5)) for code in _ITEM_CODES),
    )

    def count(self) -> int:
        return Response.objects.count()

    def rows(self, keys=None) -> Iterator[Row]:
        """All responses, round by round, within a round by their random key."""
        responses = Response.objects.order_by("round__number", "id").values_list(
            "round__number", "department_code", "sex", "level", "answers"
        )
        for number, department, sex, level, answers in responses.iterator(chunk_size=2000):
            yield {
                "round": number,
                "department": department,
                "sex": sex,
                "level": level,
                **dict(zip(_ITEM_CODES, answers, strict=True)),
            }

    def rows_to_show(self) -> Iterator[Row]:
        """Responses of closed rounds only, thinned as `Sheet` says: an open round would drip out."""
        closed = set(SurveyRound.objects.filter(status=Status.CLOSED).values_list("number", flat=True))
        yield from (row for row in super().rows_to_show() if row["round"] in closed)

    def replace(self, actor: Actor, group: int, rows: list[Row], at: datetime) -> None:
        """Replace all responses of the round ``group``; they come in no order and with no time."""
        survey_round = SurveyRound.objects.select_for_update().get(number=group)
        removed, _by_model = Response.objects.filter(round=survey_round).delete()
        Response.objects.bulk_create(
            [
                Response(
                    round=survey_round,
                    department_code=row["department"],
                    sex=row["sex"],
                    level=row["level"],
                    answers=[row[code] for code in _ITEM_CODES],
                )
                for row in rows
            ],
            batch_size=1000,
        )
        audit.record(
            actor, "survey_round.answers_replaced", survey_round, at, removed=removed, added=len(rows)
        )
        mark_stale(SUPPLIER.code, survey_round.closed_date)


SHEETS = (SurveyRoundSheet(), SurveyAnswerSheet())
