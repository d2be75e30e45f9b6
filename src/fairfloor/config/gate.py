"""What no page should ever have to deal with is turned away before anything reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fairfloor.config.errors import answer


class GateMiddleware:
    """Refuses requests that are larger than any page takes (413) or in letters no database keeps (400, 404).

    Stands before the check of forms, which reads the whole body: by then a large file lies on the disk already,
    sent by anybody. A request that does not say how long it is has no body here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > settings.MAX_REQUEST_BYTES:
            return answer(request, 413)
        if "\x00" in request.path_info:
            return answer(request, 404)
        # Other encodings can smuggle in half characters and end in a broken page instead of a refused form.
        if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            return answer(request, 400)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
