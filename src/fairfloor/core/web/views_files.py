"""Hands out stored pictures and voice notes to those who may see them, and a sign of life."""

from django.db import connection
from django.http import Http404, HttpResponse

from fairfloor.core.access import Forbidden, page, public_page
from fairfloor.core.models import StoredFile
from fairfloor.core.ui.serving import answer_with_file


def _answer(request, file_id: int, content_type: str) -> HttpResponse:
    stored = StoredFile.objects.filter(pk=file_id, content_type=content_type).first()
    if stored is None:
        raise Http404
    if not request.actor.may(stored.permission):
        raise Forbidden(stored.permission)
    return answer_with_file(request, stored)


@page("enterprise.open")
def stored_file(request, slug, file_id):
    """One picture of the enterprise; needs the permission it was stored with."""
    return _answer(request, file_id, "image/jpeg")


@page("enterprise.open")
def stored_sound(request, slug, file_id):
    """One voice note of the enterprise; needs the permission it was stored with."""
    return _answer(request, file_id, "audio/mp4")


@public_page("monitoring asks without an account; it tells nothing but that the program answers")
def health(request):
    """200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
