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
