"""Drafts of answers, and one answer to several writers at once."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.organisations.public import local_day
from fairfloor.suggestions import answers, selectors

LONGEST_ANSWER = 4000


def _words(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()


@page("suggestions.triage")
def answer_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick, write once, look at it once more, send; then what became of each."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    # Longer numbers are no keys, and a database cannot even compare them.
    ticked = {int(v) for v in request.POST.getlist("id") if v.isascii() and v.isdigit() and len(v) < 19}
    text, step, problem, results = _words(request, "text"), request.POST.get("step", ""), "", None
    if request.method == "POST":
        if not ticked or not text:
            problem = _("Tick at least one idea and write the answer.")
        elif len(text) > LONGEST_ANSWER:
            problem = _("This is too long. Please shorten it to %(limit)s characters.") % {
                "limit": LONGEST_ANSWER
            }
        elif step == "send":
            results = answers.answer_many(
                actor=request.actor, suggestion_ids=ticked, text=text, day=day, at=now
            )
    rows = selectors.to_answer(answers.MOST_AT_ONCE)
    is_preview = request.method == "POST" and not problem and results is None
    if is_preview:
        rows = selectors.by_keys(ticked)[: answers.MOST_AT_ONCE]
    context = {
        "rows": rows,
        "ticked": ticked,
        "text": text,
        "problem": problem,
        "results": results,
        "is_preview": is_preview,
        "drafts": answers.answer_drafts(get_language() or "en"),
    }
    status = 422 if problem else 200
    return render(request, "suggestions/suggestion_answer_many.html", context, status=status)


@page("suggestions.triage")
def templates(request: HttpRequest, slug: str) -> HttpResponse:
    """The factory's own drafts: add, replace, take away."""
    problem = ""
    if request.method == "POST":
        now, key = timezone.now(), request.POST.get("delete", "")
        if key.isascii() and key.isdigit() and len(key) < 19:
            answers.delete_template(actor=request.actor, template_id=int(key), at=now)
            return HttpResponseRedirect(request.path, status=303)
        title, text, language = _words(request, "title"), _words(request, "text"), _words(request, "language")
        if not title or not text or len(title) > 120 or len(text) > LONGEST_ANSWER:
            problem = _("A draft needs a title of up to 120 characters and a text of up to 4,000.")
        elif language not in dict(settings.LANGUAGES):
            problem = _("Choose one of the languages.")
        else:
            answers.save_template(actor=request.actor, title=title, language=language, text=text, at=now)
            messages.success(request, _("The draft is kept."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "rows": answers.own_templates(),
        "languages": settings.LANGUAGES,
        "problem": problem,
        "written": {name: _words(request, name) for name in ("title", "text", "language")},
    }
    status = 422 if problem else 200
    return render(request, "suggestions/suggestion_answer_templates.html", context, status=status)
