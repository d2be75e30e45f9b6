"""Reporting a danger on a phone, without an account: a picture is enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as once
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.conversations.public import ContentDiffers, attach_posted
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try
from fairfloor.core.ui.worker import CLIENT_ID, link_renewed, posted, too_many, wants_json
from fairfloor.organisations.public import WorkerLink, department_names, local_day, worker_link
from fairfloor.safety.labels import CATEGORY_PICTURES, category_choices
from fairfloor.safety.services import report_danger

DANGERS_PER_MINUTE = 120


class DangerForm(forms.Form):
    """A picture of the kind or a few words, the place, and whether it cannot wait."""

    text = forms.CharField(
        max_length=4000,
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "This is too long for one message. Please shorten it to 4,000 characters."
            )
        },
    )
    category = forms.ChoiceField(required=False)
    department = forms.ChoiceField(required=False)
    # Sent as "yes"; anything else is no.
    urgent = forms.CharField(required=False)
    client_id = forms.CharField(required=False)
    # People do not see this field; programs that fill in every form do.
    website = forms.CharField(required=False)

    def __init__(self, *args, departments: Callable[[], dict[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        # Looked up when the form is shown or a choice was sent: a send often has neither.
        self.fields["category"].choices = lambda: [("", ""), *category_choices()]
        self.fields["department"].choices = lambda: [("", ""), *departments().items()]

    def clean_text(self) -> str:
        """Line ends as every browser and script means them, so that a repeated send has the same content."""
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def clean_client_id(self) -> str:
        """The phone's id for this send, or a new one where it is missing or of another shape."""
        value = self.cleaned_data["client_id"]
        return value if CLIENT_ID.fullmatch(value) else str(uuid4())

    def clean_website(self) -> str:
        """Refuse what a program filled in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("A hidden field was filled in. Please send it once more."))
        return ""

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text") and not cleaned.get("category"):
            self.add_error("text", _("Choose a picture or write a few words. Any language is fine."))
        return cleaned

    def tiles(self) -> list[tuple[str, str, str]]:
        """Code, name and picture of each kind of danger."""
        return [(code, name, CATEGORY_PICTURES.get(code, "danger")) for code, name in category_choices()]


def _form_page(
    request: HttpRequest, link: WorkerLink, form: DangerForm, status: int = 200, notice: str = ""
) -> HttpResponse:
    """The form with an id of its own for the next send; what was given stays in it."""
    if wants_json(request):
        errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        return JsonResponse({"message": notice, "fields": errors}, status=status)
    context = {
        "form": form,
        "client_id": uuid4(),
        "notice": notice,
        "token": link.token,
        "chosen_category": form["category"].value() or "",
        "chosen_department": form["department"].value() or "",
        "is_urgent": form["urgent"].value() == "yes",
    }
    return render(request, "safety/worker_danger.html", context, status=status)


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
    # A phone without script sends its photo with the words, and the words are safe by now.
    problem = attach_posted(
        actor=request.actor,
        conversation_id=sent.hazard.conversation_id,
        uploads=request.FILES.getlist("photo"),
        kind="PHOTO",
        permission="safety.view_finder",
        day=day,
        at=now,
    )
    url = reverse("worker:sent", kwargs={"token": token, "receipt": sent.receipt.code})
    if wants_json(request):
        body = {
            "receipt": sent.receipt.code,
            "pictures": sent.receipt.pictures,
            "digits": sent.receipt.spoken_digits,
            "url": url,
        }
        return JsonResponse(body, status=201 if sent.is_new else 200)
    return HttpResponseRedirect(url + ("?photo=refused" if problem else ""), status=303)
