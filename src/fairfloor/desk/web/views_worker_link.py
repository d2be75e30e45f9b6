"""The links behind the posters' QR codes: one for the factory, others for departments, lines and machines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.documents import download, qr_svg
from fairfloor.desk.posters import FORMS, poster_pdf
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import (
    WorkerLink,
    active_worker_link,
    active_worker_links,
    department_names,
    make_worker_link,
    renew_worker_link,
    retire_worker_link,
)

FORM_LABELS = {
    "a4": gettext_lazy("Poster, A4"),
    "a3": gettext_lazy("Poster, A3"),
    "sticker": gettext_lazy("Stickers for machines, 24 on A4"),
}


def _address(request: HttpRequest, link: WorkerLink) -> str:
    """The address behind the QR code, on the public address of the installation where it has one."""
    path = f"/w/{link.token}/"
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _general(request: HttpRequest) -> WorkerLink:
    link = active_worker_link()
    if link is None:
        raise Http404
    return link


class PlaceForm(forms.Form):
    """A link for a place."""

    department_code = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    label = forms.CharField(
        label=gettext_lazy("Line or machine"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("As people call it, for example: Line 3."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department_code"].choices = [
            ("", "–"),
            *department_names(get_language() or "en").items(),
        ]

    def clean(self) -> dict[str, Any]:
        """One of the two says which place it is."""
        cleaned = super().clean()
        if not cleaned.get("department_code") and not (cleaned.get("label") or "").strip():
            raise forms.ValidationError(_("Choose a department, or write the name of the place."))
        return cleaned


class PosterForm(forms.Form):
    """Which posters to print."""

    form = forms.ChoiceField(label=gettext_lazy("Paper size"), choices=list(FORM_LABELS.items()))
    first = forms.ChoiceField(label=gettext_lazy("First language"), choices=lambda: settings.LANGUAGES)
    second = forms.ChoiceField(label=gettext_lazy("Second language"), choices=lambda: settings.LANGUAGES)
    link = forms.MultipleChoiceField(required=False)


def _languages(request: HttpRequest) -> list[str]:
    known = dict(settings.LANGUAGES)
    own = [code for code in request.enterprise.languages.split(";") if code in known]
    own = own or ["en"]
    return (own + [code for code in ("en", "zh-hans") if code not in own])[:2]


def _show(request: HttpRequest, form: PlaceForm, status: int = 200) -> HttpResponse:
    general = _general(request)
    address = _address(request, general)
    names = department_names(get_language() or "en")
    first, second = _languages(request)
    context = {
        "address": address,
        "is_local": any(name in address for name in ("//127.0.0.1", "//localhost", "//[::1]")),
        "is_https": address.startswith("https:"),
        "general": general,
        "links": [
            {
                "link": link,
                "address": _address(request, link),
                "place": " · ".join(
                    part
                    for part in (names.get(link.department_code, link.department_code), link.label)
                    if part
                ),
            }
            for link in active_worker_links()
        ],
        "form": form,
        "forms": FORM_LABELS,
        "languages": settings.LANGUAGES,
        "first": first,
        "second": second,
        "kiosk_address": _address(request, general) + "kiosk/",
        "tabs": settings_tabs(request, "worker_link"),
    }
    return render(request, "desk/settings_worker_link.html", context, status=status)


@page("enterprise.manage")
def worker_link(request, slug):
    """The links in force, their posters, and a new one for a place."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            return _show(request, form, 422)
        make_worker_link(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The place has a link. Print its poster and hang it there."))
        return _back(slug)
    return _show(request, form)


def _back(slug: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse("desk:worker_link", kwargs={"slug": slug}))
    response.status_code = 303
    return response


@page("enterprise.manage")
def qr_code(request, slug):
    """The QR code of the factory's own link as a picture."""
    response = HttpResponse(qr_svg(_address(request, _general(request))), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


@page("enterprise.manage")
def poster(request, slug):
    """Posters or stickers as PDF, for the links chosen or the factory's own."""
    first, second = _languages(request)
    asked = request.GET.copy()
    for name, value in (("form", "a4"), ("first", first), ("second", second)):
        asked.setdefault(name, value)
    form = PosterForm(asked)
    links = active_worker_links()
    form.fields["link"].choices = [(link.token, link.token) for link in links]
    if not form.is_valid() or form.cleaned_data["form"] not in FORMS:
        raise Http404
    chosen = [link for link in links if link.token in form.cleaned_data["link"]] or [_general(request)]
    content = poster_pdf(
        enterprise=request.enterprise,
        links=[(link, _address(request, link)) for link in chosen],
        languages=(form.cleaned_data["first"], form.cleaned_data["second"]),
        form=form.cleaned_data["form"],
        at=timezone.now(),
    )
    return download(content, f"{slug}-{form.cleaned_data['form']}.pdf", to_look=True)


def _link_id(request: HttpRequest) -> int | None:
    """The link a button names, or None for the factory's own."""
    token = request.POST.get("link", "")
    if not token:
        return None
    for link in active_worker_links():
        if link.token == token:
            return link.pk
    raise Http404


@page("enterprise.manage")
@require_POST
def renew(request, slug):
    """Give a place a new link; posters with the old one no longer take messages."""
    renew_worker_link(actor=request.actor, at=timezone.now(), link_id=_link_id(request))
    messages.success(request, _("The new link is in force. Print the poster again and hang it up."))
    return _back(slug)


@page("enterprise.manage")
@require_POST
def retire(request, slug):
    """Take the link of a place away."""
    try:
        retire_worker_link(actor=request.actor, link_id=_link_id(request), at=timezone.now())
    except WorkerLink.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The link of this place is taken away. Take its posters down."))
    return _back(slug)
