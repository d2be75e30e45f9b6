"""How much a request may bring along. What is larger is refused before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string


class RequestSizeMiddleware:
    """Answers 413 to a request whose body is larger than ``settings.MAX_REQUEST_BYTES``, in the reader's language.

    Stands before everything that reads the body (CSRF, above all). A request that does not say its length (sent in
    chunks) needs no limit: Django reads nothing of such a body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # as Django takes it
        if length <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        # This comes before the middleware that finds the reader's language.
        with translation.override(translation.get_language_from_request(request)):
            response = import_string(settings.TOO_LARGE_ANSWER)(request)
        # What was not read must not be taken for the next request.
        response["Connection"] = "close"
        return response
