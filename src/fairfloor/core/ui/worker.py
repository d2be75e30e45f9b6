"""How worker pages answer: a page for people, JSON for a phone that sends from its outbox."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

# Says "1" in a browser that many people share; nothing else is in it.
KIOSK_COOKIE = "fairfloor_kiosk"
# A tablet is shared until somebody ends it, also after a night switched off. Browsers keep no cookie for longer.
KIOSK_SECONDS = 400 * 24 * 60 * 60

# The shape of the id a phone mints when Send is pressed.
CLIENT_ID = re.compile(r"[0-9A-Za-z-]{16,40}")


def is_shared(request: HttpRequest) -> bool:
    """Whether the page is for a tablet that many people share.

    The service worker keeps pages without cookies and says it in a header.
    """
    return request.COOKIES.get(KIOSK_COOKIE) == "1" or request.headers.get("Fairfloor-Kiosk") == "1"


def share(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser that gets this answer be a shared tablet from now on."""
    response.set_cookie(
        KIOSK_COOKIE,
        "1",
        max_age=KIOSK_SECONDS,
        path="/w/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def posted(request: HttpRequest) -> dict[str, str]:
    """The fields of a form, or of a phone's outbox that sends JSON; other kinds of JSON count as nothing sent."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(body, dict):
        return {}
    # JSON can spell half a character, which no database keeps; the words around it stay.
    return {
        key: value.encode(errors="replace").decode() for key, value in body.items() if isinstance(value, str)
    }


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks rather than a person."""
    return request.headers.get("Accept", "").split(",")[0].strip() == "application/json"


def refuse(
    request: HttpRequest, status: int, message: str, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Say kindly why not, as a page or as JSON, with the status that tells it to a machine."""
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    return render(request, template, {"message": message, **(context or {})}, status=status)


def link_renewed(request: HttpRequest) -> HttpResponse:
    """An old poster's link (410)."""
    message = _(
        "This poster is old. The factory has put up a new one: please scan the code on the new poster."
    )
    return refuse(request, 410, message, "worker/link_renewed.html")


def too_many(request: HttpRequest, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """More tries in a minute than people make (429)."""
    message = _(
        "Very many people are writing at this moment. Please wait a minute and try again. Your words stay here."
    )
    response = refuse(request, 429, message, "worker/too_many.html", context)
    response["Retry-After"] = "60"
    return response


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """A worker's page for what cannot be answered: no staff words, no way to the sign-in.

    The way back to the first page is offered only where the link led to a factory.
    """
    if status == 404:
        title = _("This page is not here")
        message = _("Please scan the code on the poster once more, or ask your improvement team.")
    elif status == 413:
        title = _("This is too large to send")
        message = _("Nothing was kept. Please send fewer words or a smaller file.")
    else:
        title = _("This did not arrive")
        message = _("Please go back and send it once more.")
    token = request.path.split("/")[2] if getattr(request, "enterprise", None) else ""
    return refuse(request, status, message, "worker/error.html", {"title": title, "home_token": token})
