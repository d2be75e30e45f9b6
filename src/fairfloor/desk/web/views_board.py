"""The board for staff: what it shows, what goes on it, its address and its printed sheet."""

from __future__ import annotations

from hashlib import sha256

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.documents import download
from fairfloor.desk.board import board, board_link, live_items, minutes_shown, still_true
from fairfloor.desk.board_paper import board_pdf
from fairfloor.desk.board_services import (
    LONGEST,
    Kind,
    NothingToRelease,
    WordsMissing,
    put_back_item,
    release_item,
    renew_board_link,
    withdraw_item,
)
from fairfloor.desk.board_slides import LANGUAGES, languages_of, slides
from fairfloor.desk.models import BoardItem
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import enterprise_name, local_day
from fairfloor.projects.public import COMPLETED, ImprovementProject
from fairfloor.suggestions.public import IMPLEMENTED, Suggestion, caution_words
from fairfloor.teams.public import Meeting
from fairfloor.teams.public import Status as MeetingStatus

KIND_LABELS = {
    Kind.SUGGESTION: gettext_lazy("Suggestion"),
    Kind.PROJECT: gettext_lazy("Project"),
    Kind.PHOTO: gettext_lazy("Photos before and after"),
    Kind.NOTE: gettext_lazy("Notice"),
    Kind.MINUTES: gettext_lazy("Minutes"),
}
SHOWN = 100


class ReleaseForm(forms.Form):
    """The words as everybody will read them."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind], widget=forms.HiddenInput)
    code = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    # What was pointed out and read: the second press lets it go up.
    seen = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Words in English"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two short sentences, readable from three metres. No names."),
    )
    words_zh = forms.CharField(
        label=gettext_lazy("Words in Chinese"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _mark(text: str) -> str:
    """Says which words were pointed out, so that other words are looked at again."""
    return sha256(text.replace("\r", "").encode()).hexdigest()


def _see_other(name: str, slug: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse(name, kwargs={"slug": slug}))
    response.status_code = 303
    return response


@page("board.view")
def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The board as it hangs now, all parts below each other."""
    told = slides(board(local_day(request.enterprise, timezone.now())), languages_of(request.enterprise))
    link = board_link()
    context = {
        "slides": told,
        "may_release": request.actor.may("board.release"),
        "address": _address(request, link.token) if link else "",
        "prints": LANGUAGES,
    }
    return render(request, "desk/board.html", context)


def _address(request: HttpRequest, token: str) -> str:
    path = reverse("desk:board_public", kwargs={"token": token})
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


