"""The register of suggestions, and the page on which new ones are sorted many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.organisations.public import LEVEL_LABELS, department_names, local_day
from fairfloor.suggestions import selectors
from fairfloor.suggestions.labels import CHANNEL_LABELS, STATUS_KINDS, STATUS_LABELS, category_labels, options
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.services import acknowledge_suggestions, let_in, take_many_to_meeting
from fairfloor.suggestions.workflow import Status, acknowledge_due, decision_due

SORTED_AT_ONCE = 50
TABS = (
    ("waiting", gettext_lazy("Waits for an answer")),
    ("meeting", gettext_lazy("For the meeting")),
    ("doing", gettext_lazy("Accepted")),
    ("done", gettext_lazy("Done")),
    ("held", gettext_lazy("Held back")),
    ("all", gettext_lazy("All")),
)
PERIODS = (
    ("30", gettext_lazy("Last 30 days")),
    ("90", gettext_lazy("Last 90 days")),
    ("365", gettext_lazy("Last 12 months")),
)
UNANSWERED = ("unanswered", gettext_lazy("No answer for 14 days"))
OLDER = ("older", gettext_lazy("Long past its day"))


def _name(row: Suggestion) -> str:
    text = row.title or row.text
    return text if len(text) <= 110 else text[:109].rstrip() + "…"


def _state(row: Suggestion) -> tuple[str, object]:
    if row.conversation and row.conversation.is_waiting and row.status not in {Status.NEW, Status.WITHDRAWN}:
        return "wait", _("%(status)s · asks back") % {"status": STATUS_LABELS[Status(row.status)]}
    return STATUS_KINDS[Status(row.status)], STATUS_LABELS[Status(row.status)]


def _due(row: Suggestion) -> object:
    if row.status not in {Status.NEW, Status.IN_MEETING}:
        return None
    is_unread = row.acknowledged_date is None and row.status == Status.NEW
    return acknowledge_due(row.submitted_date) if is_unread else decision_due(row.submitted_date)


def _listing(slug: str, language: str, day: date, default_sort: str) -> Listing:
    """The list in the reader's language; names of departments and categories are looked up once for all rows."""
    departments, categories = department_names(language), category_labels(language)

    def since(rows, days: str):
        if days == UNANSWERED[0]:
            return rows.filter(selectors.unanswered(day))
        if days == OLDER[0]:
            return rows.filter(selectors.long_late(day))
        return rows.filter(submitted_date__gt=day - timedelta(days=int(days)))

    return Listing(
        columns=[
            Column("name", gettext_lazy("Idea"), _name),
            Column("state", gettext_lazy("State"), _state, kind="state", sortable_field="status"),
            Column(
                "date", gettext_lazy("Date"), "submitted_date", kind="date", sortable_field="submitted_date"
            ),
            Column("due", gettext_lazy("Due"), _due, kind="date"),
            Column(
                "department",
                gettext_lazy("Department"),
                lambda row: departments.get(row.department_code, row.department_code),
            ),
            Column(
                "category",
                gettext_lazy("About"),
                lambda row: categories.get(row.category, row.category),
                is_key=False,
            ),
            Column("code", gettext_lazy("Code"), "code", sortable_field="code"),
        ],
        filters=[
            ChoiceFilter(
                "state",
                gettext_lazy("State"),
                lambda: options(STATUS_LABELS),
                lambda r, v: r.filter(status=v),
            ),
            ChoiceFilter(
                "department",
                gettext_lazy("Department"),
                departments.items,
                lambda r, v: r.filter(department_code=v),
            ),
            ChoiceFilter(
                "category", gettext_lazy("About"), categories.items, lambda r, v: r.filter(category=v)
            ),
            ChoiceFilter(
                "level", gettext_lazy("Level"), lambda: options(LEVEL_LABELS), lambda r, v: r.filter(level=v)
            ),
            ChoiceFilter(
                "channel",
                gettext_lazy("How it came"),
                lambda: options(CHANNEL_LABELS),
                lambda r, v: r.filter(channel=v),
            ),
            ChoiceFilter("period", gettext_lazy("Period"), lambda: (*PERIODS, UNANSWERED, OLDER), since),
        ],
        search_fields=["code", "title", "text", "translation"],
        default_sort=default_sort,
        row_url=lambda row: reverse("suggestions:detail", kwargs={"slug": slug, "code": row.code}),
    )


def _tabs(slug: str, current: str) -> Iterable[dict[str, object]]:
    url = reverse("suggestions:list", kwargs={"slug": slug})
    for name, label in TABS:
        yield {"url": f"{url}?view={name}", "label": label, "count": None, "is_current": name == current}


@page("suggestions.view")
def suggestion_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for an answer first; the other views behind tabs."""
    view = request.GET.get("view", "waiting")
    if view not in selectors.VIEWS:
        view = "waiting"
    day = local_day(request.enterprise, timezone.now())
    # What waits longest comes first where people wait.
    order = "date" if view in {"waiting", "meeting"} else "-date"
    listing = _listing(slug, get_language() or "en", day, order)
    context = {
        "tabs": list(_tabs(slug, view)),
        "view": view,
        "may_enter": request.actor.may("suggestions.enter"),
    }
    context["may_triage"] = request.actor.may("suggestions.triage")
    return listing_page(
        request,
        listing,
        selectors.in_view(view),
        "suggestions/suggestion_list.html",
        context,
        file_name="suggestions",
    )


@page("suggestions.triage")
def suggestion_sort(request: HttpRequest, slug: str) -> HttpResponse:
    """New ideas in full, the oldest first: tick several, then show them as read or take them to the meeting."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    problem, is_held = "", request.GET.get("view") == "held"
    if request.method == "POST":
        # Longer numbers are no keys, and a database cannot even compare them.
        ticked = [v for v in request.POST.getlist("id") if v.isascii() and v.isdigit() and len(v) < 19]
        ids = [int(value) for value in ticked]
        act = {"acknowledge": acknowledge_suggestions, "meeting": take_many_to_meeting}.get(
            request.POST.get("act", "")
        )
        if ids and request.POST.get("act") == "let_in":
            count = let_in(actor=request.actor, suggestion_ids=ids[:SORTED_AT_ONCE], day=day, at=now)
            text = ngettext("%(count)s idea is let in.", "%(count)s ideas are let in.", count)
            messages.success(request, text % {"count": count})
            return HttpResponseRedirect(request.get_full_path(), status=303)
        if ids and act:
            count = act(actor=request.actor, suggestion_ids=ids[:SORTED_AT_ONCE], day=day, at=now)
            if act is acknowledge_suggestions:
                text = ngettext(
                    "%(count)s writer sees that the idea was read.",
                    "%(count)s writers see that their ideas were read.",
                    count,
                )
            else:
                text = ngettext(
                    "%(count)s idea is on the agenda.", "%(count)s ideas are on the agenda.", count
                )
            messages.success(request, text % {"count": count})
            return HttpResponseRedirect(request.path, status=303)
        problem = _("Tick at least one idea first.")
    language = get_language() or "en"
    context = {
        "rows": selectors.held(SORTED_AT_ONCE) if is_held else selectors.for_triage(SORTED_AT_ONCE),
        "is_held": is_held,
        "departments": department_names(language),
        "categories": category_labels(language),
        "day": day,
        "problem": problem,
    }
    return render(request, "suggestions/suggestion_sort.html", context, status=422 if problem else 200)
