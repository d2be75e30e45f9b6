"""The team beside the workforce, and the set-up of teams."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairfloor.core.access import page
from fairfloor.core.charts import Row, shares
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.core.ui.records import stale_page
from fairfloor.measure.composition import LEVELS, Light
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Level, Sex
from fairfloor.teams.labels import (
    LIGHT_KINDS,
    LIGHT_LABELS,
    LIGHT_TITLES,
    ROLE_LABELS,
    SHIFT_LABELS,
    STATUS_KINDS,
    STATUS_LABELS,
    light_sentence,
    team_name,
)
from fairfloor.teams.models import ImprovementTeam
from fairfloor.teams.selectors import (
    Composition,
    meetings_with_attendance,
    members_by_team,
    names_for,
    next_meeting,
    team_composition,
)
from fairfloor.teams.services import TeamExists, change_team, create_team
from fairfloor.teams.web.forms import TeamChangeForm, TeamForm
from fairfloor.teams.web.places import departments, see_other, today
from fairfloor.teams.web.views_health import health_line
from fairfloor.teams.workflow import Status

_SEX_ORDER = (Sex.FEMALE, Sex.MALE, Sex.OTHER)
# Where to write down what a light misses.
_MISSING_IS_KEPT_IN = {
    "women_share": ("organisations:workforce", gettext_lazy("Workforce snapshots")),
    "departments": ("organisations:departments", gettext_lazy("Departments")),
    "shifts": ("organisations:departments", gettext_lazy("Departments")),
}


def _way(light: Light, slug: str) -> tuple[str, str]:
    """The address and the name of the page where an unknown light gets what it misses; both empty otherwise."""
    route, name = _MISSING_IS_KEPT_IN.get(light.code, ("", ""))
    # Where departments say their shifts, the members' pages lack theirs, and those stand below.
    if not route or light.colour != "UNKNOWN" or (light.code == "shifts" and light.denominator):
        return "", ""
    return reverse(route, kwargs={"slug": slug}), name


def _chart(chart_id, title, sentence, basis, codes, labels, team, workforce):
    """Two bars of 100 %: the team, and the workforce below it; the same numbers as a table."""
    used = [code for code in codes if team[code] or workforce[code]]
    rows = [Row(_("Team"), tuple(team[code] for code in used))]
    if sum(workforce.values()):
        rows.append(Row(_("Workforce"), tuple(workforce[code] for code in used)))
    table = {
        "headings": [title, *(row.label for row in rows)],
        "rows": [
            [labels[code], *(format_number(row.values[place]) for row in rows)]
            for place, code in enumerate(used)
        ],
    }
    svg = shares(
        chart_id, title, [str(labels[code]) for code in used], rows, description=sentence, format=format_share
    )
    return {"sentence": sentence, "basis": basis, "svg": svg, "table": table}


def _charts(composition: Composition):
    team_known, floor = sum(composition.team_levels.values()), composition.team_levels[Level.FRONT_LINE]
    women, sexes_known = composition.team_sexes[Sex.FEMALE], sum(composition.team_sexes.values())
    people = sum(composition.workforce_sexes.values())
    if people:
        basis = ngettext(
            "Team: %(team)s member. Workforce: %(people)s people on %(day)s.",
            "Team: %(team)s members. Workforce: %(people)s people on %(day)s.",
            len(composition.members),
        ) % {
            "team": len(composition.members),
            "people": format_number(people),
            "day": date_format(composition.workforce_date, "DATE_FORMAT"),
        }
    else:
        basis = ngettext(
            "Team: %(team)s member. No workforce snapshot has been entered.",
            "Team: %(team)s members. No workforce snapshot has been entered.",
            len(composition.members),
        ) % {"team": len(composition.members)}
    charts = []
    if sexes_known:
        sentence = _("Women are %(share)s of the team.") % {"share": format_share(women / sexes_known)}
        if people:
            sentence = _("Women are %(share)s of the team and %(workforce)s of the workforce.") % {
                "share": format_share(women / sexes_known),
                "workforce": format_share(composition.workforce.women / people),
            }
        charts.append(
            _chart(
                "team-sex",
                _("Sex"),
                sentence,
                basis,
                _SEX_ORDER,
                SEX_LABELS,
                composition.team_sexes,
                composition.workforce_sexes,
            )
        )
    if team_known:
        everybody = sum(composition.workforce_levels.values())
        sentence = _("Front-line workers are %(share)s of the team.") % {
            "share": format_share(floor / team_known)
        }
        if everybody:
            sentence = _(
                "Front-line workers are %(share)s of the team and %(workforce)s of the workforce."
            ) % {
                "share": format_share(floor / team_known),
                "workforce": format_share(composition.workforce_levels[Level.FRONT_LINE] / everybody),
            }
        charts.append(
            _chart(
                "team-level",
                _("Level"),
                sentence,
                basis,
                [level for level in Level if level in LEVELS],
                LEVEL_LABELS,
                composition.team_levels,
                composition.workforce_levels,
            )
        )
    return charts


@page("teams.view")
def team(request, slug):
    """Who is in the team, how that compares with the factory, and when it meets."""
    day, names = today(request), departments()
    groups = members_by_team(day)
    composition = team_composition(day)
    people = names_for(request.actor, [row for _team, rows in groups for row in rows])
    lights = [
        {
            "level": LIGHT_KINDS[light.colour],
            "label": LIGHT_LABELS[light.colour],
            "title": LIGHT_TITLES[light.code],
            "sentence": light_sentence(light, composition, names),
            "way": _way(light, slug),
        }
        for light in composition.lights
    ]
    teams = [
        {
            "team": each,
            "health": health_line(each, day),
            "members": [
                {
                    "row": row,
                    "name": people[row.member_code],
                    "role": ROLE_LABELS.get(row.role, row.role),
                    "department": names.get(row.department_code, row.department_code),
                    "level": LEVEL_LABELS.get(row.level, row.level),
                    "sex": SEX_LABELS.get(row.sex, row.sex),
                    "shift": SHIFT_LABELS.get(row.shift, row.shift),
                }
                for row in rows
            ],
        }
        for each, rows in groups
    ]
    recent = [
        {"row": row, "kind": STATUS_KINDS[row.status], "label": STATUS_LABELS[row.status]}
        for row in meetings_with_attendance().exclude(status=Status.WITHDRAWN)[:6]
    ]
    context = {
        "teams": teams,
        "lights": lights,
        "charts": _charts(composition) if composition.members else [],
        "has_members": bool(composition.members),
        "meetings": recent,
        "next": next_meeting(day),
        "day": day,
        "may_manage": request.actor.may("teams.manage"),
        "may_talk": request.actor.may("teams.talk"),
    }
    return render(request, "teams/team.html", context)


@page("teams.manage")
def team_create(request, slug):
    """Set up a team."""
    has_team = ImprovementTeam.objects.exists()
    initial = {} if has_team else {"code": "EIT", "name": _("Enterprise Improvement Team")}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            create_team(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except TeamExists:
            form.add_error("code", _("Another team has this code. Choose a different one."))
        else:
            messages.success(request, _("The team is set up. Add its members now."))
            return see_other("teams:team", slug=slug)
    context = {
        "form": form,
        "heading": _("Set up a team"),
        "submit": _("Set it up"),
        "back_url": reverse("teams:team", kwargs={"slug": slug}),
    }
    return render(request, "teams/form.html", context, status=422 if request.method == "POST" else 200)


@page("teams.manage")
def team_change(request, slug, code):
    """Rename a team, or say that it has ended."""
    found = ImprovementTeam.objects.filter(code=code).first()
    if found is None:
        raise Http404
    names = [name for name in TeamChangeForm.base_fields if hasattr(found, name)]
    form = TeamChangeForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_team(actor=request.actor, team_id=found.pk, at=timezone.now(), **form.cleaned_data)
        except StaleEdit:
            return stale_page(request, [], reverse("teams:change", kwargs={"slug": slug, "code": code}))
        return see_other("teams:team", slug=slug)
    context = {
        "form": form,
        "heading": _("Change the team %(name)s") % {"name": team_name(found)},
        "submit": _("Save"),
        "back_url": reverse("teams:team", kwargs={"slug": slug}),
    }
    return render(request, "teams/form.html", context, status=422 if request.method == "POST" else 200)
