"""Finding a message again with the receipt: by its pictures and digits, or by its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fairfloor.conversations.labels import PICTURE_LABELS
from fairfloor.conversations.services import (
    PICTURES_IN_RECEIPT,
    conversation_of,
    note_wrong_receipt,
    parse_receipt,
    too_many_wrong_receipts,
)
from fairfloor.core.access import worker_page
from fairfloor.core.ui.worker import too_many


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@worker_page
def find_message(request: HttpRequest, token: str) -> HttpResponse:
    """Those this phone remembers (by script), and a form for any other receipt.

    Open on an old poster's link too: a renewed link must not take anybody's answer away.
    """
    chosen = [request.POST.get(f"p{place}", "") for place in range(1, PICTURES_IN_RECEIPT + 1)]
    digits = request.POST.get("digits", "")[:40]
    context = {
        "token": token,
        "digits": digits,
        "places": [
            (place, [(f"{n:02d}", word, f"{n:02d}" == picked) for n, word in enumerate(PICTURE_LABELS)])
            for place, picked in enumerate(chosen, 1)
        ],
    }
    if request.method != "POST":
        return render(request, "conversations/worker_messages.html", context)
    if too_many_wrong_receipts(token):
        return too_many(request, {"token": token})
    receipt = parse_receipt(" ".join([*chosen, digits]) if all(chosen) else digits)
    if receipt is None:
        context["problem"] = _(
            "Choose four pictures and type the eight digits, or type all 16 digits of the number on your receipt."
        )
        return render(request, "conversations/worker_messages.html", context, status=422)
    if conversation_of(receipt) is None:
        note_wrong_receipt(token)
        context["problem"] = _(
            "We find no message with this receipt. Look at the order of the pictures and at each digit, and try again."
        )
        return render(request, "conversations/worker_messages.html", context, status=404)
    url = reverse("worker:receipt", kwargs={"token": token, "receipt": receipt.code})
    return HttpResponseRedirect(url, status=303)
