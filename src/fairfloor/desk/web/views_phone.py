"""What makes a worker's phone work without a network: the service worker."""

from __future__ import annotations

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from fairfloor import __version__
from fairfloor.core.access import public_page

PARTS = ("core/offline/store.js", "core/offline/outbox.js", "worker/service_worker.js")


@public_page("a program for the browser that knows nothing of any factory")
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of all worker pages, another one after each change of the program's files.

    Its address is above theirs, so that it may serve them; the scripts it loads have names that change with their
    content, so a browser that asks for it sees at once whether there is a new version.
    """
    files = getattr(staticfiles_storage, "manifest_hash", "")
    program = hashlib.sha256(f"{__version__} {files}".encode()).hexdigest()[:12]
    scripts = ", ".join(json.dumps(static(part)) for part in PARTS)
    response = HttpResponse(
        f"self.PROGRAM = {json.dumps(program)};\nimportScripts({scripts});\n", content_type="text/javascript"
    )
    response["Cache-Control"] = "no-cache"
    return response
