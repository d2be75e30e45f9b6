"""How worker pages answer: a page for people, JSON for a phone that sends from its outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


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
