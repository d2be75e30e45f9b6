"""What no page should ever have to deal with is turned away before anything reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fairfloor.config.errors import answer


class GateMiddleware:
    """Refuses requests in letters no database keeps (400, 404), before the check of forms reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return answer(request, 404)
        # Other encodings can smuggle in half characters and end in a broken page instead of a refused form.
        if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            return answer(request, 400)
        return self.get_response(request)
