"""One suggestion: what it says, its story, its facts, and what can be done now."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.conversations.public import attachments_of, messages_of
from fairfloor.core import audit
from fairfloor.core.access import page
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day, worker_names
from fairfloor.suggestions import selectors
from fairfloor.suggestions.answers import answer_drafts
from fairfloor.suggestions.caution import may_identify
from fairfloor.suggestions.labels import (
    CAUTION_LABELS,
    CHANNEL_LABELS,
    PROMISE_LABELS,
    STATUS_KINDS,
    STATUS_LABELS,
    category_labels,
)
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.web.pages import find, story_entries
from fairfloor.suggestions.workflow import (
    IMPLEMENTED,
    UNDECIDED,
    Channel,
    Status,
    acknowledge_due,
    clock,
    decision_due,
)


@page("suggestions.view")
def suggestion_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One suggestion."""
    return detail_page(request, find(code))


def detail_page(
    request: HttpRequest, suggestion: Suggestion, *, problem: str = "", written: str = "", status: int = 200
) -> HttpResponse:
    """The page of a suggestion; with ``problem`` and what was written when its form came back (422)."""
    language = get_language() or "en"
    day = local_day(request.enterprise, timezone.now())
    moves = selectors.possible_moves(suggestion)
    may_triage = request.actor.may("suggestions.triage")
    context = {
        "suggestion": suggestion,
        "state_kind": STATUS_KINDS[Status(suggestion.status)],
        "state_label": STATUS_LABELS[Status(suggestion.status)],
        "facts": _facts(request, suggestion, language, day),
        "entries": story_entries(audit.story_of(suggestion), language),
        "thread": messages_of(suggestion.conversation_id) if suggestion.conversation_id else [],
        "attachments": attachments_of(suggestion.conversation_id) if suggestion.conversation_id else [],
        "merged": selectors.merged_with(suggestion),
        "due": _due(suggestion, day),
        "may": {
            "act": may_triage and suggestion.status != Status.WITHDRAWN,
            "answer": may_triage and bool(suggestion.conversation_id),
            # From "done" it is the writer who opens it again.
            "accept": Status.ACCEPTED in moves and suggestion.status not in IMPLEMENTED,
            "decline": Status.DECLINED in moves,
            "meeting": Status.IN_MEETING in moves,
            "merge": Status.MERGED in moves,
            "safety": Status.TO_SAFETY in moves,
            "correct": request.actor.may("suggestions.correct"),
            "unmerge": may_triage and suggestion.status == Status.MERGED,
            "withdraw": request.actor.may("suggestions.correct") and Status.WITHDRAWN in moves,
        },
        "project_new_url": _start_project_url(request, request.enterprise.slug, suggestion),
        "cautions": [CAUTION_LABELS[kind] for kind in may_identify(suggestion.text)]
        if not suggestion.proposer_code
        else [],
        "alike": selectors.merge_candidates(suggestion, day, 3, selectors.CANDIDATES_FOR_HINT)
        if may_triage and suggestion.status in UNDECIDED
        else [],
        "drafts": answer_drafts(language) if may_triage else [],
        "board_url": _board_url(request, suggestion),
        "problem": problem,
        "written": written,
    }
    return render(request, "suggestions/suggestion_detail.html", context, status=status)


def _due(suggestion: Suggestion, day) -> dict[str, Any] | None:
    """The clock that runs: a first sign of life in two days, a decision in fourteen."""
    if suggestion.status not in {Status.NEW, Status.IN_MEETING}:
        return None
    if suggestion.acknowledged_date is None and suggestion.status == Status.NEW:
        until = acknowledge_due(suggestion.submitted_date)
        text = _("Show by %(day)s that it was read.")
    else:
        until = decision_due(suggestion.submitted_date)
        text = _("Decide by %(day)s.")
    return {"text": text % {"day": formats.date_format(until, "DATE_FORMAT")}, "is_late": day > until}


