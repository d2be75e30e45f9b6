"""Verbs on survey rounds. Answers come from phones, or by import (see ``sheets``)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, StaleEdit, apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import latest_workforce
from fairfloor.suggestions.public import group_to_keep
from fairfloor.surveys.figures import SUPPLIER
from fairfloor.surveys.models import Response, SurveyRound
from fairfloor.surveys.selectors import open_round_for_workers
from fairfloor.surveys.workflow import ITEMS, MINIMUM_ANSWERS, QUESTIONNAIRE, Status, may_move

__all__ = [
    "AnswersDiffer",
    "MoveNotAllowed",
    "NoOpenRound",
    "RoundRefused",
    "StaleEdit",
    "cancel_round",
    "close_round",
    "open_round",
    "submit_response",
]


class NoOpenRound(ValueError):
    """Nobody is asked today."""


class AnswersDiffer(ValueError):
    """The same id of a phone came with other answers (409)."""


class RoundRefused(ValueError):
    """The values do not fit. ``code`` says why, ``field`` where."""

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@transaction.atomic
def open_round(
    *, actor: Actor, number: int, invited: int | None, opened_date: date, at: datetime
) -> SurveyRound:
    """Begin a round. Raises :class:`RoundRefused` for a number in use."""
    require(actor, "surveys.write")
    if number < 1 or SurveyRound.objects.filter(number=number).exists():
        raise RoundRefused("number", "TAKEN" if number >= 1 else "TOO_SMALL")
    survey_round = SurveyRound.objects.create(
        number=number,
        invited=invited,
        opened_date=opened_date,
        questionnaire=load_content().questionnaires[QUESTIONNAIRE].pin,
    )
    audit.record(actor, "survey_round.opened", survey_round, at)
    return survey_round


def _move(
    actor: Actor, number: int, version: int | None, new: Status, at: datetime, **values: object
) -> SurveyRound:
    survey_round = SurveyRound.objects.select_for_update().get(number=number)
    check_version(survey_round, version)
    if not may_move(survey_round.status, new):
        raise MoveNotAllowed(survey_round.status, new)
    before = survey_round.closed_date
    changed = apply_changes(survey_round, {"status": new.value, **values})
    survey_round.save()
    audit.record(actor, f"survey_round.{new.lower()}", survey_round, at, changed=changed)
    mark_stale(SUPPLIER.code, before, survey_round.closed_date)
    return survey_round


@transaction.atomic
def close_round(
    *, actor: Actor, number: int, day: date, at: datetime, version: int | None = None
) -> SurveyRound:
    """End a round: from now on its results show."""
    require(actor, "surveys.write")
    survey_round = SurveyRound.objects.get(number=number)
    if day < survey_round.opened_date:
        raise RoundRefused("closed_date", "BEFORE")
    return _move(actor, number, version, Status.CLOSED, at, closed_date=day)


@transaction.atomic
def cancel_round(*, actor: Actor, number: int, at: datetime, version: int | None = None) -> SurveyRound:
    """Take a round out of the count; its answers stay, unseen."""
    require(actor, "surveys.write")
    return _move(actor, number, version, Status.CANCELLED, at)


@transaction.atomic
def submit_response(
    *,
    actor: Actor,
    client_id: str,
    round_number: int,
    answers: list[int | None],
    department_code: str,
    sex: str,
    level: str,
    day: date,
) -> bool:
    """Take one person's answers to an open round; returns whether they are new.

    ``answers`` has one entry per item, 1 to 5 or ``None``. Sex and level are kept only where at least five people
    share them (``group_to_keep``), the department only with at least five people in it. Nothing is written to the
    record of acts: its rows have an order. Raises :class:`NoOpenRound` for a round that is over,
    :class:`AnswersDiffer` for the same id with other answers, :class:`RoundRefused` for answers off the scale.
    """
    require(actor, "surveys.answer")
    if (
        len(answers) != ITEMS
        or not any(answers)
        or any(answer not in {None, 1, 2, 3, 4, 5} for answer in answers)
    ):
        raise RoundRefused("answers", "OUTSIDE_SCALE" if any(answers) else "NONE")
    send_hash = hmac.new(
        settings.SECRET_KEY.encode(), f"response:{actor.enterprise_id}:{client_id}".encode(), hashlib.sha256
    ).hexdigest()
    if (sent := Response.objects.filter(send_hash=send_hash).first()) is not None:
        # A phone that never heard our answer may ask after the round is over; what it sent is safe all the same.
        if sent.answers != answers:
            raise AnswersDiffer
        return False
    survey_round = open_round_for_workers(day)
    if survey_round is None or survey_round.number != round_number:
        raise NoOpenRound
    people = [(c.department_code, c.sex, c.level, c.headcount) for c in latest_workforce()]
    sex, level = group_to_keep(people, department_code, sex, level)
    in_department = sum(count for department, *_rest, count in people if department == department_code)
    Response.objects.create(
        round=survey_round,
        department_code=department_code if in_department >= MINIMUM_ANSWERS else "",
        sex=sex,
        level=level,
        answers=answers,
        send_hash=send_hash,
    )
    return True
