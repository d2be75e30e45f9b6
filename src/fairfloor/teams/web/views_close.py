"""The end of a meeting and its record: minutes, paper, correction, calling off, withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.teams.models import Meeting, TeamMember
from fairfloor.teams.selectors import agenda_of, names_for
from fairfloor.teams.services import (
    DayInFuture,
    DayMissing,
    MoveNotAllowed,
    NotAMember,
    WordsMissing,
    cancel_meeting,
    close_meeting,
    correct_meeting,
    members_in_term,
    record_held_meeting,
    withdraw_meeting,
)
from fairfloor.teams.web.forms import MinutesForm, ReasonForm, RecordForm
from fairfloor.teams.web.places import item_line, load_meeting, meeting_url, names_of, see_other, today
from fairfloor.teams.web.views_meeting import attendance_lines, show, stale_note


@page("teams.manage")
def meeting_close(request, slug, team, number):
    """End the meeting that is going on."""
    found = load_meeting(team, number)
    form = MinutesForm(request.POST or None, initial={"minutes": found.minutes, "version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            close_meeting(
                actor=request.actor,
                meeting_id=found.pk,
                minutes=form.cleaned_data["minutes"],
                day=today(request),
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except (MoveNotAllowed, StaleEdit):
            found = load_meeting(team, number)
            return show(request, slug, found, note=stale_note(found), status=409)
        except (DayInFuture, DayMissing):
            note = _("Only a meeting that has taken place can be closed.")
            return show(request, slug, found, note=note, status=422)
        messages.success(request, _("The meeting is closed. What was left open comes again next time."))
        return see_other("teams:meeting", slug=slug, team=team, number=number)
    lines = [item_line(slug, view) for view in agenda_of(found, request.actor)]
    people = attendance_lines(request, found)
    context = {
        "meeting": found,
        "form": form,
        "decided": [line for line in lines if line["decisions"]],
        "left": [line for line in lines if not line["is_done"]],
        "people": people,
        "present": sum(bool(person["is_present"]) for person in people),
        "back_url": meeting_url(slug, found, len(lines)),
    }
    return render(
        request, "teams/meeting_close.html", context, status=422 if request.method == "POST" else 200
    )


def _record(request, slug, found: Meeting, service, heading: str, submit: str, done: str):
    """The page that writes a meeting's day, attendance and minutes, from paper or as a correction."""
    initial = {
        "meeting_date": found.meeting_date,
        "start_time": found.start_time,
        "place": found.place,
        "minutes": found.minutes,
        "version": found.version,
    }
    form = RecordForm(request.POST or None, initial=initial)
    status = 200
    ticked = {str(line["id"]) for line in attendance_lines(request, found) if line["is_present"]}
    if request.method == "POST":
        status, ticked = 422, set(request.POST.getlist("present"))
        ids = [int(value) for value in ticked if value.isdecimal() and len(value) < 19]
        if form.is_valid():
            try:
                service(
                    actor=request.actor,
                    meeting_id=found.pk,
                    present_ids=ids,
                    day=today(request),
                    at=timezone.now(),
                    **form.cleaned_data,
                )
            except TeamMember.DoesNotExist:  # another factory's person, or nobody
                raise Http404 from None
            except NotAMember as problem:
                form.add_error(
                    "meeting_date",
                    _("Not in the team on this day: %(codes)s. Untick them, or choose another day.")
                    % {"codes": names_of(request.actor, problem.codes)},
                )
            except (DayInFuture, DayMissing):
                form.add_error(
                    "meeting_date", _("The meeting cannot lie in the future. Choose the day it was.")
                )
            except (MoveNotAllowed, StaleEdit):
                found = load_meeting(found.team.code, found.number)
                return show(request, slug, found, note=stale_note(found), status=409)
            else:
                messages.success(request, done)
                return see_other("teams:meeting", slug=slug, team=found.team.code, number=found.number)
    context = {
        "meeting": found,
        "form": form,
        "people": _everybody(request, found, ticked),
        "heading": heading,
        "submit": submit,
        "back_url": meeting_url(slug, found),
    }
    return render(request, "teams/meeting_record.html", context, status=status)


def _everybody(request, found: Meeting, ticked: set[str]) -> list[dict[str, Any]]:
    """Members in term on the meeting's day, ticked as the form says."""
    if found.meeting_date is None:
        return []
    rows = members_in_term(found.team_id, found.meeting_date)
    names = names_for(request.actor, rows)
    return [
        {"id": row.pk, "name": names[row.member_code], "is_present": str(row.pk) in ticked} for row in rows
    ]


@page("teams.manage")
def meeting_paper(request, slug, team, number):
    """Enter a meeting that was held on paper."""
    found = load_meeting(team, number)
    heading = _("Enter meeting %(number)s from paper") % {"number": number}
    return _record(
        request,
        slug,
        found,
        record_held_meeting,
        heading,
        _("Record it as held"),
        _("The meeting is recorded."),
    )


@page("teams.manage")
def meeting_correct(request, slug, team, number):
    """Put the record of a meeting right."""
    found = load_meeting(team, number)
    heading = _("Correct meeting %(number)s") % {"number": number}
    return _record(
        request,
        slug,
        found,
        correct_meeting,
        heading,
        _("Save the correction"),
        _("The correction is saved."),
    )


def _with_reason(request, slug, found: Meeting, service, words: dict[str, str]):
    """The page that asks why before a meeting is called off or withdrawn."""
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            service(
                actor=request.actor,
                meeting_id=found.pk,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except (MoveNotAllowed, StaleEdit):
            found = load_meeting(found.team.code, found.number)
            return show(request, slug, found, note=stale_note(found), status=409)
        except WordsMissing:
            form.add_error("reason", _("Write why, in a few words."))
        else:
            return see_other("teams:meeting", slug=slug, team=found.team.code, number=found.number)
    context = {"form": form, "back_url": meeting_url(slug, found), **words}
    return render(request, "teams/form.html", context, status=422 if request.method == "POST" else 200)


@page("teams.manage")
def meeting_cancel(request, slug, team, number):
    """Call a meeting off."""
    words = {
        "heading": _("Call meeting %(number)s off") % {"number": number},
        "lead": _("It keeps its number and is not counted. What waits for it waits for the next meeting."),
        "submit": _("Call it off"),
    }
    return _with_reason(request, slug, load_meeting(team, number), cancel_meeting, words)


@page("teams.manage")
def meeting_withdraw(request, slug, team, number):
    """Withdraw a wrong entry."""
    words = {
        "heading": _("Withdraw meeting %(number)s") % {"number": number},
        "lead": _("For a meeting entered by mistake. It is counted nowhere any more; its trace stays."),
        "submit": _("Withdraw it"),
    }
    return _with_reason(request, slug, load_meeting(team, number), withdraw_meeting, words)
