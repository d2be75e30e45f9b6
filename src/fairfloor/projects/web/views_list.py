"""The register of projects, as a list and as a gallery of what was achieved."""

from django.db.models import Prefetch, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.organisations.public import department_names, local_day
from fairfloor.projects.behind import origin_sources
from fairfloor.projects.labels import (
    IN_PLACE_KINDS,
    IN_PLACE_LABELS,
    STATUS_KINDS,
    STATUS_LABELS,
    in_currency,
    module_name,
    saving_text,
    tag_choices,
    tag_names,
)
from fairfloor.projects.models import Benefit, ImprovementProject, Spread, Visit
from fairfloor.projects.selectors import hazards_counted, owner_names, suggestions_counted
from fairfloor.projects.web.photos import photo_pair
from fairfloor.projects.workflow import COMPLETED, OPEN, Status, is_late


def _narrow_status(rows, value):
    groups = {"open": OPEN, "finished": COMPLETED}
    return rows.filter(status__in=sorted(groups.get(value, {value})))


def _narrow_tag(rows, value):
    # Tags are kept with `;` between: a tag is a whole piece, so that "safety" does not find "safety-first".
    return rows.filter(
        Q(tags=value)
        | Q(tags__startswith=f"{value};")
        | Q(tags__endswith=f";{value}")
        | Q(tags__contains=f";{value};")
    )


def _state(project, day):
    if is_late(project.status, project.due_date, day):
        return "stop", _("%(status)s, late") % {"status": STATUS_LABELS[project.status]}
    return STATUS_KINDS[project.status], str(STATUS_LABELS[project.status])


def _listing(request, *, is_gallery=False):
    """The list for this reader; the gallery has the same filters but for the status."""
    language = get_language() or "en"
    slug, currency = request.enterprise.slug, request.enterprise.currency
    day = local_day(request.enterprise, timezone.now())
    departments = department_names(language)

    def statuses():
        yield "open", _("All unfinished")
        yield "finished", _("All finished")
        yield from STATUS_LABELS.items()

    filters = [
        ChoiceFilter("status", _("Status"), statuses, _narrow_status),
        ChoiceFilter(
            "department",
            _("Department"),
            departments.items,
            lambda rows, value: rows.filter(department_code=value),
        ),
        ChoiceFilter("tag", _("Tag"), lambda: tag_choices(language), _narrow_tag),
        ChoiceFilter(
            "owner",
            _("Owner"),
            lambda: [(name, name) for name in owner_names()],
            lambda rows, value: rows.filter(owner_name=value),
        ),
    ]
    return Listing(
        columns=[
            Column("title", _("Title"), "title", sortable_field="title"),
            Column("status", _("Status"), lambda row: _state(row, day), kind="state"),
            Column(
                "department",
                _("Department"),
                lambda row: departments.get(row.department_code, row.department_code),
            ),
            Column("owner", _("Owner"), "owner_name"),
            Column("start", _("Start"), "start_date", kind="date", sortable_field="start_date", is_key=False),
            Column("due", _("Due"), "due_date", kind="date", sortable_field="due_date"),
            Column(
                "saving",
                in_currency(_("Saving"), currency),
                lambda row: row.saving,
                kind="number",
                sortable_field="saving",
                is_key=False,
            ),
            Column("code", _("Code"), "code", sortable_field="code"),
        ],
        filters=filters[1:3] if is_gallery else filters,
        search_fields=["title", "code"],
        sorts={"finish": "finish_date"},
        default_sort="-finish" if is_gallery else "-start",
        page_size=12 if is_gallery else 25,
        row_url=lambda row: reverse("projects:detail", kwargs={"slug": slug, "code": row.code}),
    ), {"currency": currency, "language": language, "departments": departments}


def tabs(slug: str, current: str) -> list[dict]:
    """The views on improvement: the register, what was achieved, what it brought, the plans."""
    views = [
        ("list", _("List")),
        ("gallery", _("Before and after")),
        ("benefits", _("What they bring")),
        ("plans", _("Plans")),
    ]
    return [
        {
            "url": reverse(f"projects:{name}", kwargs={"slug": slug}),
            "label": label,
            "is_current": current == name,
        }
        for name, label in views
    ]


