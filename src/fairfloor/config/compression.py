"""Worker pages travel compressed: on a weak line each kilobyte is a fifth of a second."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from fairfloor.core.ui.worker import is_shared, share


class WorkerCompressionMiddleware(GZipMiddleware):
    """Compresses pages under ``/w/`` only.

    Staff pages hold a form key beside words of others, and compression would let a listener guess it by length.
    Worker pages hold no session and no key.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is a page; photos and sound are small already."""
        if is_shared(request) and request.path.startswith("/w/"):
            # On a shared tablet no page is kept, so that none can be called back.
            response["Cache-Control"] = "no-store"
            # In use it stays shared; switching that off is a POST.
            if request.method == "GET":
                share(request, response)
        is_page = isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
            "text/html"
        )
        return (
            super().process_response(request, response)
            if is_page and request.path.startswith("/w/")
            else response
        )
