"""A shared tablet: each person finds it as if nobody had used it before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from fairfloor.core.access import worker_page
from fairfloor.core.ui.worker import KIOSK_COOKIE, link_renewed, share
from fairfloor.organisations.public import worker_link


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """Switch the mode on or off for this browser; the cookie says "1" and nothing else."""
    if not worker_link(token).is_active:
        return link_renewed(request)
    if request.method != "POST":
        return render(request, "worker/kiosk.html", {"token": token})
    response = HttpResponseRedirect(reverse("worker:home", kwargs={"token": token}), status=303)
    if request.POST.get("kiosk") == "on":
        share(request, response)
    else:
        response.delete_cookie(KIOSK_COOKIE, path="/w/", samesite="Lax")
    return response
