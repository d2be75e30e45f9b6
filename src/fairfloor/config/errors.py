"""What a person sees when a request cannot be answered: why, in their language, and where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.access import public_page
from fairfloor.core.ui import worker

# status: (title, message, hint)
_WORDS = {
    400: (
        gettext_lazy("This could not be understood"),
        gettext_lazy("The browser sent something this page does not know."),
        gettext_lazy("Go back and try again. If it happens twice, start from the start page."),
    ),
    403: (
        gettext_lazy("This is not open to you"),
        gettext_lazy("Your role in this factory does not include this page."),
        gettext_lazy("If you need it for your work, ask the person who looks after the factory's settings."),
    ),
    404: (
        gettext_lazy("There is nothing here"),
        gettext_lazy(
            "The address may have a slip in it, or what was here is gone or was never yours to see."
        ),
        "",
    ),
    409: (
        gettext_lazy("Somebody was quicker"),
        gettext_lazy("This was changed while you had it open, so your change was not kept."),
        gettext_lazy("Open it again, look at what is there now and make your change once more."),
    ),
    413: (
        gettext_lazy("This file is too large"),
        gettext_lazy("Nothing was kept. Send a smaller file."),
        gettext_lazy(
            "Photos straight from a phone are small enough; for a workbook, leave out pictures and old years."
        ),
    ),
    422: (
        gettext_lazy("Something needs correcting"),
        gettext_lazy("What was sent cannot be kept as it is. Nothing was changed."),
        gettext_lazy("Go back, look through what you wrote and send it again."),
    ),
    500: (
        gettext_lazy("This did not work"),
        gettext_lazy("It is our mistake, not yours. What you had saved is still there."),
        gettext_lazy(
            "Try again in a minute. If it happens again, tell your administrator when and on which page."
        ),
    ),
}


def answer(request: HttpRequest, status: int, **words: str) -> HttpResponse:
    """The page for a status of ``_WORDS``; ``words`` may replace title, message, hint or link."""
    if request.path.startswith("/w/"):
        return worker.error_page(request, status)
    title, message, hint = _WORDS[status]
    context = {"title": title, "message": message, "hint": hint, **words}
    # The navigation may ask the database, which may be what failed.
    request.enterprise = None
    return render(request, "core/error.html", context, status=status)


def bad_request(request, exception=None):
    """400; an upload over the limit comes here too and is a 413."""
    from django.core.exceptions import RequestDataTooBig

    return answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def too_large(request):
    """413: more came than one request may bring."""
    return answer(request, 413)


def forbidden(request, exception=None):
    """403."""
    return answer(request, 403)


def not_found(request, exception=None):
    """404, the same for what never was and what belongs to another factory."""
    return answer(request, 404)


@public_page("shown instead of a form that was open too long")
def csrf_failure(request, reason=""):
    """403: the form's key does not fit this browser's."""
    return answer(
        request,
        403,
        title=_("This form was open too long"),
        message=_("For your safety it was not sent. Nothing was changed."),
        hint=_("Go back, load the page anew and send it again. Cookies must be allowed."),
    )
