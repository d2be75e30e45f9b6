"""What a worker sees first: three huge choices, the languages, and what came of the ideas."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fairfloor.core.access import worker_page
from fairfloor.core.ui.worker import link_renewed
from fairfloor.indicators.public import figures
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import local_day, worker_link
from fairfloor.surveys.public import open_round_for_workers

CHANGES = ("suggestions.received", "suggestions.decided_in_14_days", "suggestions.implemented")


@worker_page
def home(request: HttpRequest, token: str) -> HttpResponse:
    """Idea, survey when one is open, messages, what has changed."""
    if not worker_link(token).is_active:
        return link_renewed(request)
    is_asked = open_round_for_workers(local_day(request.enterprise, timezone.now())) is not None
    return render(request, "worker/home.html", {"token": token, "is_asked": is_asked})


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_POST
@worker_page
def choose_language(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the language in a cookie, the only one these pages set, and go back."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("worker:home", kwargs={"token": token})
    response = HttpResponseRedirect(target, status=303)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=60 * 60 * 24 * 365,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@worker_page
def changes(request: HttpRequest, token: str) -> HttpResponse:
    """How many ideas came, were answered in time and were carried out in the last twelve months."""
    if not worker_link(token).is_active:
        return link_renewed(request)
    day = local_day(request.enterprise, timezone.now())
    start = day.replace(year=day.year - 1, day=1)
    received, in_time, done = (figures(CHANGES, Period(start, day))[code] for code in CHANGES)
    context = {"token": token, "received": received, "in_time": in_time, "done": done, "start": start}
    return render(request, "worker/changes.html", context)
