"""Reporting a danger on a phone, without an account: a picture is enough."""

from __future__ import annotations

from functools import cache as once

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.conversations.public import (
    ContentDiffers,
    FirstMessageForm,
    first_message_page,
    receipt_answer,
)
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try
from fairfloor.core.ui.worker import link_renewed, posted, too_many
from fairfloor.organisations.public import WorkerLink, department_names, local_day, worker_link
from fairfloor.safety.labels import CATEGORY_PICTURES, category_choices
from fairfloor.safety.services import report_danger

DANGERS_PER_MINUTE = 120


class DangerForm(FirstMessageForm):
    """A picture of the kind or a few words, the place, and whether it cannot wait."""

    pictures = CATEGORY_PICTURES
    other_picture = "danger"

    # Sent as "yes"; anything else is no.
    urgent = forms.CharField(required=False)

    def categories(self) -> list[tuple[str, str]]:
        """The kinds of danger."""
        return category_choices()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text") and not cleaned.get("category"):
            self.add_error("text", _("Choose a picture or write a few words. Any language is fine."))
        return cleaned


def _form_page(
    request: HttpRequest, link: WorkerLink, form: DangerForm, status: int = 200, notice: str = ""
) -> HttpResponse:
    context = {"token": link.token, "is_urgent": form["urgent"].value() == "yes"}
    return first_message_page(request, form, "safety/worker_danger.html", context, status, notice)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def danger(request: HttpRequest, token: str) -> HttpResponse:
    """Report a danger; answers 303 to the receipt, or 201, 200 and 409 to a phone's outbox."""
    link = worker_link(token)
    if not link.is_active:
        return link_renewed(request)
    departments = once(lambda: department_names(get_language() or "en"))
    if request.method != "POST":
        first = {"department": link.department_code}
        return _form_page(request, link, DangerForm(initial=first, departments=departments))
    form = DangerForm(posted(request), departments=departments)
    if count_try("danger", token) > DANGERS_PER_MINUTE:
        return too_many(request, {"token": token, "text": form["text"].value()})
    if not form.is_valid():
        return _form_page(request, link, form, 422)
    now = timezone.now()
    day = local_day(request.enterprise, now)
    try:
        sent = report_danger(
            actor=request.actor,
            client_id=form.cleaned_data["client_id"],
            text=form.cleaned_data["text"],
            category=form.cleaned_data["category"],
            department_code=form.cleaned_data["department"],
            is_urgent=form.cleaned_data["urgent"] == "yes",
            language=get_language() or "",
            day=day,
            at=now,
        )
    except ContentDiffers:
        notice = _(
            "Your first message from this page has arrived and is safe. "
            "If this is another danger, press Send again and it gets a receipt of its own."
        )
        return _form_page(request, link, form, 409, notice)
    return receipt_answer(
        request,
        token=token,
        actor=request.actor,
        receipt=sent.receipt,
        is_new=sent.is_new,
        conversation_id=sent.hazard.conversation_id,
        permission="safety.view_finder",
        day=day,
        at=now,
    )