def _page_context(request, current):
    slug = request.enterprise.slug
    return {
        "can_write": request.actor.may("projects.write"),
        "new_url": reverse("projects:new", kwargs={"slug": slug}),
        "tabs": tabs(slug, current),
    }


@page("projects.view")
def project_list(request, slug):
    """All projects but the withdrawn, which one has to ask for."""
    listing, _words = _listing(request)
    rows = ImprovementProject.objects.all()
    if request.GET.get("status") != Status.WITHDRAWN:
        rows = rows.exclude(status=Status.WITHDRAWN)
    return listing_page(
        request,
        listing,
        rows,
        "projects/project_list.html",
        _page_context(request, "list"),
        file_name="projects",
    )


def _origins(request, projects):
    """What each project came from: (words, address or "") for each kind, the address only for who may read them."""
    may = request.actor.may
    kinds = [
        (
            suggestions_counted(projects),
            lambda count: ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count},
            "#suggestions-title",
            may("suggestions.view"),
        ),
        (
            hazards_counted(projects),
            lambda count: ngettext("%(count)s hazard", "%(count)s hazards", count) % {"count": count},
            "#hazards-title",
            may("safety.view"),
        ),
        *(
            (source.count(projects), source.count_words, "#origin-1", may(source.permission))
            for source in origin_sources()
        ),
    ]
    slug = request.enterprise.slug
    told = {}
    for project in projects:
        url = reverse("projects:detail", kwargs={"slug": slug, "code": project.code})
        told[project.pk] = [
            {"words": words(counts[project.pk]), "url": f"{url}{place}" if is_open else ""}
            for counts, words, place, is_open in kinds
            if counts.get(project.pk)
        ]
    return told


def _last_visit(project):
    """What was found at the latest look back, in words."""
    visits = list(project.visits.all())
    if not visits:
        return None
    last = visits[-1]
    return {
        "kind": IN_PLACE_KINDS[last.state],
        "label": IN_PLACE_LABELS[last.state],
        "months": last.after_months,
        "words": last.words,
    }


@page("projects.view")
def project_gallery(request, slug):
    """Finished projects with a pair of photos, as cards: where else it could work, and what a later look found."""
    listing, words = _listing(request, is_gallery=True)
    rows = ImprovementProject.objects.filter(
        status__in=sorted(COMPLETED), photo_before__isnull=False, photo_after__isnull=False
    ).prefetch_related(
        Prefetch("spreads", Spread.objects.order_by("department_code", "id")),
        Prefetch("visits", Visit.objects.order_by("after_months", "id")),
        Prefetch("benefits", Benefit.objects.order_by("id")),
    )
    shown = listing.page(rows, request.GET)
    origins = _origins(request, [row.item for row in shown.rows])
    cards = [
        {
            "url": row.url,
            "origins": origins[row.item.pk],
            "project": row.item,
            **photo_pair(slug, row.item),
            "state": _state(row.item, None),
            "place": words["departments"].get(row.item.department_code, row.item.department_code),
            "saving": saving_text(row.item, words["currency"]),
            "elsewhere": [
                {
                    "name": words["departments"].get(spread.department_code, spread.department_code),
                    "is_adopted": spread.is_adopted,
                }
                for spread in row.item.spreads.all()
            ],
            "elsewhere_url": reverse("projects:elsewhere", kwargs={"slug": slug, "code": row.item.code})
            if request.actor.may("projects.write")
            else "",
            "later": _last_visit(row.item),
            "tags": tag_names(row.item, words["language"]),
            "module": module_name(row.item.module, words["language"]) if row.item.module else "",
        }
        for row in shown.rows
    ]
    context = {**_page_context(request, "gallery"), "listing": shown, "cards": cards}
    return render(request, "projects/project_gallery.html", context)
