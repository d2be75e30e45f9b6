"""The page behind the QR code of a meeting: a member with a login ticks themselves."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.teams.models import Attendance
from fairfloor.teams.services import MoveNotAllowed, NotOnTheList, check_in_oneself, own_terms
from fairfloor.teams.web.places import load_meeting, see_other, today
from fairfloor.teams.workflow import Status, is_in_term


def _refusal(joins_date) -> str:
    if joins_date is not None:
        return _("You join the team on %(day)s, after this meeting. You are welcome to listen.") % {
            "day": formats.date_format(joins_date, "DATE_FORMAT")
        }
    return _("Your name is not on the team's list for this day. Ask the secretary to tick you.")


@page("teams.decide")
def check_in_page(request, slug, team, number):
    """Say that one is here."""
    meeting, day = load_meeting(team, number), today(request)
    note, status = "", 200
    terms = own_terms(request.actor, meeting.team_id)
    own = next((row for row in terms if is_in_term(row.from_date, row.to_date, day)), None)
    if request.method == "POST":
        try:
            check_in_oneself(actor=request.actor, meeting_id=meeting.pk, day=day, at=timezone.now())
        except NotOnTheList as refused:
            note, status = _refusal(refused.joins_date), 422
        except MoveNotAllowed:
            note, status = _("This meeting is not going on today."), 409
        else:
            return see_other("teams:check_in", slug=slug, team=team, number=number)
    elif meeting.status not in {Status.PLANNED, Status.OPEN} or meeting.meeting_date != day:
        note = _("This meeting is not going on today.")
    elif own is None:
        note = _refusal(next((row.from_date for row in terms if row.from_date > day), None))
    is_here = (
        own is not None and Attendance.objects.filter(meeting=meeting, member=own, is_present=True).exists()
    )
    context = {"meeting": meeting, "note": note, "is_here": is_here, "name": request.actor.name}
    return render(request, "teams/check_in.html", context, status=status)
