"""Hands out stored pictures to those who may see them, and a sign of life."""

from django.db import connection
from django.http import FileResponse, Http404, HttpResponse

from fairfloor.core.access import Forbidden, page, public_page
from fairfloor.core.files import path_of
from fairfloor.core.models import StoredFile


@page("enterprise.open")
def stored_file(request, slug, file_id):
    """One picture of the enterprise; needs the permission it was stored with."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise Http404
    if not request.actor.may(stored.permission):
        raise Forbidden(stored.permission)
    path = path_of(stored)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=stored.content_type)
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public_page("monitoring asks without an account; it tells nothing but that the program answers")
def health(request):
    """200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