def _address(url_name: str, slug: str, code: str) -> str:
    """The page of what came of it, which belongs to another feature; empty where that has none."""
    try:
        return reverse(url_name, kwargs={"slug": slug, "code": code})
    except NoReverseMatch:
        return ""


def _start_project_url(request: HttpRequest, slug: str, suggestion: Suggestion) -> str:
    """Where a project is started from an accepted idea; nothing once it has one, or for who may not."""
    if (
        suggestion.status != Status.ACCEPTED
        or suggestion.project_code
        or not request.actor.may("projects.write")
    ):
        return ""
    return f"{reverse('projects:new', kwargs={'slug': slug})}?{urlencode({'suggestion': suggestion.code})}"


def _board_url(request: HttpRequest, suggestion: Suggestion) -> str:
    """Where what came of it is put on the board; nothing before there is something to tell, or for who may not."""
    if suggestion.status not in IMPLEMENTED | {Status.ACCEPTED} or not request.actor.may("board.release"):
        return ""
    url = reverse("desk:board_release", kwargs={"slug": request.enterprise.slug})
    return f"{url}?{urlencode({'kind': 'SUGGESTION', 'code': suggestion.code})}"


def _facts(request: HttpRequest, suggestion: Suggestion, language: str, day: date) -> list[dict[str, Any]]:
    """What the register keeps, as label and value; only what is known."""
    slug = request.enterprise.slug
    who = _("Anonymous")
    if suggestion.proposer_code:
        names = worker_names({suggestion.proposer_code})
        who = names.get(suggestion.proposer_code) or suggestion.proposer_code

    def fact(label: str, value: Any, url: str = "") -> dict[str, Any]:
        return {"label": label, "value": value or "–", "url": url}

    facts = [
        fact(_("Code"), suggestion.code),
        fact(_("Date"), formats.date_format(suggestion.submitted_date, "DATE_FORMAT")),
        fact(_("How it came"), CHANNEL_LABELS[Channel(suggestion.channel)]),
        fact(_("Proposed by"), who),
        fact(_("Sex"), SEX_LABELS.get(suggestion.sex, suggestion.sex)),
        fact(_("Level"), LEVEL_LABELS.get(suggestion.level, suggestion.level)),
        fact(
            _("Department"),
            department_names(language).get(suggestion.department_code, suggestion.department_code),
        ),
        fact(_("About"), category_labels(language).get(suggestion.category, suggestion.category)),
    ]
    if suggestion.acknowledged_date:
        facts.append(fact(_("Read"), formats.date_format(suggestion.acknowledged_date, "DATE_FORMAT")))
    if suggestion.decided_date:
        facts.append(fact(_("Decided"), formats.date_format(suggestion.decided_date, "DATE_FORMAT")))
    state = clock(suggestion.submitted_date, suggestion.acknowledged_date, suggestion.decided_date, day)
    facts.append(fact(_("48 hours"), PROMISE_LABELS[state.is_acknowledged_in_time]))
    facts.append(fact(_("14 days"), PROMISE_LABELS[state.is_decided_in_time]))
    if suggestion.escalated_date:
        handed_up = formats.date_format(suggestion.escalated_date, "DATE_FORMAT")
        facts.append(fact(_("Handed up to the manager"), handed_up))
    if suggestion.merged_into:
        url = reverse("suggestions:detail", kwargs={"slug": slug, "code": suggestion.merged_into.code})
        facts.append(fact(_("Merged into"), suggestion.merged_into.code, url))
    if suggestion.project_code:
        facts.append(
            fact(
                _("Project"),
                suggestion.project_code,
                _address("projects:detail", slug, suggestion.project_code),
            )
        )
    if suggestion.hazard_code:
        facts.append(
            fact(_("Hazard"), suggestion.hazard_code, _address("safety:hazard", slug, suggestion.hazard_code))
        )
    return facts
