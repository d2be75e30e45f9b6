"""What other features may use of teams."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.measure.composition import Light
from fairfloor.organisations.public import department_names
from fairfloor.teams.labels import (
    LIGHT_KINDS,
    LIGHT_LABELS,
    LIGHT_TITLES,
    ROLE_LABELS,
    SLEEP_SENTENCES,
    light_sentence,
    team_name,
)
from fairfloor.teams.minutes import Released, released_minutes
from fairfloor.teams.minutes_board import BoardMinutes, board_minutes
from fairfloor.teams.models import ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.selectors import (
    Composition,
    minutes_missing,
    next_meeting,
    posts_without_successor,
    team_composition,
    team_health,
    teams_to_check,
)
from fairfloor.teams.services.meetings import own_terms
from fairfloor.teams.workflow import Status, TeamRole, is_in_term

__all__ = [
    "LIGHT_KINDS",
    "LIGHT_LABELS",
    "LIGHT_TITLES",
    "BoardMinutes",
    "Composition",
    "ImprovementTeam",
    "Meeting",
    "Released",
    "Status",
    "TeamMember",
    "board_minutes",
    "composition",
    "light_sentences",
    "meetings_tomorrow",
    "next_meeting",
    "released_minutes",
    "team_composition",
    "team_names",
    "waiting",
]


def team_names() -> dict[str, str]:
    """All teams of the enterprise in scope, code → name in the reader's language."""
    return {team.code: team_name(team) for team in ImprovementTeam.objects.order_by("code", "id")}


def composition(day: date) -> tuple[Light, ...]:
    """The five lights on the teams of a day; :func:`team_composition` has the members and counts behind them."""
    return team_composition(day).lights


def light_sentences(day: date, language: str) -> list[tuple[Light, str]]:
    """Each light of a day with its sentence in the language that is active; ``language`` picks department names."""
    found = team_composition(day)
    names = department_names(language)
    return [(light, light_sentence(light, found, names)) for light in found.lights]


def meetings_tomorrow(actor: Actor, day: date) -> list[str]:
    """One line for each meeting of tomorrow in whose team the person is: team, number, hour, place."""
    if not actor.may("teams.decide"):
        return []
    tomorrow = day + timedelta(days=1)
    rows = Meeting.objects.filter(status=Status.PLANNED, meeting_date=tomorrow, team__is_active=True)
    lines = []
    for row in rows.select_related("team").order_by("start_time", "number", "id")[:10]:
        terms = own_terms(actor, row.team_id)
        if not any(is_in_term(term.from_date, term.to_date, tomorrow) for term in terms):
            continue
        words = {"number": row.number, "team": team_name(row.team)}
        line = _("Meeting %(number)s of %(team)s is tomorrow") % words
        hour = formats.time_format(row.start_time, "TIME_FORMAT") if row.start_time else ""
        lines.append(", ".join(part for part in (line, hour, row.place) if part))
    return lines


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """The meeting that goes on or comes next, and for who keeps the record, minutes nobody has written."""
    if not actor.may("teams.decide"):
        return []
    found = []
    coming = next_meeting(day)
    if coming is not None:
        values = {"team": team_name(coming.team), "number": coming.number}
        if coming.status == Status.OPEN:
            text = _("Meeting %(number)s of %(team)s is going on.") % values
        elif coming.meeting_date == day:
            text = _("Meeting %(number)s of %(team)s is today.") % values
        else:
            text = _("Meeting %(number)s of %(team)s comes next.") % values
        found.append(Waiting(text, "teams:meeting_by_code", coming.code, coming.meeting_date))
    if actor.may("teams.manage"):
        for team in ImprovementTeam.objects.filter(is_active=True).order_by("code", "id")[:20]:
            state = team_health(team, day)
            if state.sleep in SLEEP_SENTENCES and (coming is None or coming.team_id != team.pk):
                text = SLEEP_SENTENCES[state.sleep] % {"team": team_name(team)}
                found.append(Waiting(text, "teams:health", team.code, None, state.sleep == "DORMANT"))
        for row in posts_without_successor(day):
            text = _("The term of the %(role)s of %(team)s ends soon. Pass the post on before it does.") % {
                "role": ROLE_LABELS[TeamRole(row.role)],
                "team": team_name(row.team),
            }
            found.append(Waiting(text, "teams:member", row.member_code, row.to_date))
        for team, months in teams_to_check(day):
            text = _("The programme ended %(months)s months ago. How is %(team)s?") % {
                "months": months,
                "team": team_name(team),
            }
            found.append(Waiting(text, "teams:check", team.code))
        for meeting in minutes_missing():
            text = _("Meeting %(number)s of %(team)s has no minutes yet.") % {
                "team": team_name(meeting.team),
                "number": meeting.number,
            }
            found.append(Waiting(text, "teams:meeting_by_code", meeting.code, meeting.meeting_date, True))
    return found
