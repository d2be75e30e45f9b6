"""Deciding: accept, answer, decline, take to the meeting, merge, pass to safety."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.content import load as load_content
from fairfloor.content import translate as pack_text
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.organisations.public import local_day
from fairfloor.safety.public import HazardRefused
from fairfloor.suggestions import merging, selectors, services
from fairfloor.suggestions.labels import STATUS_KINDS, STATUS_LABELS, likeness_words
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.web.pages import back_to, find, seen_version, stale_page
from fairfloor.suggestions.web.views_detail import detail_page
from fairfloor.suggestions.workflow import Status

LONGEST_ANSWER = 4000
LONGEST_REASON = 1000


def words(request: HttpRequest, name: str) -> str:
    """A text from the form, with line ends of one kind."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()


def act(
    request: HttpRequest, suggestion: Suggestion, verb: Callable[..., Any], done: str, **values: Any
) -> HttpResponse:
    """Call a service for a suggestion; 303 with a word of what happened, 409 when somebody was quicker."""
    now = timezone.now()
    try:
        verb(
            actor=request.actor,
            suggestion_id=suggestion.pk,
            day=local_day(request.enterprise, now),
            at=now,
            version=seen_version(request),
            **values,
        )
    except (StaleEdit, MoveNotAllowed):
        return stale_page(request, suggestion.code, get_language() or "en")
    messages.success(request, done)
    return back_to(request, suggestion.code)


def _too_long(text: str, limit: int) -> str:
    if len(text) <= limit:
        return ""
    return _("This is too long. Please shorten it to %(limit)s characters.") % {"limit": limit}


@require_POST
@page("suggestions.triage")
def accept(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Yes, with an answer if there is one."""
    suggestion, answer = find(code), words(request, "answer")
    if problem := _too_long(answer, LONGEST_ANSWER):
        return detail_page(request, suggestion, problem=problem, written=answer, status=422)
    done = _("Accepted. The writer sees it on the receipt.")
    return act(request, suggestion, services.accept_suggestion, done, answer=answer)


@require_POST
@page("suggestions.triage")
def answer(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Write to the worker without deciding."""
    suggestion, text = find(code), words(request, "answer")
    problem = _too_long(text, LONGEST_ANSWER) or ("" if text else _("Write the answer first."))
    if problem:
        return detail_page(request, suggestion, problem=problem, written=text, status=422)
    return act(
        request, suggestion, services.answer_suggestion, _("Your answer is on the receipt."), text=text
    )


@require_POST
@page("suggestions.triage")
def meeting(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Onto the agenda of the next meeting, with a word to the writer if one was written."""
    suggestion, answer = find(code), words(request, "answer")
    if problem := _too_long(answer, LONGEST_ANSWER):
        return detail_page(request, suggestion, problem=problem, written=answer, status=422)
    done = _("It is on the agenda of the next meeting.")
    return act(request, suggestion, services.take_to_meeting, done, answer=answer)


@page("suggestions.triage")
def decline(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """No, with the reason the writer reads. A draft can be chosen and changed."""
    suggestion = find(code)
    language = get_language() or "en"
    reasons = load_content().decline_reasons
    problem = ""
    if request.method == "POST":
        reason = words(request, "reason")
        problem = _too_long(reason, LONGEST_REASON) or (
            "" if reason else _("Write the reason; the writer reads it.")
        )
        if not problem:
            done = _("Declined. The writer reads your reason.")
            return act(request, suggestion, services.decline_suggestion, done, reason=reason)
    else:
        draft = reasons.get(request.GET.get("draft", ""))
        reason = pack_text(draft.text, language) if draft else ""
    context = {
        "suggestion": suggestion,
        "drafts": [(r.code, pack_text(r.name, language)) for r in reasons.values()],
        "chosen": request.GET.get("draft", ""),
        "reason": reason,
        "problem": problem,
    }
    return render(request, "suggestions/suggestion_decline.html", context, status=422 if problem else 200)


@page("suggestions.triage")
def merge(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Join it to one that says the same: one of the likest, or any by its code."""
    suggestion = find(code)
    day = local_day(request.enterprise, timezone.now())
    problem, typed = "", request.POST.get("code", "").strip().upper()[:20]
    if request.method == "POST":
        wanted = typed or request.POST.get("into", "")
        into = selectors.by_code(wanted) if wanted else None
        if into is None:
            problem = _("Choose one of the ideas, or type the code of another one.")
        elif into.pk == suggestion.pk or into.status in {Status.MERGED, Status.WITHDRAWN}:
            problem = _(
                "%(code)s cannot take another idea in. Choose one that is not merged or withdrawn itself."
            ) % {"code": into.code}
        else:
            done = _("Merged with %(code)s. Both writers get the same answer.") % {"code": into.code}
            return act(request, suggestion, services.merge_suggestion, done, into_id=into.pk)
    candidates = [
        {
            "row": candidate.suggestion,
            "likeness": likeness_words(candidate.likeness),
            "kind": STATUS_KINDS[Status(candidate.suggestion.status)],
            "label": STATUS_LABELS[Status(candidate.suggestion.status)],
        }
        for candidate in selectors.merge_candidates(suggestion, day)
    ]
    context = {"suggestion": suggestion, "candidates": candidates, "problem": problem, "typed": typed}
    return render(request, "suggestions/suggestion_merge.html", context, status=422 if problem else 200)


@require_POST
@page("suggestions.triage")
def unmerge(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take a merge back; the idea stands again where it stood."""
    done = _("Taken apart again. The idea stands where it stood before.")
    return act(request, find(code), merging.unmerge_suggestion, done)


@page("suggestions.triage")
def safety(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """It speaks of a danger: report the hazard, and close the idea with its code."""
    suggestion = find(code)
    language = get_language() or "en"
    problem = ""
    categories = [(c.code, pack_text(c.name, language)) for c in load_content().hazard_categories.values()]
    description = words(request, "description") if request.method == "POST" else suggestion.text
    category = request.POST.get("category", "")
    if request.method == "POST":
        problem = _too_long(description, 2000)
        if not description:
            problem = _("Describe the danger.")
        if category and category not in dict(categories):
            problem = _("Choose one of the kinds of danger.")
        if not problem:
            done = _("The safety officer has it now; the writer sees that.")
            try:
                return act(
                    request,
                    suggestion,
                    services.pass_to_safety,
                    done,
                    description=description,
                    category=category,
                    answer=words(request, "answer")[:LONGEST_ANSWER],
                )
            except HazardRefused:
                problem = _("Safety could not record it like this. Describe the danger in your own words.")
    context = {
        "suggestion": suggestion,
        "categories": categories,
        "category": category,
        "description": description,
        "answer": words(request, "answer"),
        "problem": problem,
    }
    return render(request, "suggestions/suggestion_safety.html", context, status=422 if problem else 200)
