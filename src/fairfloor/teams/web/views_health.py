"""How alive a team is, the look after the programme's end, and passing a post on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.formatting import format_number
from fairfloor.core.ui.records import form_page, stale_page
from fairfloor.measure.team_health import Part
from fairfloor.teams.labels import (
    NEARLY_FROM,
    PART_HINTS,
    PART_HINTS_NEARLY,
    PART_TITLES,
    PART_UNKNOWN,
    ROLE_LABELS,
    SLEEP_KINDS,
    SLEEP_LABELS,
    SLEEP_SENTENCES,
    team_name,
)
from fairfloor.teams.models import HandOver, ImprovementTeam, TeamMember
from fairfloor.teams.selectors import members_by_team, names_for, team_health
from fairfloor.teams.services import CheckNotDue, PostNotPassed, WordsMissing, check_team, hand_over
from fairfloor.teams.web.forms import HandOverForm, TeamCheckForm
from fairfloor.teams.web.places import see_other, today
from fairfloor.teams.workflow import TeamRole, check_due


def _score(points, possible: int) -> str:
    return _("%(points)s of %(possible)s points") % {"points": format_number(points), "possible": possible}


def health_line(team: ImprovementTeam, day: date) -> dict[str, Any]:
    """The score in a few words, for the page of all teams."""
    found = team_health(team, day)
    return {
        "kind": SLEEP_KINDS[found.sleep],
        "label": SLEEP_LABELS[found.sleep],
        "score": _score(found.points, found.possible) if found.points is not None else "",
    }


def _part_sentence(part: Part) -> str:
    if part.points is None:
        return str(PART_UNKNOWN[part.code])
    values = {"count": format_number(part.numerator), "total": format_number(part.denominator, 1)}
    told = {
        "meetings": _("%(count)s held in 90 days; at the team's own pace it would be %(total)s."),
        "attendance": _("%(count)s of %(total)s seats taken in 90 days."),
        "actions": _("%(count)s of %(total)s done by their day, in 90 days."),
    }.get(part.code)
    if part.code in {"attendance", "actions"}:
        values["total"] = format_number(part.denominator)
    sentence = told % values if told else ""
    if part.points < part.weight:
        is_near = part.points >= NEARLY_FROM * part.weight
        hint = (is_near and PART_HINTS_NEARLY.get(part.code)) or PART_HINTS[part.code]
        return _("%(sentence)s %(more)s") % {"sentence": sentence, "more": hint} if sentence else str(hint)
    return sentence or _("As advised.")


def _find(code: str) -> ImprovementTeam:
    found = ImprovementTeam.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


@page("teams.view")
def health_page(request, slug, code):
    """The score with its parts, the charter, hand-overs and checks."""
    team, day = _find(code), today(request)
    found = team_health(team, day)
    checks = list(team.checks.order_by("after_months", "id"))
    due = check_due(team.programme_ended_date, [check.after_months for check in checks], day)
    handed = list(HandOver.objects.filter(team=team).order_by("-hand_over_date", "id")[:10])
    context = {
        "team": team,
        "state": (SLEEP_KINDS[found.sleep], SLEEP_LABELS[found.sleep]),
        "sentence": SLEEP_SENTENCES[found.sleep] % {"team": team_name(team)}
        if found.sleep in SLEEP_SENTENCES
        else "",
        "score": _score(found.points, found.possible) if found.points is not None else "",
        "last_held": found.last_held,
        "parts": [
            {
                "title": PART_TITLES[part.code],
                "points": format_number(part.points) if part.points is not None else "–",
                "weight": part.weight,
                "sentence": _part_sentence(part),
            }
            for part in found.parts
        ],
        "hand_overs": [
            {"role": ROLE_LABELS[TeamRole(row.role)], "day": row.hand_over_date, "words": row.words}
            for row in handed
        ]
        if request.actor.may("teams.manage")
        else [],
        "checks": checks,
        "check_sentence": _("The programme ended %(months)s months ago. How is %(team)s?")
        % {"months": due, "team": team_name(team)}
        if due
        else "",
        "may_manage": request.actor.may("teams.manage"),
    }
    return render(request, "teams/health.html", context)


@page("teams.manage")
def team_check(request, slug, code):
    """Six and twelve months after the programme: does the team live?"""
    team = _find(code)
    back = reverse("teams:health", kwargs={"slug": slug, "code": code})
    form = TeamCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_team(
                actor=request.actor,
                team_id=team.pk,
                day=today(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except CheckNotDue:
            form.add_error(None, _("Nothing has to be checked now: it was done, or the programme goes on."))
        except WordsMissing:
            form.add_error("words", _("Write what stopped it, so that others can learn from it."))
        else:
            messages.success(request, _("Thank you. It is noted."))
            return see_other("teams:health", slug=slug, code=code)
    return form_page(
        request,
        form,
        _("How is %(team)s?") % {"team": team_name(team)},
        lead=_("Many teams fade after the trainers have left. Looking helps."),
        submit_label=_("Save"),
        back_url=back,
        back_label=team_name(team),
    )


@page("teams.manage")
def post_pass_on(request, slug, code, term_id):
    """Pass a post in the team on to somebody else."""
    day = today(request)
    term = TeamMember.objects.filter(pk=term_id, member_code=code).select_related("team").first()
    if term is None:
        raise Http404
    rows = [row for team, members in members_by_team(day) if team.pk == term.team_id for row in members]
    names = names_for(request.actor, rows)
    others = {
        row.member_code: names[row.member_code]
        if row.role == TeamRole.MEMBER
        else f"{names[row.member_code]} · {ROLE_LABELS.get(row.role, row.role)}"
        for row in rows
        if row.member_code != code
    }
    form = HandOverForm(request.POST or None, people=others, initial={"version": term.version})
    back = reverse("teams:member", kwargs={"slug": slug, "code": code})
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(actor=request.actor, member_id=term.pk, day=day, at=timezone.now(), **form.cleaned_data)
        except StaleEdit:
            return stale_page(request, [], back)
        except (PostNotPassed, WordsMissing):
            form.add_error("to_code", _("Choose somebody who is in the team today and stays in it."))
        else:
            messages.success(request, _("The post is passed on from tomorrow."))
            return see_other("teams:team", slug=slug)
    return form_page(
        request,
        form,
        _("Pass on: %(role)s of %(team)s")
        % {"role": ROLE_LABELS.get(term.role, term.role), "team": team_name(term.team)},
        lead=_(
            "What is open, where things are, who helps: written down, the work does not leave with the person."
        ),
        submit_label=_("Pass it on"),
        back_url=back,
        back_label=names.get(code, code),
    )
