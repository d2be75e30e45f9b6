"""What stands behind a receipt: the state of a message, its thread, and the writer's own word on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fairfloor.conversations.public import (
    PICTURE_LABELS,
    Conversation,
    Receipt,
    ThreadFull,
    WorkerStory,
    attach_posted,
    attachments_of,
    conversation_of,
    messages_of,
    note_wrong_receipt,
    parse_receipt,
    too_many_wrong_receipts,
)
from fairfloor.core.access import worker_page
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.limits import count_try
from fairfloor.core.ui.worker import refuse, too_many
from fairfloor.desk.stories import StorySource, story_behind
from fairfloor.organisations.public import Level, Sex, local_day

LONGEST_MESSAGE = 2000
MESSAGES_PER_MINUTE = 120
SEXES = (Sex.FEMALE, Sex.MALE, Sex.OTHER)
LEVELS = (Level.FRONT_LINE, Level.SUPERVISOR, Level.MANAGER)


@dataclass(frozen=True)
class Found:
    """A receipt that leads somewhere."""

    receipt: Receipt
    conversation: Conversation
    source: StorySource
    story: WorkerStory


def _find(request: HttpRequest, token: str, code: str) -> Found | HttpResponse:
    """What the receipt leads to, or the page that says it leads nowhere.

    A receipt of another factory and one that never was get the same page. Old posters' links stay good here.
    """
    if too_many_wrong_receipts(token):
        return too_many(request, {"token": token})
    receipt = parse_receipt(code)
    conversation = conversation_of(receipt) if receipt else None
    behind = story_behind(conversation.pk, get_language() or "en") if conversation else None
    if receipt is None or conversation is None or behind is None:
        note_wrong_receipt(token)
        message = _("We find no message with this receipt.")
        return refuse(request, 404, message, "worker/receipt_unknown.html", {"token": token})
    return Found(receipt, conversation, *behind)


def _context(token: str, found: Found) -> dict[str, Any]:
    thread = messages_of(found.conversation.pk)
    return {
        "token": token,
        "receipt": found.receipt,
        "pictures": [(f"{n:02d}", PICTURE_LABELS[n]) for n in found.receipt.pictures],
        "story": found.story,
        "thread": thread,
        # Thanks answer a word of the team; after it the writer has the floor again.
        "may_thank": bool(thread) and thread[-1].is_from_staff,
        "attachments": attachments_of(found.conversation.pk),
    }


def _by(request: HttpRequest, found: Found) -> dict[str, Any]:
    """Who acts, on what and when, as each verb of a source takes it."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    return {"actor": request.actor, "conversation_id": found.conversation.pk, "day": day, "at": now}


def _back(token: str, found: Found, name: str = "worker:receipt", anchor: str = "") -> HttpResponse:
    url = reverse(name, kwargs={"token": token, "receipt": found.receipt.code})
    return HttpResponseRedirect(url + anchor, status=303)


@worker_page
def receipt_page(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """State, thread, and what the writer can do."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "worker/receipt.html", _context(token, found))


@worker_page
def sent_page(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """Right after Send: the receipt to keep, what happens next and when, and two questions nobody must answer."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    link = reverse("worker:receipt", kwargs={"token": token, "receipt": found.receipt.code})
    context = _context(token, found) | {
        "link": request.build_absolute_uri(link),
        "is_answered": "about" in request.GET,
    }
    return render(request, "worker/sent.html", context)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_POST
@worker_page
def tell_about_writer(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """Take the answers about sex and level; the service keeps what cannot single anybody out."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    sex, level = request.POST.get("sex", ""), request.POST.get("level", "")
    found.source.tell_group(
        **_by(request, found),
        sex=sex if sex in SEXES else "",
        level=level if level in LEVELS else "",
    )
    url = reverse("worker:sent", kwargs={"token": token, "receipt": found.receipt.code})
    return HttpResponseRedirect(url + "?about=1", status=303)


def _refuse_text(
    request: HttpRequest, token: str, found: Found, text: str, **context: Any
) -> HttpResponse | None:
    """The page again (422) when a message is too long, or (429) when this link writes too fast."""
    if count_try("message", token) > MESSAGES_PER_MINUTE:
        return too_many(request, {"token": token, "text": text})
    if len(text) > LONGEST_MESSAGE:
        context["problem"] = _("This is too long for one message. Please shorten it to 2,000 characters.")
        context["written"] = text
        return render(request, "worker/receipt.html", _context(token, found) | context, status=422)
    return None


def _written(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_POST
@worker_page
def say_more(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """Add to the thread."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    text = _written(request)
    refused = _refuse_text(request, token, found, text)
    if refused is not None:
        return refused
    if not text:
        context = {"problem": _("Write a few words first. Any language is fine.")}
        return render(request, "worker/receipt.html", _context(token, found) | context, status=422)
    try:
        found.source.say_more(**_by(request, found), text=text)
    except ThreadFull:
        context = {"problem": _("This conversation is full. Please send a new idea."), "written": text}
        return render(request, "worker/receipt.html", _context(token, found) | context, status=422)
    now = timezone.now()
    problem = attach_posted(
        actor=request.actor,
        conversation_id=found.conversation.pk,
        uploads=request.FILES.getlist("photo"),
        kind="PHOTO",
        permission=found.source.permission,
        day=local_day(request.enterprise, now),
        at=now,
        is_reply=True,
    )
    return _back(token, found, anchor="?photo=refused" if problem else "#thread")


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_POST
@worker_page
def tell_if_fixed(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """ "Fixed" closes the story; "not fixed" opens it again and the team sees why."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    is_fixed = request.POST.get("fixed") == "yes"
    text = "" if is_fixed else _written(request)
    refused = _refuse_text(request, token, found, text)
    if refused is not None:
        return refused
    try:
        if is_fixed:
            found.source.confirm(**_by(request, found))
        else:
            found.source.say_not_fixed(**_by(request, found), text=text)
    except MoveNotAllowed:
        pass  # a form sent twice, or the team was quicker: the page below shows how it stands
    except ThreadFull:
        context = {"problem": _("This conversation is full. Please send a new idea."), "written": text}
        return render(request, "worker/receipt.html", _context(token, found) | context, status=422)
    return _back(token, found)


@csrf_exempt  # no session stands behind a worker page, so there is nothing a forged form could borrow
@require_POST
@worker_page
def say_thanks(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """One tap: the team sees it, and nothing waits for an answer."""
    found = _find(request, token, receipt)
    if isinstance(found, HttpResponse):
        return found
    if count_try("message", token) > MESSAGES_PER_MINUTE:
        return too_many(request, {"token": token})
    found.source.say_thanks(**_by(request, found))
    return _back(token, found, anchor="#thread")
