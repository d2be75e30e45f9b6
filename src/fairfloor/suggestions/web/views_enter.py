"""Entering ideas on a worker's behalf, from paper or as they were spoken, and printing their receipts."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.conversations.public import PICTURE_LABELS, ContentDiffers, conversation_of, parse_receipt
from fairfloor.core.access import page
from fairfloor.organisations.public import active_worker_link, local_day
from fairfloor.suggestions.services import submit_suggestion
from fairfloor.suggestions.web.views_keep import RegisterForm
from fairfloor.suggestions.workflow import Channel, acknowledge_due, decision_due

CLIENT_ID = re.compile(r"[0-9a-f-]{36}")


@page("suggestions.enter")
def suggestion_enter(request: HttpRequest, slug: str) -> HttpResponse:
    """One idea after the other: what they have in common stays filled in."""
    now = timezone.now()
    day, language = local_day(request.enterprise, now), get_language() or "en"
    problem, status = "", 200
    if request.method == "POST":
        form = RegisterForm(request.POST, day=day, language=language)
        client_id = request.POST.get("client_id", "")
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            given_on = values.pop("submitted_date")
            try:
                sent = submit_suggestion(
                    actor=request.actor,
                    client_id=client_id if CLIENT_ID.fullmatch(client_id) else str(uuid4()),
                    language=language,
                    day=given_on,
                    at=now,
                    **values,
                )
            except ContentDiffers:
                problem = _("The idea before this one is saved. Press Save again to save this one beside it.")
                status = 409
            else:
                if "another" in request.POST:
                    common = {
                        "channel": values["channel"],
                        "department_code": values["department_code"],
                        "submitted_date": given_on,
                        "receipt": sent.receipt.code,
                    }
                    messages.success(request, _("%(code)s is saved.") % {"code": sent.suggestion.code})
                    url = f"{request.path}?{urlencode(common)}"
                else:
                    url = reverse("suggestions:receipt", kwargs={"slug": slug, "receipt": sent.receipt.code})
                return HttpResponseRedirect(url, status=303)
    else:
        names = ("channel", "department_code", "submitted_date")
        initial = {"submitted_date": day, "channel": Channel.BOX}
        initial |= {name: request.GET[name] for name in names if name in request.GET}
        form = RegisterForm(initial=initial, day=day, language=language)
    last = parse_receipt(request.GET.get("receipt", ""))
    context = {
        "form": form,
        "client_id": uuid4(),
        "problem": problem,
        "last_receipt": last.code if last else "",
    }
    return render(request, "suggestions/suggestion_enter.html", context, status=status)


@page("suggestions.enter")
def suggestion_receipt(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """The receipt of an idea entered for a worker, to print and hand over. It is not kept; this address holds it."""
    found = parse_receipt(receipt)
    conversation = conversation_of(found) if found else None
    if found is None or conversation is None:
        raise Http404
    link = active_worker_link()
    path = reverse("worker:receipt", kwargs={"token": link.token, "receipt": found.code}) if link else ""
    context = {
        "receipt": found,
        "pictures": [(f"{n:02d}", PICTURE_LABELS[n]) for n in found.pictures],
        "link": request.build_absolute_uri(path) if path else "",
        "acknowledge_due": acknowledge_due(conversation.opened_date),
        "decision_due": decision_due(conversation.opened_date),
    }
    return render(request, "suggestions/suggestion_receipt.html", context)
