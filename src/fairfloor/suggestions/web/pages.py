"""What the pages about one suggestion share: finding it, and saying who was quicker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.models import AuditEvent
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names
from fairfloor.suggestions import selectors
from fairfloor.suggestions.labels import CHANNEL_LABELS, FIELD_LABELS, VERB_LABELS, category_labels
from fairfloor.suggestions.models import Suggestion


def find(code: str) -> Suggestion:
    """The suggestion of an address; another factory's is not there (404)."""
    suggestion = selectors.by_code(code)
    if suggestion is None:
        raise Http404
    return suggestion


def seen_version(request: HttpRequest) -> int | None:
    """The version the form was opened with; ``None`` when the form does not carry one."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def back_to(request: HttpRequest, code: str) -> HttpResponse:
    """To the suggestion's page, after a form (303)."""
    url = reverse("suggestions:detail", kwargs={"slug": request.enterprise.slug, "code": code})
    return HttpResponseRedirect(url, status=303)


@dataclass(frozen=True)
class Entry:
    """One line of a story, as core/includes/timeline.html draws it."""

    what: str
    who: str
    when: date | datetime
    detail: str
    is_exact: bool


def _value(field: str, value: str, departments: dict[str, str], categories: dict[str, str]) -> str:
    if value in {"", "None"}:
        return "–"
    tables: dict[str, dict[str, Any]] = {
        "department_code": departments,
        "category": categories,
        "sex": SEX_LABELS,
        "level": LEVEL_LABELS,
        "channel": CHANNEL_LABELS,
    }
    return str(tables.get(field, {}).get(value, value))


def story_entries(events: Iterable[AuditEvent], language: str) -> list[Entry]:
    """Recorded acts in words. A worker's act shows its day only; there is no time to show."""
    departments, categories = department_names(language), category_labels(language)
    entries = []
    for event in events:
        verb = event.verb.partition(".")[2]
        detail = event.detail or {}
        lines = []
        for name in ("reason", "project_code", "hazard_code", "merged_into"):
            if detail.get(name):
                label = FIELD_LABELS[name]
                lines.append(_("%(label)s: %(value)s") % {"label": label, "value": detail[name]})
        for field, (old, new) in detail.get("changes", {}).items():
            words = {
                "label": FIELD_LABELS.get(field, field),
                "old": _value(field, old, departments, categories),
                "new": _value(field, new, departments, categories),
            }
            lines.append(_("%(label)s: %(old)s → %(new)s") % words)
        is_worker = event.actor_kind == "worker"
        entries.append(
            Entry(
                what=str(VERB_LABELS.get(verb, verb)),
                who=_("The writer") if is_worker else event.actor_name,
                when=timezone.localtime(event.at).date() if is_worker else event.at,
                detail="\n".join(lines),
                is_exact=not is_worker,
            )
        )
    return entries


def stale_page(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Somebody was quicker: who, what, and the words that were not saved (409)."""
    suggestion = find(code)
    events = selectors.changes_since(suggestion, seen_version(request) or 0)
    kept = {
        name: value
        for name, value in request.POST.items()
        if name in {"text", "answer", "reason", "translation", "description"} and value.strip()
    }
    context = {"suggestion": suggestion, "entries": story_entries(events, language), "kept": kept}
    return render(request, "suggestions/suggestion_stale.html", context, status=409)