@page("board.view")
def board_print(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The board as one A3 sheet in one language."""
    if language not in LANGUAGES:
        raise Http404
    now = timezone.now()
    found = board(local_day(request.enterprise, now))
    name = enterprise_name(request.enterprise, language)
    content = board_pdf(found, name, language, now)
    return download(content, f"board-{language}.pdf", to_look=True)


def _draft(kind: str, code: str) -> dict[str, str]:
    """What the form starts with: the title the team gave, never the writer's own words."""
    initial = {"kind": kind, "code": code}
    if kind == Kind.SUGGESTION:
        found = Suggestion.objects.filter(code=code).first()
        initial["words"] = found.title if found else ""
    elif kind in {Kind.PROJECT, Kind.PHOTO}:
        project = ImprovementProject.objects.filter(code=code).first()
        initial["words"] = project.title if project else ""
    text = initial.get("words", "")
    if any("\u4e00" <= character <= "\u9fff" for character in text):
        initial["words"], initial["words_zh"] = "", text
    return initial


@page("board.release")
def board_release(request: HttpRequest, slug: str) -> HttpResponse:
    """What goes on the board: write the words, let them go up; take down and put back."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    cautions: list[str] = []
    problem, status = "", 200
    if request.method == "POST":
        form = ReleaseForm(request.POST)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            text = f"{given['words']}\n{given['words_zh']}"
            cautions = caution_words(text)
            if not cautions or given["seen"] == _mark(text):
                try:
                    release_item(
                        actor=request.actor,
                        kind=given["kind"],
                        code=given["code"],
                        words=given["words"],
                        words_zh=given["words_zh"],
                        day=day,
                        at=now,
                    )
                except WordsMissing:
                    problem = _("Write what the board shall say, in one language at least.")
                except NothingToRelease:
                    problem = _(
                        "This cannot go up: it is not decided, not finished, or was changed meanwhile."
                    )
                else:
                    messages.success(request, _("It hangs on the board now."))
                    return _see_other("desk:board_release", slug)
            else:
                data = form.data.copy()
                data["seen"] = _mark(text)
                form = ReleaseForm(data)
    else:
        kind = request.GET.get("kind", Kind.NOTE)
        kind = kind if kind in set(Kind) else Kind.NOTE
        form = ReleaseForm(initial=_draft(kind, request.GET.get("code", "")[:20]))
    kind = Kind(form["kind"].value()) if form["kind"].value() in set(Kind) else Kind.NOTE
    context = {
        "form": form,
        "problem": problem,
        "cautions": cautions,
        "kind_label": KIND_LABELS[kind],
        "code": form["code"].value() or "",
        "ready": _ready(slug),
        "minutes": minutes_shown(live_items()),
        **_rows(),
    }
    return render(request, "desk/board_release.html", context, status=status)


def _rows() -> dict[str, list[dict[str, object]]]:
    rows = list(BoardItem.objects.order_by("-released_date", "id")[:SHOWN])
    up = {row.pk for row in still_true(rows) if row.withdrawn_date is None}
    told = [{"item": row, "kind": KIND_LABELS[Kind(row.kind)], "is_up": row.pk in up} for row in rows]
    return {
        "up": [row for row in told if row["is_up"]],
        "down": [row for row in told if not row["is_up"]],
    }


def _ready(slug: str) -> list[tuple[str, str, str]]:
    """What could go up and does not hang yet: (kind, title, address of the form), a few of each."""
    hanging = set(BoardItem.objects.filter(withdrawn_date__isnull=True).values_list("kind", "code"))
    url = reverse("desk:board_release", kwargs={"slug": slug})
    found: list[tuple[Kind, str, str]] = []
    for project in ImprovementProject.objects.filter(status__in=COMPLETED).order_by("-finish_date", "id")[
        :12
    ]:
        has_photos = project.photo_before_id and project.photo_after_id
        found.append((Kind.PHOTO if has_photos else Kind.PROJECT, project.code, project.title))
    for idea in Suggestion.objects.filter(status__in=IMPLEMENTED).order_by("-decided_date", "id")[:12]:
        found.append((Kind.SUGGESTION, idea.code, idea.title or idea.code))
    for meeting in Meeting.objects.filter(status=MeetingStatus.HELD, released_date__isnull=False).order_by(
        "-meeting_date", "id"
    )[:3]:
        found.append((Kind.MINUTES, str(meeting.pk), _("Meeting %(number)s") % {"number": meeting.number}))
    return [
        (str(KIND_LABELS[kind]), title, f"{url}?kind={kind}&code={code}#release")
        for kind, code, title in found
        if (kind, code) not in hanging
    ][:16]


@page("board.release")
@require_POST
def board_withdraw(request: HttpRequest, slug: str, item_id: int) -> HttpResponse:
    """Take an item off the board."""
    now = timezone.now()
    try:
        withdraw_item(actor=request.actor, item_id=item_id, day=local_day(request.enterprise, now), at=now)
    except BoardItem.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is off the board. You can put it back below."))
    return _see_other("desk:board_release", slug)


@page("board.release")
@require_POST
def board_put_back(request: HttpRequest, slug: str, item_id: int) -> HttpResponse:
    """Put an item back that was taken off."""
    now = timezone.now()
    try:
        put_back_item(actor=request.actor, item_id=item_id, day=local_day(request.enterprise, now), at=now)
    except BoardItem.DoesNotExist:
        raise Http404 from None
    except NothingToRelease:
        messages.warning(request, _("What it tells does not hold any more. Write it anew."))
    else:
        messages.success(request, _("It hangs on the board again."))
    return _see_other("desk:board_release", slug)


@page("enterprise.manage")
def board_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """The address for the screen, and a way to renew it."""
    if request.method == "POST":
        renew_board_link(actor=request.actor, at=timezone.now())
        messages.success(request, _("The new address is in force. Open it on the screen."))
        return _see_other("desk:board_settings", slug)
    link = board_link()
    context = {
        "address": _address(request, link.token) if link else "",
        "tabs": settings_tabs(request, "board_settings"),
    }
    return render(request, "desk/settings_board.html", context)
