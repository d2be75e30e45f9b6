"""The minutes of a meeting: to print, as PDF, as a Word document, and let out to everybody."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.documents import download
from fairfloor.core.edits import StaleEdit
from fairfloor.teams.labels import STATUS_KINDS, STATUS_LABELS
from fairfloor.teams.minutes import minutes_value
from fairfloor.teams.paper import minutes_docx, minutes_pdf
from fairfloor.teams.selectors import agenda_of
from fairfloor.teams.services import MoveNotAllowed, WordsMissing, release_minutes, show_on_board
from fairfloor.teams.web.places import by_reach, item_line, load_meeting, meeting_url, see_other, today
from fairfloor.teams.web.views_meeting import attendance_lines, show, stale_note, version_of
from fairfloor.teams.workflow import Status

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": (minutes_pdf, "application/pdf"), "docx": (minutes_docx, DOCX)}


@page("teams.view")
def meeting_minutes(request, slug, team, number):
    """The minutes on paper."""
    found = load_meeting(team, number)
    lines = [item_line(slug, view) for view in agenda_of(found, request.actor)]
    people = attendance_lines(request, found)
    context = {
        "meeting": found,
        "state": (STATUS_KINDS[found.status], STATUS_LABELS[found.status]),
        **by_reach(lines),
        "here": _(", ").join(person["name"] for person in people if person["is_present"]),
        "away": _(", ").join(person["name"] for person in people if person["is_present"] is False),
        "back_url": meeting_url(slug, found),
    }
    return render(request, "teams/meeting_minutes.html", context)


@page("teams.view")
def minutes_file(request, slug, team, number, form):
    """The minutes as a file, in the language asked for (``?language=``), else the reader's own."""
    found = load_meeting(team, number)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or "en"
    if form not in FORMS or found.status not in {Status.OPEN, Status.HELD}:
        raise Http404
    make, kind = FORMS[form]
    value = minutes_value(found, request.actor, request.enterprise, language)
    return download(make(value, language, timezone.now()), f"minutes-{number}-{language}.{form}", kind)


@page("teams.manage")
@require_POST
def minutes_release(request, slug, team, number):
    """Let the minutes out to everybody, or take them back."""
    found = load_meeting(team, number)
    is_out = request.POST.get("out") == "1"
    try:
        release_minutes(
            actor=request.actor,
            meeting_id=found.pk,
            is_out=is_out,
            is_for_board=("board" in request.POST) if "asks_board" in request.POST else None,
            day=today(request),
            at=timezone.now(),
            version=version_of(request),
        )
    except WordsMissing:
        note = _("There is nothing to read yet. Write the minutes first.")
        return show(request, slug, found, note=note, status=422)
    except (MoveNotAllowed, StaleEdit):
        found = load_meeting(team, number)
        return show(request, slug, found, note=stale_note(found), status=409)
    found = load_meeting(team, number)
    if is_out and found.is_for_board:
        messages.success(
            request, _("The minutes are released: everybody in the factory can read them on the board.")
        )
    elif is_out:
        messages.success(request, _("The minutes are released. They do not hang on the board."))
    else:
        messages.success(request, _("The minutes are taken back."))
    return see_other("teams:meeting", slug=slug, team=team, number=number)


@page("teams.manage")
@require_POST
def minutes_board(request, slug, team, number):
    """Let released minutes onto the board, or take them off it."""
    found = load_meeting(team, number)
    is_for_board = request.POST.get("board") == "1"
    try:
        show_on_board(
            actor=request.actor,
            meeting_id=found.pk,
            is_for_board=is_for_board,
            at=timezone.now(),
            version=version_of(request),
        )
    except (MoveNotAllowed, StaleEdit):
        found = load_meeting(team, number)
        return show(request, slug, found, note=stale_note(found), status=409)
    if is_for_board:
        messages.success(request, _("The board shows what was decided and what happens next."))
    else:
        messages.success(request, _("The minutes are off the board. They stay released."))
    return see_other("teams:meeting", slug=slug, team=team, number=number)
