"""What every first message from a worker's phone has in common: its form, the page it stands on, its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.conversations.attachments import attach_posted
from fairfloor.conversations.services import Receipt
from fairfloor.core.access import Actor
from fairfloor.core.ui.worker import CLIENT_ID, wants_json

TOO_LONG = gettext_lazy("This is too long for one message. Please shorten it to 4,000 characters.")


class FirstMessageForm(forms.Form):
    """Words, what they are about, where; and the id the phone gives this send.

    A kind of message names its categories, their pictures and the picture of a category without its own.
    """

    pictures: Mapping[str, str] = {}
    other_picture = ""

    text = forms.CharField(max_length=4000, required=False, error_messages={"max_length": TOO_LONG})
    category = forms.ChoiceField(required=False)
    department = forms.ChoiceField(required=False)
    client_id = forms.CharField(required=False)
    # People do not see this field; programs that fill in every form do.
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, departments: Callable[[], dict[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Looked up when the form is shown or a choice was sent: most sends have neither.
        self.fields["category"].choices = lambda: [("", ""), *self.categories()]
        self.fields["department"].choices = lambda: [("", ""), *departments().items()]

    def categories(self) -> list[tuple[str, str]]:
        """Code and name of each category, in the page's language."""
        raise NotImplementedError

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

    def tiles(self) -> list[tuple[str, str, str]]:
        """Code, name and picture of each category."""
        return [(code, name, self.pictures.get(code, self.other_picture)) for code, name in self.categories()]


def first_message_page(
    request: HttpRequest,
    form: FirstMessageForm,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    """The form with an id of its own for the next send; what was written stays in it. JSON for a phone's outbox."""
    if wants_json(request):
        errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        return JsonResponse({"message": notice, "fields": errors}, status=status)
    shown = {
        "form": form,
        "client_id": uuid4(),
        "notice": notice,
        "chosen_category": form["category"].value() or "",
        "chosen_department": form["department"].value() or "",
        **context,
    }
    return render(request, template, shown, status=status)


def receipt_answer(
    request: HttpRequest,
    *,
    token: str,
    actor: Actor,
    receipt: Receipt,
    is_new: bool,
    conversation_id: int,
    permission: str,
    day: date,
    at: datetime,
) -> HttpResponse:
    """303 to the receipt, or 201 (200 for a send that was here before) to a phone's outbox.

    A phone without script sends its photo with the words, which are safe by now: a photo that cannot be taken is told
    of on the receipt. ``permission`` is what staff need to see it.
    """
    problem = attach_posted(
        actor=actor,
        conversation_id=conversation_id,
        uploads=request.FILES.getlist("photo"),
        kind="PHOTO",
        permission=permission,
        day=day,
        at=at,
    )
    url = reverse("worker:sent", kwargs={"token": token, "receipt": receipt.code})
    if wants_json(request):
        body = {
            "receipt": receipt.code,
            "pictures": receipt.pictures,
            "digits": receipt.spoken_digits,
            "url": url,
        }
        return JsonResponse(body, status=201 if is_new else 200)
    return HttpResponseRedirect(url + ("?photo=refused" if problem else ""), status=303)
