"""Writing an idea on a phone, without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache as once
from uuid import uuid4

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.conversations.public import ContentDiffers, Receipt, attach_posted
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try, place_key, room_left
from fairfloor.core.ui.worker import CLIENT_ID, link_renewed, posted, too_many, wants_json
from fairfloor.organisations.public import (
    WorkerLink,
    department_names,
    local_day,
    worker_link,
    workforce_size,
)
from fairfloor.suggestions.labels import CATEGORY_PICTURES
from fairfloor.suggestions.services import submit_suggestion
from fairfloor.suggestions.workflow import Channel

# One poster's link and place takes in at once as many ideas as it has people, and at least this many; after that so
# many a minute. What comes faster is kept, gets its receipt, and waits for a look before it counts.
SMALLEST_BUCKET = 240
SHARE_PER_MINUTE = 0.5
# Only beyond this is anything refused, for the machine's sake: no factory's shift change comes near it.
MOST_IN_A_MINUTE = 6000


def _is_flood(token: str, department: str, day: date) -> bool:
    """Whether more ideas come for one place of one link than people could write there."""
    key = place_key(token, department, day)
    people = cache.get_or_set(f"people:{key[:40]}", lambda: workforce_size(department), 600)
    size = max(SMALLEST_BUCKET, people)
    return not room_left("idea", key, size=size, per_minute=max(60, size * SHARE_PER_MINUTE))


def _categories() -> list[tuple[str, str]]:
    language = get_language() or "en"
    categories = load_content().suggestion_categories.values()
    return [("", "")] + [(c.code, translate(c.name, language)) for c in categories]


class IdeaForm(forms.Form):
    """The words, and if one likes what they are about and where."""

    text = forms.CharField(
        max_length=4000,
        label=gettext_lazy("Your idea"),
        error_messages={
            "required": gettext_lazy("Write a few words first. Any language is fine."),
            "max_length": gettext_lazy(
                "This is too long for one message. Please shorten it to 4,000 characters."
            ),
        },
    )
    category = forms.ChoiceField(required=False)
    department = forms.ChoiceField(required=False)
    client_id = forms.CharField(required=False)
    # People do not see this field; programs that fill in every form do.
    website = forms.CharField(required=False)

    def __init__(self, *args, departments: Callable[[], dict[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        # Looked up when the form is shown or a choice was sent: most sends have neither.
        self.fields["category"].choices = _categories
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
            raise forms.ValidationError(_("A hidden field was filled in. Please send your idea once more."))
        return ""

    def category_choices(self) -> list[tuple[str, str, str]]:
        """Code, name and picture of each category."""
        return [
            (code, name, CATEGORY_PICTURES.get(code, "tag"))
            for code, name in self.fields["category"].choices[1:]
        ]


def _receipt_url(token: str, receipt: Receipt) -> str:
    return reverse("worker:sent", kwargs={"token": token, "receipt": receipt.code})


def _form_page(
    request: HttpRequest, link: WorkerLink, form: IdeaForm, status: int = 200, notice: str = ""
) -> HttpResponse:
    """The form with an id of its own for the next send; what was written stays in it."""
    if wants_json(request):
        errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        return JsonResponse({"message": notice, "fields": errors}, status=status)
    chosen = form["department"].value() or ""
    context = {
        "form": form,
        "client_id": uuid4(),
        "notice": notice,
        "token": link.token,
        "chosen_category": form["category"].value() or "",
        "chosen_department": chosen,
        "place": dict(form.fields["department"].choices).get(chosen, ""),
    }
    return render(request, "suggestions/worker_idea.html", context, status=status)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def idea(request: HttpRequest, token: str) -> HttpResponse:
    """Write an idea and send it; answers 303 to the receipt, or 201, 200 and 409 to a phone's outbox."""
    link = worker_link(token)
    if not link.is_active:
        return link_renewed(request)
    departments = once(lambda: department_names(get_language() or "en"))
    if request.method != "POST":
        return _form_page(
            request, link, IdeaForm(initial={"department": link.department_code}, departments=departments)
        )
    form = IdeaForm(posted(request), departments=departments)
    if count_try("idea", token) > MOST_IN_A_MINUTE:
        return too_many(request, {"token": token, "text": form["text"].value()})
    if not form.is_valid():
        return _form_page(request, link, form, 422)
    now = timezone.now()
    day = local_day(request.enterprise, now)
    try:
        sent = submit_suggestion(
            actor=request.actor,
            client_id=form.cleaned_data["client_id"],
            text=form.cleaned_data["text"],
            category=form.cleaned_data["category"],
            department_code=form.cleaned_data["department"],
            channel=Channel.QR,
            language=get_language() or "",
            is_held=_is_flood(token, form.cleaned_data["department"], day),
            day=day,
            at=now,
        )
    except ContentDiffers:
        notice = _(
            "Your first message from this page has arrived and is safe. "
            "If this is a new idea, press Send again and it gets a receipt of its own."
        )
        return _form_page(request, link, form, 409, notice)
    # A phone without script sends its photo with the words, and the words are safe by now.
    problem = attach_posted(
        actor=request.actor,
        conversation_id=sent.suggestion.conversation_id,
        uploads=request.FILES.getlist("photo"),
        kind="PHOTO",
        permission="suggestions.view",
        day=local_day(request.enterprise, now),
        at=now,
    )
    url = _receipt_url(token, sent.receipt)
    if wants_json(request):
        body = {
            "receipt": sent.receipt.code,
            "pictures": sent.receipt.pictures,
            "digits": sent.receipt.spoken_digits,
            "url": url,
        }
        return JsonResponse(body, status=201 if sent.is_new else 200)
    return HttpResponseRedirect(url + ("?photo=refused" if problem else ""), status=303)
