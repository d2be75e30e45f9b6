"""The board on a screen in the hall: no account, no session, no way into the program."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fairfloor.core.access import public_page
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import scope
from fairfloor.core.ui.serving import answer_with_file
from fairfloor.desk.board import board, live_items
from fairfloor.desk.board_services import Kind
from fairfloor.desk.board_slides import languages_of, slides
from fairfloor.desk.models import BoardLink
from fairfloor.organisations.public import Enterprise, enterprise_name, local_day, resolve_board

WHY = "a screen in the hall has no account; it shows figures and what staff released, nothing else"
SECONDS = 15


def _enterprise(token: str) -> Enterprise:
    found = resolve_board(BoardLink, token)
    if found is None:
        raise Http404
    return found


@public_page(WHY)
def public_board(request: HttpRequest, token: str) -> HttpResponse:
    """One slide at a time, the next after 15 seconds; ``?all=1`` shows all of them at rest."""
    enterprise = _enterprise(token)
    with scope(enterprise.id):
        languages = languages_of(enterprise)
        told = slides(board(local_day(enterprise, timezone.now())), languages)
        is_all = "all" in request.GET
        asked = request.GET.get("slide", "")
        number = int(asked) % len(told) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        url = reverse("desk:board_public", kwargs={"token": token})
        context = {
            "slides": told if is_all else [told[number]],
            "number": number + 1,
            "count": len(told),
            "is_all": is_all,
            "next_url": f"{url}?slide={(number + 1) % len(told)}",
            "seconds": SECONDS,
            "first": languages[0],
            "names": dict.fromkeys(enterprise_name(enterprise, language) for language in languages),
            "token": token,
        }
        # Without the request: nothing of a session or a signed-in person gets onto the screen.
        response = HttpResponse(render_to_string("desk/board_public.html", context))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page(WHY)
def public_photo(request: HttpRequest, token: str, item_id: int, which: str) -> HttpResponse:
    """One of the two pictures of an item that hangs on the board now."""
    enterprise = _enterprise(token)
    with scope(enterprise.id):
        item = next((i for i in live_items() if i.pk == item_id and i.kind == Kind.PHOTO), None)
        if item is None or which not in {"before", "after"}:
            raise Http404
        key = item.photo_before_id if which == "before" else item.photo_after_id
        stored = StoredFile.objects.filter(pk=key, content_type="image/jpeg").first()
        if stored is None:
            raise Http404
        response = answer_with_file(request, stored)
    # A picture taken off the board is gone from the screen with the next slide.
    response["Cache-Control"] = "no-store"
    return response
