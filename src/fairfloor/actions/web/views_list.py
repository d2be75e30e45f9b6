"""The register of actions: open, mine, overdue, all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.actions.labels import STATUS_LABELS, about_link, state_of
from fairfloor.actions.models import ActionItem
from fairfloor.actions.workflow import Status
from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.organisations.public import local_day


def _listing(slug: str, day: date) -> Listing:
    return Listing(
        columns=[
            Column("text", gettext_lazy("What is to be done"), "text"),
            Column("owner", gettext_lazy("Who"), "owner_name", sortable_field="owner_name"),
            Column("due", gettext_lazy("By when"), "due_date", kind="date", sortable_field="due_date"),
            Column("state", gettext_lazy("State"), lambda row: state_of(row, day), kind="state"),
            Column(
                "about",
                gettext_lazy("Belongs to"),
                lambda row: about_link(slug, row),
                kind="link",
                is_key=False,
            ),
        ],
        filters=[
            ChoiceFilter(
                "status",
                gettext_lazy("State"),
                lambda: STATUS_LABELS.items(),
                lambda rows, value: rows.filter(status=value),
            )
        ],
        search_fields=["text", "owner_name", "code"],
        default_sort="due",
        row_url=lambda row: reverse("actions:detail", kwargs={"slug": slug, "code": row.code}),
    )


def _narrowed(view: str, user_id: int | None, day: date) -> QuerySet[ActionItem]:
    rows = ActionItem.objects.all()
    if view == "mine":
        return rows.filter(owner_user_id=user_id, status=Status.OPEN)
    if view == "overdue":
        return rows.filter(status=Status.OPEN, due_date__lt=day)
    if view == "all":
        return rows
    return rows.filter(status=Status.OPEN)


@page("actions.view")
def action_list(request, slug):
    """All actions, or those of one view."""
    day = local_day(request.enterprise, timezone.now())
    user_id = request.actor.user_id
    view = request.GET.get("view", "")
    if view not in {"mine", "overdue", "all"}:
        view = "open"
    is_open = Q(status=Status.OPEN)
    counts = ActionItem.objects.aggregate(
        open=Count("id", filter=is_open),
        mine=Count("id", filter=is_open & Q(owner_user_id=user_id)),
        overdue=Count("id", filter=is_open & Q(due_date__lt=day)),
    )
    words = {"open": _("Open"), "mine": _("Mine"), "overdue": _("Overdue"), "all": _("All")}
    tabs = [
        {
            "url": "?" if name == "open" else f"?view={name}",
            "label": label,
            "count": counts.get(name),
            "is_current": name == view,
        }
        for name, label in words.items()
    ]
    listing = _listing(slug, day)
    if view != "all":
        listing = replace(listing, filters=())
    return listing_page(
        request,
        listing,
        _narrowed(view, user_id, day),
        "actions/action_list.html",
        {"tabs": tabs, "view": view, "may_write": request.actor.may("actions.write")},
        file_name="actions",
    )
