"""The first page: what is due, where to begin, the rounds walked."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fairfloor.checklists.catalog import checklists
from fairfloor.checklists.labels import (
    KIND_LABELS,
    ROUND_KINDS,
    ROUND_LABELS,
    area_names,
    checklist_names,
    in_words,
)
from fairfloor.checklists.models import WalkRound
from fairfloor.checklists.selectors import due_rounds
from fairfloor.checklists.web.pages import tabs
from fairfloor.checklists.workflow import Kind, RoundStatus
from fairfloor.core.access import page
from fairfloor.core.ui.formatting import format_share
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.organisations.public import local_day


def _score(row: WalkRound) -> Any:
    return format_share(row.points / row.points_possible if row.points_possible else None)


def _listing(slug: str, names: dict[str, str], areas: dict[str, str]) -> Listing:
    return Listing(
        columns=[
            Column(
                "finished",
                _("Day"),
                "finished_date",
                kind="date",
                sortable_field="finished_date",
                is_key=True,
            ),
            Column("area", pgettext("place", "Area"), lambda row: areas.get(row.area_code, row.area_code)),
            Column("list", _("Checklist"), lambda row: names.get(row.checklist_code, row.checklist_code)),
            Column("score", _("Score"), _score),
            Column("auditor", _("Walked by"), "auditor_name", is_key=False),
            Column(
                "status",
                _("State"),
                lambda row: (
                    ROUND_KINDS[RoundStatus(row.status)],
                    str(ROUND_LABELS[RoundStatus(row.status)]),
                ),
                kind="state",
                is_key=False,
            ),
        ],
        filters=[
            ChoiceFilter(
                "kind", _("Kind"), lambda: KIND_LABELS.items(), lambda rows, value: rows.filter(kind=value)
            ),
            ChoiceFilter(
                "area",
                pgettext("place", "Area"),
                lambda: areas.items(),
                lambda rows, value: rows.filter(area_code=value),
            ),
        ],
        search_fields=["code", "auditor_name"],
        default_sort="-finished",
        row_url=lambda row: reverse("checklists:round", kwargs={"slug": slug, "code": row.code}),
    )


@page("checklists.view")
def hub(request, slug):
    """What is due, where to begin, and all rounds."""
    day = local_day(request.enterprise, timezone.now())
    lists = checklists()
    names, areas = checklist_names(lists), area_names()
    due = [
        {
            "url": reverse("checklists:run", kwargs={"slug": slug, "code": each.checklist.code})
            + f"?area={each.area_code}",
            "area": each.area_name,
            "list": in_words(each.checklist.name),
            "due_date": each.due_date,
            "is_late": each.due_date < day,
        }
        for each in due_rounds(day)
    ]
    kinds = [
        {
            "label": KIND_LABELS[kind],
            "lists": [
                {
                    "url": reverse("checklists:run", kwargs={"slug": slug, "code": code}),
                    "name": names[code],
                    "count": len(each.items),
                }
                for code, each in lists.items()
                if each.kind == kind
            ],
        }
        for kind in Kind
    ]
    context = {
        "tabs": tabs(slug, "checklists:hub"),
        "due": due,
        "kinds": kinds,
        "has_areas": bool(areas),
        "user_key": request.user.pk,
        "areas_url": reverse("checklists:areas", kwargs={"slug": slug}),
        "signed_in_url": reverse("checklists:signed_in", kwargs={"slug": slug}),
        "photo_url": reverse("checklists:photo", kwargs={"slug": slug}),
    }
    return listing_page(
        request,
        _listing(slug, names, areas),
        WalkRound.objects.defer("answers", "sections"),
        "checklists/hub.html",
        context,
        file_name="walk-rounds",
    )
