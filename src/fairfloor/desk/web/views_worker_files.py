"""The photos and voice notes of a worker's message: sent in parts, looked at with the receipt."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fairfloor.conversations.public import (
    CHUNK_BYTES,
    AttachmentRefused,
    Conversation,
    NoRoom,
    Progress,
    UnknownAttachment,
    WrongOffset,
    attachment_file,
    conversation_of,
    note_wrong_receipt,
    parse_receipt,
    progress_of,
    take_part,
    too_many_wrong_receipts,
)
from fairfloor.core.access import worker_page
from fairfloor.core.limits import count_try
from fairfloor.core.ui.serving import answer_with_file
from fairfloor.organisations.public import local_day
from fairfloor.suggestions.public import has_conversation

CLIENT_ID = re.compile(r"[0-9A-Za-z-]{16,40}")
# 150 MB a minute for each poster: some four hundred photos made small on the phone.
PARTS_PER_MINUTE = 600


def _answer(status: int, message: str = "", **body: Any) -> JsonResponse:
    if message:
        body["message"] = message
    response = JsonResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response["Retry-After"] = "60"
    return response


def _told(progress: Progress, status: int = 200) -> JsonResponse:
    return _answer(status, received=progress.received, complete=progress.is_complete)


def _thread(token: str, code: str) -> Conversation | JsonResponse:
    """The thread of a receipt, or the answer that says why not. Guessing here counts as guessing anywhere."""
    if too_many_wrong_receipts(token):
        return _answer(429, _("Please wait a minute and try again."))
    receipt = parse_receipt(code)
    conversation = conversation_of(receipt) if receipt else None
    if conversation is None:
        note_wrong_receipt(token)
        return _answer(404, _("We find no message with this receipt."))
    return conversation


def _number(request: HttpRequest, name: str) -> int:
    text = request.headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_http_methods(["GET", "HEAD", "PUT"])
@worker_page
def receive_file(request: HttpRequest, token: str, client_id: str) -> HttpResponse:
    """Take the next part of a file (PUT), or say how much of it is here (GET). Open on an old poster's link too."""
    if not CLIENT_ID.fullmatch(client_id):
        raise Http404
    found = _thread(token, request.headers.get("Upload-Receipt", ""))
    if isinstance(found, JsonResponse):
        return found
    try:
        if request.method != "PUT":
            return _told(progress_of(conversation_id=found.pk, client_id=client_id))
        if count_try("file", token) > PARTS_PER_MINUTE:
            return _answer(429, _("Very many photos are arriving. Yours stays here and is sent in a minute."))
        return _take(request, found, client_id)
    except WrongOffset as wrong:
        return _answer(409, received=wrong.received, complete=False)
    except UnknownAttachment:
        return _answer(404, _("We find no message with this receipt."))
    except AttachmentRefused as refused:
        return _answer(409 if refused.reason == "DIFFERS" else refused.status, refused.message())
    except NoRoom:
        return _answer(503, _("There is no room for photos just now. Yours stays here and is sent later."))


def _take(request: HttpRequest, conversation: Conversation, client_id: str) -> JsonResponse:
    if _number(request, "Content-Length") > CHUNK_BYTES:
        raise AttachmentRefused("PART_TOO_LARGE")
    now = timezone.now()
    offset = _number(request, "Upload-Offset")
    progress = take_part(
        actor=request.actor,
        conversation_id=conversation.pk,
        client_id=client_id,
        kind=request.headers.get("Upload-Kind", ""),
        offset=offset,
        length=_number(request, "Upload-Length"),
        part=request.read(CHUNK_BYTES + 1),
        permission="suggestions.view" if has_conversation(conversation.pk) else "safety.view_finder",
        day=local_day(request.enterprise, now),
        at=now,
        is_reply=request.headers.get("Upload-Reply", "") == "1",
    )
    return _told(progress, 201 if offset == 0 else 200)


@require_safe
@worker_page
def own_file(request: HttpRequest, token: str, receipt: str, file_id: int) -> HttpResponse:
    """A photo or voice note of one's own message, opened with its receipt."""
    found = _thread(token, receipt)
    if isinstance(found, JsonResponse):
        raise Http404
    stored = attachment_file(conversation_id=found.pk, attachment_id=file_id)
    if stored is None:
        raise Http404
    return answer_with_file(request, stored)
