"""A meeting on the projector: one item at a time, and what the team decides on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.actions.public import possible_owners
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed as RecordMoveNotAllowed
from fairfloor.core.edits import StaleEdit
from fairfloor.projects.public import Refused
from fairfloor.suggestions.public import caution_words
from fairfloor.teams.labels import STATUS_KINDS, STATUS_LABELS
from fairfloor.teams.minutes_board import lines_for_board
from fairfloor.teams.models import AgendaItem, Attendance, Meeting, TeamMember
from fairfloor.teams.selectors import agenda_of, names_for
from fairfloor.teams.services import (
    DayMissing,
    MoveNotAllowed,
    NotAMember,
    WordsMissing,
    add_topic,
    check_in,
    decide_accept,
    decide_action,
    decide_complete,
    decide_decline,
    decide_note,
    decide_project,
    members_in_term,
    move_item,
    open_meeting,
    set_item_done,
)
from fairfloor.teams.web import forms
from fairfloor.teams.web.places import (
    by_reach,
    changed_by,
    check_in_qr,
    departments,
    item_line,
    load_meeting,
    meeting_url,
    names_of,
    see_other,
    story,
    today,
)
from fairfloor.teams.workflow import OFFERS, DecisionKind, ItemKind, Status

DEFAULT_DAYS = {DecisionKind.START_PROJECT: timedelta(days=30), DecisionKind.ADD_ACTION: timedelta(days=14)}
# Two rows on a projector; of a longer agenda the steps around the one on the wall are shown.
MOST_STEPS, STEPS_AROUND = 60, 12
FORMS: dict[DecisionKind, type[forms.DecisionForm]] = {
    DecisionKind.START_PROJECT: forms.ProjectForm,
    DecisionKind.ADD_ACTION: forms.ActionForm,
    DecisionKind.ACCEPT: forms.AcceptForm,
    DecisionKind.DECLINE: forms.DeclineForm,
    DecisionKind.COMPLETE: forms.CompleteForm,
    DecisionKind.NOTE: forms.NoteForm,
}


def _verbs() -> dict[DecisionKind, tuple[str, str, str]]:
    """Words and icon of each decision: what opens its form, and what sends it."""
    return {
        DecisionKind.START_PROJECT: (_("Start a project"), _("Start the project"), "tools"),
        DecisionKind.ADD_ACTION: (_("Agree on an action"), _("Write the action down"), "checklist"),
        DecisionKind.ACCEPT: (_("Accept the idea"), _("Accept"), "thumb-up"),
        DecisionKind.DECLINE: (_("Decline the idea"), _("Decline"), "thumb-down"),
        DecisionKind.COMPLETE: (_("It is done"), _("Tick it off"), "check"),
        DecisionKind.NOTE: (_("Write a note"), _("Keep the note"), "pencil"),
    }


def attendance_lines(request, meeting: Meeting) -> list[dict[str, Any]]:
    """The members in term on the day, with their tick."""
    if meeting.meeting_date is None:
        return []
    rows = members_in_term(meeting.team_id, meeting.meeting_date)
    ticks = dict(Attendance.objects.filter(meeting=meeting).values_list("member_id", "is_present"))
    names = names_for(request.actor, rows)
    return [
        {
            "id": row.pk,
            "name": names[row.member_code],
            "code": row.member_code,
            "is_present": ticks.get(row.pk),
        }
        for row in rows
    ]


def _place(asked: str | None, lines: list[dict[str, Any]], has_ticks: bool) -> int:
    """Which step the address asks for: 0 is the attendance; without one, the first thing still to do."""
    if asked is not None and asked.isdecimal() and len(asked) < 6:
        return min(int(asked), len(lines))
    if not has_ticks:
        return 0
    return next((line["place"] for line in lines if not line["is_done"]), len(lines))


def _decisions(line, kind_with_form=None, bound=None, *, day, owners, known) -> list[dict[str, Any]]:
    verbs = _verbs()
    offers = []
    settled = {decision["kind"] for decision in line["decisions"]}
    for kind in OFFERS[ItemKind(line["kind"])]:
        closing = {
            DecisionKind.ACCEPT,
            DecisionKind.DECLINE,
            DecisionKind.COMPLETE,
            DecisionKind.START_PROJECT,
        }
        if kind in closing and settled & closing:
            continue
        open_words, submit, icon = verbs[kind]
        initial = {"version": line["item"].version}
        if kind in DEFAULT_DAYS:
            initial["due_date"] = day + DEFAULT_DAYS[kind]
            initial["department_code"] = getattr(line["record"], "department_code", "")
        form = bound if kind is kind_with_form else None
        prefix = kind.value.lower()
        offers.append(
            {
                "kind": kind.value,
                "slug": prefix.replace("_", "-"),
                "words": open_words,
                "submit": submit,
                "icon": icon,
                "is_open": form is not None,
                "is_bare": kind is DecisionKind.COMPLETE,
                "form": form or FORMS[kind](initial=initial, prefix=prefix, owners=owners, departments=known),
            }
        )
    return offers


def _steps(lines: list[dict[str, Any]], place: int) -> list[dict[str, Any] | None]:
    """The steps to show: all of a short agenda; of a long one the ends and those around the place, `None` for a gap."""
    if len(lines) <= MOST_STEPS:
        return list(lines)
    near = range(place - STEPS_AROUND, place + STEPS_AROUND + 1)
    steps: list[dict[str, Any] | None] = []
    for line in lines:
        if line["place"] in {1, len(lines)} or line["place"] in near:
            steps.append(line)
        elif steps[-1] is not None:
            steps.append(None)
    return steps


def _projector(request, slug, meeting, *, place=None, kind=None, form=None, topic=None, note="", status=200):
    """The open meeting at one step."""
    day = today(request)
    lines = [item_line(slug, view) for view in agenda_of(meeting, request.actor)]
    people = attendance_lines(request, meeting)
    has_ticks = any(person["is_present"] is not None for person in people)
    if place is None:
        place = _place(request.GET.get("item"), lines, has_ticks)
    line = lines[place - 1] if place else None
    url = meeting_url(slug, meeting)
    may_decide = request.actor.may("teams.decide")
    known = departments()
    context = {
        "meeting": meeting,
        "steps": _steps(lines, place),
        "line": line,
        "place": place,
        "count": len(lines),
        "done": sum(each["is_done"] for each in lines),
        "previous_url": f"{url}?item={place - 1}" if place else "",
        "next_url": f"{url}?item={place + 1}" if place < len(lines) else "",
        "people": people,
        "present": sum(bool(person["is_present"]) for person in people),
        "department": known.get(getattr(line and line["record"], "department_code", "") or "", ""),
        "offers": _decisions(
            line, kind, form, day=day, owners=possible_owners(day) if may_decide else {}, known=known
        )
        if line
        else [],
        "topic_form": topic or forms.TopicForm(),
        "note": note,
        "day": day,
        "may_decide": may_decide,
        "may_manage": request.actor.may("teams.manage"),
        "check_in_qr": "" if place else check_in_qr(request, slug, meeting),
    }
    return render(request, "teams/meeting_open.html", context, status=status)


def _detail(request, slug, meeting, *, topic=None, note="", status=200):
    """A meeting that is not going on: planned, held, called off or withdrawn."""
    context = {
        "meeting": meeting,
        "state": (STATUS_KINDS[meeting.status], STATUS_LABELS[meeting.status]),
        "lines": [item_line(slug, view) for view in agenda_of(meeting, request.actor)],
        "people": attendance_lines(request, meeting) if meeting.status == Status.HELD else [],
        "story": story(meeting),
        "topic_form": topic or forms.TopicForm(),
        "note": note,
        "is_today": meeting.meeting_date == today(request),
        "may_decide": request.actor.may("teams.decide"),
        "may_manage": request.actor.may("teams.manage"),
    }
    context["present"] = sum(bool(person["is_present"]) for person in context["people"])
    context["left"] = [line for line in context["lines"] if not line["is_done"]]
    context |= by_reach(context["lines"])
    if meeting.status == Status.HELD and context["may_manage"]:
        context["wall"] = lines_for_board(meeting)
        context["cautions"] = caution_words("\n".join(context["wall"].lines))
    return render(request, "teams/meeting_detail.html", context, status=status)


def show(request, slug, meeting, **kwargs):
    """The page of a meeting as it stands."""
    if meeting.status == Status.OPEN:
        return _projector(request, slug, meeting, **kwargs)
    kwargs.pop("place", None)
    return _detail(request, slug, meeting, **kwargs)


def stale_note(meeting: Meeting) -> str:
    """Who changed the meeting last, in words."""
    return _("%(name)s changed this meeting since you opened it. Here it is as it is now.") % {
        "name": changed_by(meeting) or _("Somebody")
    }


@page("teams.view")
def meeting(request, slug, team, number):
    """A meeting: the projector while it goes on, its record otherwise."""
    return show(request, slug, load_meeting(team, number))


def version_of(request) -> int | None:
    """The version a form without other fields saw."""
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


@page("teams.manage")
@require_POST
def meeting_open(request, slug, team, number):
    """Begin a planned meeting."""
    found = load_meeting(team, number)
    try:
        open_meeting(
            actor=request.actor,
            meeting_id=found.pk,
            day=today(request),
            at=timezone.now(),
            version=version_of(request),
        )
    except (MoveNotAllowed, StaleEdit):
        found = load_meeting(team, number)
        return show(request, slug, found, note=stale_note(found), status=409)
    return see_other("teams:meeting", slug=slug, team=team, number=number)


def _ids(request, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 19]


@page("teams.decide")
@require_POST
def meeting_attendance(request, slug, team, number):
    """Tick who is there."""
    found = load_meeting(team, number)
    try:
        check_in(
            actor=request.actor,
            meeting_id=found.pk,
            present_ids=_ids(request, "present"),
            shown_ids=_ids(request, "shown") if "list" in request.POST else None,
            at=timezone.now(),
            version=version_of(request),
        )
    except TeamMember.DoesNotExist:  # another factory's person, or nobody
        raise Http404 from None
    except NotAMember as problem:
        note = _("Not in the team on this day: %(codes)s. Tick again from the list below.") % {
            "codes": names_of(request.actor, problem.codes)
        }
        return show(request, slug, load_meeting(team, number), place=0, note=note, status=422)
    except DayMissing:
        note = _("This meeting has no day yet. Choose one first.")
        return show(request, slug, load_meeting(team, number), place=0, note=note, status=422)
    except (MoveNotAllowed, StaleEdit):
        found = load_meeting(team, number)
        return show(request, slug, found, place=0, note=stale_note(found), status=409)
    response = redirect(meeting_url(slug, found, 1))
    response.status_code = 303
    return response


@page("teams.decide")
@require_POST
def meeting_topic(request, slug, team, number):
    """Put a topic on the agenda."""
    found = load_meeting(team, number)
    form = forms.TopicForm(request.POST)
    if not form.is_valid():
        return show(request, slug, found, topic=form, status=422)
    try:
        item = add_topic(
            actor=request.actor,
            meeting_id=found.pk,
            title=form.cleaned_data["title"],
            at=timezone.now(),
        )
    except MoveNotAllowed:
        return show(request, slug, load_meeting(team, number), note=stale_note(found), status=409)
    response = redirect(meeting_url(slug, found, _place_of(found, item.pk)))
    response.status_code = 303
    return response


def _place_of(meeting: Meeting, item_id: int) -> int:
    """The place of an item on the agenda, counted from 1; 404 when it is not on it."""
    ids = list(
        AgendaItem.objects.filter(meeting=meeting).order_by("position", "id").values_list("id", flat=True)
    )
    if item_id not in ids:
        raise Http404
    return ids.index(item_id) + 1


def _decide(kind: DecisionKind, values: dict[str, Any], shared: dict[str, Any], day) -> None:
    """Call the one service of a decision."""
    services: dict[DecisionKind, Callable[..., Any]] = {
        DecisionKind.START_PROJECT: decide_project,
        DecisionKind.ADD_ACTION: decide_action,
        DecisionKind.ACCEPT: decide_accept,
        DecisionKind.DECLINE: decide_decline,
        DecisionKind.COMPLETE: decide_complete,
        DecisionKind.NOTE: decide_note,
    }
    if kind is not DecisionKind.NOTE:
        values = {**values, "day": day}
    services[kind](**values, **shared)


@page("teams.decide")
@require_POST
def item_decide(request, slug, team, number, item_id, kind):
    """Decide on an item."""
    found = load_meeting(team, number)
    place = _place_of(found, item_id)
    chosen = next((each for each in DecisionKind if each.value.lower().replace("_", "-") == kind), None)
    if chosen is None:
        raise Http404
    day = today(request)
    form = FORMS[chosen](
        request.POST,
        prefix=chosen.value.lower(),
        owners=possible_owners(day),
        departments=departments(),
    )
    if not form.is_valid():
        return show(request, slug, found, place=place, **_kept(found, chosen, form), status=422)
    shared = {"actor": request.actor, "item_id": item_id, "at": timezone.now()}
    try:
        _decide(chosen, form.cleaned_data, shared, day)
    except (Refused, WordsMissing):
        form.add_error(
            None, _("This cannot stand as it is. Look at the name, the day and the idea behind it.")
        )
        return show(request, slug, found, place=place, **_kept(found, chosen, form), status=422)
    except MoveNotAllowed:
        found = load_meeting(team, number)
        return show(request, slug, found, place=place, note=stale_note(found), status=409)
    except (StaleEdit, RecordMoveNotAllowed):
        note = _("Somebody decided on this item since you opened it. Here it is as it is now.")
        return show(request, slug, load_meeting(team, number), place=place, note=note, status=409)
    messages.success(request, _("It is written down."))
    response = redirect(meeting_url(slug, found, place))
    response.status_code = 303
    return response


def _kept(meeting: Meeting, kind: DecisionKind, form) -> dict[str, Any]:
    """The form that came back, for the page that can show it."""
    return {"kind": kind, "form": form} if meeting.status == Status.OPEN else {"note": stale_note(meeting)}


@page("teams.decide")
@require_POST
def item_done(request, slug, team, number, item_id):
    """The team is done with an item, or takes it up again."""
    found = load_meeting(team, number)
    place = _place_of(found, item_id)
    is_done = request.POST.get("done") == "1"
    try:
        set_item_done(
            actor=request.actor,
            item_id=item_id,
            is_done=is_done,
            at=timezone.now(),
            version=version_of(request),
        )
    except (MoveNotAllowed, StaleEdit):
        found = load_meeting(team, number)
        return show(request, slug, found, place=place, note=stale_note(found), status=409)
    response = redirect(meeting_url(slug, found, place + 1 if is_done else place))
    response.status_code = 303
    return response


@page("teams.decide")
@require_POST
def item_move(request, slug, team, number, item_id):
    """Put an item earlier or later."""
    found = load_meeting(team, number)
    _place_of(found, item_id)
    try:
        move_item(
            actor=request.actor,
            item_id=item_id,
            is_up=request.POST.get("way") == "up",
            at=timezone.now(),
        )
    except MoveNotAllowed:
        return show(request, slug, load_meeting(team, number), note=stale_note(found), status=409)
    response = redirect(meeting_url(slug, found, _place_of(found, item_id)))
    response.status_code = 303
    return response
