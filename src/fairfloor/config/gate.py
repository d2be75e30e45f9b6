"""What no page should ever have to deal with is turned away before anything reads it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve

from fairfloor.config.errors import answer


class GateMiddleware:
    """Refuses requests in letters no database keeps (400, 404), before the check of forms reads them.

    An address that only takes forms is opened by hand, by a sign-in or by a change of language after a form was
    refused there; it leads to the page the form stands on instead of to an empty 405.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return answer(request, 404)
        # Other encodings can smuggle in half characters and end in a broken page instead of a refused form.
        if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            return answer(request, 400)
        response = self.get_response(request)
        is_browser = "text/html" in request.headers.get("Accept", "")
        if response.status_code == 405 and request.method == "GET" and is_browser:
            return HttpResponseRedirect(_page_above(request.path_info), status=303)
        return response


def _page_above(path: str) -> str:
    """The nearest address above ``path`` that leads anywhere."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        with suppress(Http404):
            resolve(path)
            break
    return path
