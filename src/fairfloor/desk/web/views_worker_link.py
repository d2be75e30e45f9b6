"""The poster with the QR code that leads workers to their page."""

from io import BytesIO

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import active_worker_link, enterprise_name, renew_worker_link


def _address(request) -> str:
    """The address behind the QR code, on the public address of the installation where it has one."""
    link = active_worker_link()
    if link is None:
        raise Http404
    path = f"/w/{link.token}/"
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


@page("enterprise.manage")
def worker_link(request, slug):
    """The link, its QR code, the poster and a way to renew it."""
    address = _address(request)
    is_local = any(name in address for name in ("//127.0.0.1", "//localhost", "//[::1]"))
    context = {
        "address": address,
        "is_local": is_local,
        "is_https": address.startswith("https:"),
        "tabs": settings_tabs(request, "worker_link"),
    }
    return render(request, "desk/settings_worker_link.html", context)


@page("enterprise.manage")
def qr_code(request, slug):
    """The QR code as a picture."""
    out = BytesIO()
    segno.make(_address(request), error="q", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


@page("enterprise.manage")
def poster(request, slug):
    """One A4 page in two languages, readable from three metres."""
    languages = [code for code in request.enterprise.languages.split(";") if code in dict(settings.LANGUAGES)]
    languages = (languages or ["en"]) + [code for code in ("en", "zh-hans") if code not in languages]
    first, second = languages[:2]
    context = {
        "address": _address(request),
        "first": first,
        "second": second,
        "first_name": enterprise_name(request.enterprise, first),
        "second_name": enterprise_name(request.enterprise, second),
    }
    return render(request, "desk/poster.html", context)


@page("enterprise.manage")
@require_POST
def renew(request, slug):
    """Give workers a new link; posters with the old one no longer take messages."""
    renew_worker_link(actor=request.actor, at=timezone.now())
    messages.success(request, _("The new link is in force. Print the poster again and hang it up."))
    response = HttpResponseRedirect(reverse("desk:worker_link", kwargs={"slug": slug}))
    response.status_code = 303
    return response
