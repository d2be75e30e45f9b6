"""Meetings planned ahead in a row, and the secret address of a team's calendar."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.teams.models import ImprovementTeam, Meeting
from fairfloor.teams.services.errors import SeriesRefused
from fairfloor.teams.services.meetings import schedule_meeting
from fairfloor.teams.workflow import MOST_IN_A_SERIES, Status, series_days

TOKEN_BYTES = 24


@transaction.atomic
def plan_series(
    *,
    actor: Actor,
    team_id: int,
    first_date: date,
    until_date: date,
    every_weeks: int,
    day: date,
    at: datetime,
    start_time: time | None = None,
    place: str = "",
    form_id: UUID | None = None,
) -> list[Meeting]:
    """Plan a meeting every so many weeks, both ends included. A day on which the team meets already stays as it is.

    Raises :class:`SeriesRefused` for a first day that is over, an end before it, more than ``MOST_IN_A_SERIES``
    meetings, or days that are all planned already. With ``form_id`` a form sent twice gives the same meetings again.
    """
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    if earlier := once.begin(form_id):
        first, last = (int(number) for number in earlier.split("-"))
        return list(Meeting.objects.filter(team=team, number__range=(first, last)).order_by("number", "id"))
    if first_date < day:
        raise SeriesRefused("FIRST_IS_OVER", "first_date")
    if until_date < first_date:
        raise SeriesRefused("ENDS_BEFORE", "until_date")
    days = series_days(first_date, until_date, every_weeks)
    if len(days) > MOST_IN_A_SERIES:
        raise SeriesRefused("TOO_MANY", "until_date")
    taken = set(
        Meeting.objects.filter(team=team, meeting_date__in=days)
        .exclude(status__in=(Status.CANCELLED, Status.WITHDRAWN))
        .values_list("meeting_date", flat=True)
    )
    made = [
        schedule_meeting(
            actor=actor, team_id=team.pk, meeting_date=each, at=at, start_time=start_time, place=place
        )
        for each in days
        if each not in taken
    ]
    if not made:
        raise SeriesRefused("ALL_PLANNED", "first_date")
    once.made(form_id, f"{made[0].number}-{made[-1].number}")
    return made


@transaction.atomic
def renew_calendar(*, actor: Actor, team_id: int, at: datetime) -> ImprovementTeam:
    """Give the team's calendar a new secret address; the one before it answers no more."""
    require(actor, "teams.manage")
    team = ImprovementTeam.objects.select_for_update().get(pk=team_id)
    team.calendar_token = secrets.token_urlsafe(TOKEN_BYTES)
    team.save(update_fields=["calendar_token"])
    audit.record(actor, "team.calendar_renewed", team, at)
    return team
