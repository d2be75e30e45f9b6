"""Facts about closed survey rounds, on the day they closed. Open ones give none: a result would drip out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairfloor.measure.cells import Fact, Period, Supplier
from fairfloor.measure.survey import favourable
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.surveys.workflow import Status


def survey_flows(period: Period) -> Iterator[tuple[str, Fact]]:
    """Rounds closed; favourable answers, one fact per response; response rate, one fact per round."""
    rounds = {
        row.pk: row
        for row in SurveyRound.objects.filter(
            status=Status.CLOSED, closed_date__range=(period.start_date, period.end_date)
        ).order_by("closed_date", "number", "id")
    }
    counts = dict.fromkeys(rounds, 0)
    rows = (
        Response.objects.filter(round_id__in=list(rounds))
        .order_by("id")
        .values_list("round_id", "department_code", "sex", "level", "answers")
        .iterator(chunk_size=2000)
    )
    for round_id, department, sex, level, answers in rows:
        counts[round_id] += 1
        above, below = favourable(answers)
        yield (
            "surveys.favourable",
            Fact(
                rounds[round_id].closed_date,
                numerator=Decimal(above),
                denominator=Decimal(below),
                department=department,
                sex=sex,
                level=level,
                item=str(rounds[round_id].number),
            ),
        )
    for row in rounds.values():
        item = str(row.number)
        yield "surveys.rounds_closed", Fact(row.closed_date, item=item)
        if row.invited is not None:
            yield (
                "surveys.response_rate",
                Fact(
                    row.closed_date,
                    numerator=Decimal(counts[row.pk]),
                    denominator=Decimal(row.invited),
                    item=item,
                ),
            )


SUPPLIER = Supplier(code="surveys", flows=survey_flows)
