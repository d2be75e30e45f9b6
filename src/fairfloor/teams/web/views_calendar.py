"""Meetings in a row, and the team's calendar: its page for staff, and the feed that calendar programs fetch."""

from __future__ import annotations

from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fairfloor.core.access import page, public_page
from fairfloor.core.tenancy import scope
from fairfloor.core.ui.records import form_page
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.teams import icalendar
from fairfloor.teams.labels import SERIES_REASONS, team_name
from fairfloor.teams.models import ImprovementTeam, Meeting
from fairfloor.teams.selectors import calendar_meetings
from fairfloor.teams.services import SeriesRefused, plan_series, renew_calendar
from fairfloor.teams.web.forms import SeriesForm
from fairfloor.teams.web.places import see_other, today
from fairfloor.teams.workflow import Status


@page("teams.manage")
def series_plan(request, slug):
    """Plan meetings in a row."""
    teams = list(ImprovementTeam.objects.filter(is_active=True).order_by("code", "id"))
    if not teams:
        return see_other("teams:create", slug=slug)
    day = today(request)
    form = SeriesForm(
        request.POST or None,
        teams=[(team.pk, team_name(team)) for team in teams],
        initial={
            "first_date": day + timedelta(days=7),
            "every_weeks": teams[0].meets_every_weeks,
            "until_date": day + timedelta(days=182),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_series(actor=request.actor, day=day, at=timezone.now(), **form.cleaned_data)
        except SeriesRefused as refused:
            form.add_error(refused.field, SERIES_REASONS[refused.code])
        else:
            words = ngettext("%(count)s meeting is planned.", "%(count)s meetings are planned.", len(planned))
            messages.success(request, words % {"count": len(planned)})
            return see_other("teams:meetings", slug=slug)
    return form_page(
        request,
        form,
        _("Plan a series of meetings"),
        lead=_("Each meeting can be moved or called off on its own. Days with a meeting stay as they are."),
        submit_label=_("Plan them"),
        back_url=reverse("teams:meetings", kwargs={"slug": slug}),
        back_label=_("Meetings"),
    )


def _team(code: str) -> ImprovementTeam:
    found = ImprovementTeam.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _address(request, slug: str, team: ImprovementTeam) -> str:
    if not team.calendar_token:
        return ""
    path = reverse("team_calendar:feed", kwargs={"slug": slug, "token": team.calendar_token})
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


@page("teams.decide")
def team_calendar(request, slug, code):
    """Where the team's calendar is, and how it comes into one's own."""
    team = _team(code)
    context = {
        "team": team,
        "address": _address(request, slug, team),
        "may_manage": request.actor.may("teams.manage"),
    }
    return render(request, "teams/calendar.html", context)


@page("teams.manage")
@require_POST
def calendar_renew(request, slug, code):
    """A new secret address."""
    renew_calendar(actor=request.actor, team_id=_team(code).pk, at=timezone.now())
    messages.success(request, _("The calendar has a new address. Give it to the members."))
    return see_other("teams:calendar", slug=slug, code=code)


def _zone(enterprise: Enterprise) -> tzinfo:
    try:
        return ZoneInfo(enterprise.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _entry(meeting: Meeting, name: str, slug: str) -> icalendar.Entry:
    return icalendar.Entry(
        uid=f"meeting-{meeting.pk}@{slug}.fairfloor",
        title=_("%(team)s: meeting %(number)s") % {"team": name, "number": meeting.number},
        day=meeting.meeting_date,
        hour=meeting.start_time,
        place=meeting.place,
        sequence=meeting.version,
        is_cancelled=meeting.status in {Status.CANCELLED, Status.WITHDRAWN},
    )


@public_page(
    "calendar programs fetch it with a secret address; it tells days and places of meetings, nothing else"
)
@require_safe
def feed(request, slug, token):
    """The meetings of the team whose secret address this is; every other address is not found."""
    enterprise = Enterprise.objects.filter(slug=slug).first()
    if enterprise is None:
        raise Http404
    with scope(enterprise.pk):
        teams = ImprovementTeam.objects.filter(is_active=True).exclude(calendar_token="").order_by("id")
        team = next((each for each in teams if constant_time_compare(each.calendar_token, token)), None)
        if team is None:
            raise Http404
        now = timezone.now()
        meetings = calendar_meetings(team, local_day(enterprise, now))
        with translation.override(enterprise.languages.split(";")[0] or "en"):
            name = team_name(team)
            body = icalendar.calendar(
                name, [_entry(row, name, slug) for row in meetings], _zone(enterprise), now
            )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
