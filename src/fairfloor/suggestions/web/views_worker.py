"""Writing an idea on a phone, without an account."""

from __future__ import annotations

from datetime import date
from functools import cache as once

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.conversations.public import (
    TOO_LONG,
    ContentDiffers,
    FirstMessageForm,
    first_message_page,
    receipt_answer,
)
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try, place_key, room_left
from fairfloor.core.ui.worker import link_renewed, posted, too_many, wants_json
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


class IdeaForm(FirstMessageForm):
    """The words, and if one likes what they are about and where."""

    pictures = CATEGORY_PICTURES
    other_picture = "tag"

    text = forms.CharField(
        max_length=4000,
        label=gettext_lazy("Your idea"),
        error_messages={
            "required": gettext_lazy("Write a few words first. Any language is fine."),
            "max_length": TOO_LONG,
        },
    )

    def categories(self) -> list[tuple[str, str]]:
        """What ideas are about."""
        language = get_language() or "en"
        return [(c.code, translate(c.name, language)) for c in load_content().suggestion_categories.values()]


def _form_page(
    request: HttpRequest, link: WorkerLink, form: IdeaForm, status: int = 200, notice: str = ""
) -> HttpResponse:
    place = "" if wants_json(request) else form["department"].value()
    names = dict(form.fields["department"].choices) if place else {}
    context = {"token": link.token, "place": names.get(place, "")}
    return first_message_page(request, form, "suggestions/worker_idea.html", context, status, notice)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def idea(request: HttpRequest, token: str) -> HttpResponse:
    """Write an idea and send it; answers 303 to the receipt, or 201, 200 and 409 to a phone's outbox."""
    link = worker_link(token)
    if not link.is_active:
        return link_renewed(request)
    departments = once(lambda: department_names(get_language() or "en"))
    if request.method != "POST":
        first = {"department": link.department_code}
        return _form_page(request, link, IdeaForm(initial=first, departments=departments))
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
    return receipt_answer(
        request,
        token=token,
        actor=request.actor,
        receipt=sent.receipt,
        is_new=sent.is_new,
        conversation_id=sent.suggestion.conversation_id,
        permission="suggestions.view",
        day=day,
        at=now,
    )
