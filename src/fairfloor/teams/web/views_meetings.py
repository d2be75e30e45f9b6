"""The register of meetings, and planning the next one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.teams.labels import STATUS_KINDS, STATUS_LABELS, team_name
from fairfloor.teams.models import ImprovementTeam
from fairfloor.teams.selectors import meeting_by_code as find_by_code
from fairfloor.teams.selectors import meetings_with_attendance
from fairfloor.teams.services import schedule_meeting
from fairfloor.teams.web.forms import PlanForm
from fairfloor.teams.web.places import meeting_url, see_other, team_choices, today


def _attendance(row) -> str:
    if not row.expected:
        return ""
    return _("%(present)s of %(expected)s") % {"present": row.present, "expected": row.expected}


def _hour(row) -> str:
    return formats.time_format(row.start_time, "TIME_FORMAT") if row.start_time else ""


def _teams() -> list[tuple[str, str]]:
    return [(team.code, team_name(team)) for team in ImprovementTeam.objects.order_by("code", "id")]


def _listing(slug: str) -> Listing:
    return Listing(
        columns=[
            Column("meeting", gettext_lazy("Meeting"), lambda row: f"{row.team.code} {row.number}"),
            Column("day", gettext_lazy("Day"), "meeting_date", kind="date", sortable_field="meeting_date"),
            Column("hour", gettext_lazy("Hour"), _hour),
            Column("place", gettext_lazy("Place"), "place"),
            Column(
                "state",
                gettext_lazy("State"),
                lambda row: (STATUS_KINDS[row.status], STATUS_LABELS[row.status]),
                kind="state",
            ),
            Column("attendance", gettext_lazy("Present"), _attendance),
        ],
        filters=[
            ChoiceFilter(
                "team", gettext_lazy("Team"), _teams, lambda rows, value: rows.filter(team__code=value)
            ),
            ChoiceFilter(
                "status",
                gettext_lazy("State"),
                lambda: STATUS_LABELS.items(),
                lambda rows, value: rows.filter(status=value),
            ),
        ],
        search_fields=["minutes"],
        default_sort="-day",
        row_url=lambda row: meeting_url(slug, row),
    )


@page("teams.view")
def meetings(request, slug):
    """All meetings."""
    return listing_page(
        request,
        _listing(slug),
        meetings_with_attendance(),
        "teams/meetings.html",
        {
            "may_manage": request.actor.may("teams.manage"),
            "may_decide": request.actor.may("teams.decide"),
            "calendars": list(ImprovementTeam.objects.filter(is_active=True).order_by("code", "id")[:6]),
        },
        file_name="meetings",
    )


@page("teams.view")
def meeting_by_code(request, slug, code):
    """From a meeting's code, as links elsewhere carry it, to its page."""
    found = find_by_code(code)
    if found is None:
        raise Http404
    return redirect(meeting_url(slug, found))


@page("teams.manage")
def meeting_plan(request, slug):
    """Plan the next meeting."""
    teams = team_choices()
    if not teams:
        return see_other("teams:create", slug=slug)
    form = PlanForm(
        request.POST or None, teams=teams, initial={"meeting_date": today(request) + timedelta(days=7)}
    )
    if request.method == "POST" and form.is_valid():
        planned = schedule_meeting(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, _("Meeting %(number)s is planned. Its agenda fills itself.") % {"number": planned.number}
        )
        return see_other("teams:meeting", slug=slug, team=planned.team.code, number=planned.number)
    context = {
        "form": form,
        "heading": _("Plan a meeting"),
        "submit": _("Plan it"),
        "back_url": reverse("teams:team", kwargs={"slug": slug}),
    }
    return render(request, "teams/form.html", context, status=422 if request.method == "POST" else 200)
