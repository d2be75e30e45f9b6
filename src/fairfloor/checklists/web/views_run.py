"""Walking a round: the page a phone keeps, and what it sends when there is network."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairfloor.checklists.labels import KIND_LABELS, VALUE_LABELS, area_names, in_words, why_not
from fairfloor.checklists.models import RoundPhoto, WalkRound
from fairfloor.checklists.services.rounds import (
    AnotherRound,
    Answer,
    RoundRefused,
    keep_photo,
    record_round,
)
from fairfloor.checklists.web.pages import checklist_or_404, sections_of
from fairfloor.checklists.workflow import Kind, values_for
from fairfloor.content import Checklist
from fairfloor.core.access import page
from fairfloor.core.files import FileRefused, discard_photo, kept_only_with, store_photo
from fairfloor.core.ui.records import see_other
from fairfloor.core.ui.worker import wants_json
from fairfloor.organisations.public import local_day

CLIENT_ID = re.compile(r"[0-9A-Za-z-]{16,64}")
ITEM = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def _text(value: Any) -> str:
    # JSON can spell half a character, which no database keeps.
    return (
        value.encode(errors="replace").decode().replace("\r\n", "\n").replace("\0", "")
        if isinstance(value, str)
        else ""
    )


def _posted(request, checklist: Checklist) -> dict[str, Any]:
    """What was sent: a form, or JSON from a phone."""
    if request.content_type == "application/json":
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            body = {}
        body = body if isinstance(body, dict) else {}
        said = body.get("answers")
        answers = {
            _text(code): Answer(_text(each.get("value")), _text(each.get("words")).strip())
            for code, each in (said.items() if isinstance(said, dict) else ())
            if isinstance(each, dict)
        }
        return {**{key: _text(value) for key, value in body.items()}, "answers": answers}
    answers = {}
    for key, value in request.POST.items():
        if key.startswith("value-"):
            code = key.removeprefix("value-")
            answers[code] = Answer(value, _text(request.POST.get(f"words-{code}", "")).strip())
    return {**request.POST.dict(), "answers": answers}


def _day(value: str, fallback: date) -> date:
    try:
        return parse_date(value) or fallback
    except ValueError:
        return fallback


def _page(
    request, slug: str, checklist: Checklist, sent: dict[str, Any], status: int = 200, notice: str = ""
):
    """The list to walk with; what was answered stays in it."""
    day = local_day(request.enterprise, timezone.now())
    answers = sent.get("answers", {})
    sections = sections_of(checklist)
    labels = [(value, VALUE_LABELS[value]) for value in values_for(checklist.kind)]
    for section in sections:
        for item in section["items"]:
            said = answers.get(item["code"], Answer(""))
            item["value"], item["words"] = said.value, said.words
    context = {
        "checklist": checklist,
        "name": in_words(checklist.name),
        "introduction": in_words(checklist.introduction) if checklist.introduction else "",
        "kind_label": KIND_LABELS[Kind(checklist.kind)],
        "is_scored": checklist.kind == Kind.FIVE_S,
        "sections": sections,
        "labels": labels,
        "total": len(checklist.items),
        "areas": list(area_names().items()),
        "area": sent.get("area_code", ""),
        "day": day,
        "started": sent.get("started_date") or day.isoformat(),
        "client_id": sent.get("client_id") or uuid4(),
        "notice": notice,
        "user_key": request.user.pk,
        "back_url": reverse("checklists:hub", kwargs={"slug": slug}),
        "areas_url": reverse("checklists:areas", kwargs={"slug": slug}),
        "keeper_url": reverse("checklists:keeper", kwargs={"slug": slug}),
        "signed_in_url": reverse("checklists:signed_in", kwargs={"slug": slug}),
        "photo_url": reverse("checklists:photo", kwargs={"slug": slug}),
        "icons_url": static("core/icons.svg"),
    }
    response = render(request, "checklists/run.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _refused(request, slug: str, checklist: Checklist, sent: dict[str, Any], status: int, notice: str):
    if wants_json(request):
        return JsonResponse({"message": notice}, status=status)
    return _page(request, slug, checklist, sent, status, notice)


def _photos_of_form(request, client_id: str, checklist: Checklist) -> None:
    """Keep the photos of a form sent without a script under the round's id, as a phone's are kept."""
    codes = {item.code for item in checklist.items}
    for name, upload in request.FILES.items():
        item = name.removeprefix("photo-")
        if item in codes and upload.size:
            _keep(request, client_id, item, upload)


def _keep(request, client_id: str, item: str, upload) -> bool:
    """Store one photo; whether it is new."""
    earlier = RoundPhoto.objects.filter(client_id=client_id, item=item).first()
    if earlier is not None:
        return False
    stored = store_photo(upload, permission="checklists.view")
    with kept_only_with(stored):
        kept, is_new = keep_photo(actor=request.actor, client_id=client_id, item=item, photo_id=stored.pk)
    if kept.photo_id != stored.pk:
        discard_photo(stored)
    return is_new


@page("checklists.run")
def run(request, slug, code):
    """Walk with a list. Answers 303 to the result, or 201, 200, 409 and 422 to a phone."""
    checklist = checklist_or_404(code)
    if request.method != "POST":
        return _page(request, slug, checklist, {"area_code": request.GET.get("area", "")})
    at = timezone.now()
    day = local_day(request.enterprise, at)
    sent = _posted(request, checklist)
    client_id = sent.get("client_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        client_id = sent["client_id"] = str(uuid4())
    try:
        if WalkRound.objects.filter(client_id=client_id).count() == 0:
            _photos_of_form(request, client_id, checklist)
        walked, is_new = record_round(
            actor=request.actor,
            client_id=client_id,
            checklist_code=code,
            version=sent.get("version", ""),
            area_code=sent.get("area_code", ""),
            started_date=_day(sent.get("started_date", ""), day),
            finished_date=_day(sent.get("finished_date", ""), day),
            answers=sent["answers"],
            day=day,
            at=at,
        )
    except RoundRefused as refused:
        status = 409 if refused.code == "STALE_CHECKLIST" else 422
        return _refused(
            request,
            slug,
            checklist,
            sent,
            status,
            why_not(refused.code, _numbered(checklist, refused.values)),
        )
    except AnotherRound:
        words = _("This round was finished before with other answers. The first ones stay as they are.")
        return _refused(request, slug, checklist, sent, 409, words)
    except FileRefused as refused:
        return _refused(request, slug, checklist, sent, refused.status, refused.message())
    if wants_json(request):
        url = reverse("checklists:round", kwargs={"slug": slug, "code": walked.code})
        return JsonResponse({"code": walked.code, "url": url}, status=201 if is_new else 200)
    return see_other("checklists:round", slug=slug, code=walked.code)


def _numbered(checklist: Checklist, values: dict[str, Any]) -> dict[str, Any]:
    """People count questions; they do not read codes."""
    numbers = {item.code: number for number, item in enumerate(checklist.items, 1)}
    item = values.get("item")
    return {**values, "item": numbers.get(item, item)} if item else values


@require_POST
@page("checklists.run")
def photo(request, slug):
    """One photo of a round on its way; sent twice it is kept once."""
    client_id, item = request.POST.get("client_id", ""), request.POST.get("item", "")
    upload = request.FILES.get("photo")
    if not CLIENT_ID.fullmatch(client_id) or not ITEM.fullmatch(item) or len(item) > 40 or upload is None:
        return JsonResponse({"message": _("The photo did not arrive whole. It is sent again.")}, status=422)
    try:
        is_new = _keep(request, client_id, item, upload)
    except FileRefused as refused:
        return JsonResponse({"message": refused.message()}, status=refused.status)
    return JsonResponse({"kept": True}, status=201 if is_new else 200)


@require_safe
@page("checklists.run")
def signed_in(request, slug):
    """Tells a phone that it may send, and the token its forms carry now."""
    response = JsonResponse({"token": get_token(request), "user": request.user.pk})
    response["Cache-Control"] = "no-store"
    return response


KEEPER = Path(__file__).parents[1] / "static" / "checklists" / "keeper.js"


@require_safe
@page("checklists.run")
def keeper(request, slug):
    """The service worker of these pages. Its scope is this folder."""
    response = HttpResponse(KEEPER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
