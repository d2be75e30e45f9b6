"""Verbs on survey rounds. Answers come by import (see ``sheets``)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, StaleEdit, apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.surveys.figures import SUPPLIER
from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.workflow import QUESTIONNAIRE, Status, may_move

__all__ = ["MoveNotAllowed", "RoundRefused", "StaleEdit", "cancel_round", "close_round", "open_round"]


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
