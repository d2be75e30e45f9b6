"""Reads on survey rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairfloor.content import load as load_content
from fairfloor.measure import survey as measure_survey
from fairfloor.measure.cells import Period
from fairfloor.measure.survey import Flag
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.surveys.workflow import ITEMS, QUESTIONNAIRE, Status, minimum_for


def closed_rounds(period: Period) -> list[SurveyRound]:
    """Rounds that closed in a period, by number."""
    return list(
        SurveyRound.objects.filter(
            status=Status.CLOSED, closed_date__range=(period.start_date, period.end_date)
        ).order_by("number", "id")
    )


def open_round_for_workers(day: date) -> SurveyRound | None:
    """The round workers are asked in today: the newest open one that has begun."""
    return (
        SurveyRound.objects.filter(status=Status.OPEN, opened_date__lte=day)
        .order_by("-opened_date", "-number", "id")
        .first()
    )


def _answers_of(survey_round: SurveyRound) -> list[list[int | None]]:
    return list(Response.objects.filter(round=survey_round).order_by("id").values_list("answers", flat=True))


def quality_flags(number: int) -> tuple[Flag, ...]:
    """The doubts about a closed round, none about an open one. See ``measure.survey.quality_flags``."""
    survey_round = SurveyRound.objects.get(number=number)
    if survey_round.status != Status.CLOSED:
        return ()
    return _doubts(_answers_of(survey_round), survey_round.invited)


def _doubts(rows: list[list[int | None]], invited: int | None) -> tuple[Flag, ...]:
    flags = measure_survey.quality_flags(rows, invited, ITEMS)
    if any(flag.code == "TOO_FEW" for flag in flags):
        # How so few people answered is nobody's business.
        return tuple(flag for flag in flags if flag.code in {"TOO_FEW", "LOW_RESPONSE"})
    return flags


@dataclass(frozen=True)
class ItemResult:
    """Favourable and valid answers of one item or dimension; both ``None`` where too few answered."""

    code: str
    name: str
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class RoundResult:
    """What a closed round says: per item and per dimension, and the doubts about it."""

    n: int
    items: tuple[ItemResult, ...]
    dimensions: tuple[ItemResult, ...]
    flags: tuple[Flag, ...]


def _shown(code: str, name: str, dimension: str, above: int, below: int, answered: int) -> ItemResult:
    if answered < minimum_for(dimension):
        return ItemResult(code, name, None, None)
    return ItemResult(code, name, above, below)


def round_result(survey_round: SurveyRound) -> RoundResult:
    """Results of a closed round over everybody who answered; names are the questionnaire's English texts."""
    rows = _answers_of(survey_round)
    questionnaire = load_content().questionnaires[QUESTIONNAIRE]
    counts = measure_survey.item_favourable(rows, ITEMS)
    items = tuple(
        _shown(item.code, item.text, item.dimension, above, below, below)
        for item, (above, below) in zip(questionnaire.items, counts, strict=True)
    )
    dimensions = []
    for dimension in questionnaire.dimensions:
        places = [i for i, item in enumerate(questionnaire.items) if item.dimension == dimension.code]
        above = sum(counts[i][0] for i in places)
        below = sum(counts[i][1] for i in places)
        answered = min(counts[i][1] for i in places)
        dimensions.append(_shown(dimension.code, dimension.name, dimension.code, above, below, answered))
    return RoundResult(len(rows), items, tuple(dimensions), _doubts(rows, survey_round.invited))
