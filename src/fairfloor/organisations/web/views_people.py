"""The roster and the workforce snapshots."""

from __future__ import annotations

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import upload_url
from fairfloor.organisations.codes import Level, Sex
from fairfloor.organisations.labels import LEVEL_LABELS, SEX_LABELS
from fairfloor.organisations.models import Worker, WorkforceCount
from fairfloor.organisations.selectors import department_names


def people_tabs(request, slug: str, current: str) -> list[dict[str, object]]:
    """The registers about people that this person may open."""
    places = (
        ("organisations:people", _("People"), "enterprise.view_roster"),
        ("organisations:departments", _("Departments"), "enterprise.view_departments"),
        ("organisations:workforce", _("Workforce snapshots"), "enterprise.view_workforce"),
    )
    return [
        {"url": reverse(name, kwargs={"slug": slug}), "label": label, "is_current": name == current}
        for name, label, permission in places
        if request.actor.may(permission)
    ]


def _group_filters(names: dict[str, str]) -> list[ChoiceFilter]:
    return [
        ChoiceFilter(
            "department", _("Department"), names.items, lambda rows, v: rows.filter(department_code=v)
        ),
        ChoiceFilter(
            "level",
            _("Level"),
            lambda: [(each, LEVEL_LABELS[each]) for each in Level],
            lambda rows, value: rows.filter(level=value),
        ),
        ChoiceFilter(
            "sex",
            _("Sex"),
            lambda: [(each, SEX_LABELS[each]) for each in Sex],
            lambda rows, value: rows.filter(sex=value),
        ),
    ]


def _group_columns(names: dict[str, str]) -> list[Column]:
    return [
        Column(
            "department", _("Department"), lambda row: names.get(row.department_code, row.department_code)
        ),
        Column("level", _("Level"), lambda row: LEVEL_LABELS.get(row.level, row.level)),
        Column("sex", _("Sex"), lambda row: SEX_LABELS.get(row.sex, row.sex)),
    ]


@page("enterprise.view_roster")
def people_list(request, slug):
    """Everybody on the roster."""
    names = department_names(get_language() or "en")
    listing = Listing(
        columns=[
            Column("name", _("Name"), lambda row: row.name or row.code, sortable_field="name"),
            Column("code", _("Code"), "code", sortable_field="code"),
            *_group_columns(names),
            Column("job", _("Job"), "job", is_key=False),
        ],
        filters=_group_filters(names),
        search_fields=["code", "name", "job"],
        default_sort="name",
    )
    context = {
        "tabs": people_tabs(request, slug, "organisations:people"),
        "nothing": _("Nobody is on the roster yet. Bring it in under Registers, sheet People."),
        "upload_url": upload_url(request, slug),
    }
    return listing_page(
        request,
        listing,
        Worker.objects.all(),
        "organisations/register_list.html",
        context,
        file_name="people",
    )


@page("enterprise.view_workforce")
def workforce_list(request, slug):
    """The lines of all workforce snapshots."""
    names = department_names(get_language() or "en")

    def days() -> list[tuple[str, str]]:
        found = WorkforceCount.objects.order_by("-snapshot_date").values_list("snapshot_date", flat=True)
        return [(day.isoformat(), formats.date_format(day, "DATE_FORMAT")) for day in found.distinct()[:40]]

    listing = Listing(
        columns=[
            Column(
                "day",
                _("Day"),
                lambda row: formats.date_format(row.snapshot_date, "DATE_FORMAT"),
                sortable_field="snapshot_date",
            ),
            *_group_columns(names),
            Column("contract", _("Contract"), "contract", is_key=False),
            Column("headcount", _("People"), "headcount", "number", sortable_field="headcount"),
        ],
        filters=[
            ChoiceFilter("day", _("Day"), days, lambda rows, value: rows.filter(snapshot_date=value)),
            *_group_filters(names),
        ],
        default_sort="-day",
    )
    context = {
        "tabs": people_tabs(request, slug, "organisations:workforce"),
        "nothing": _("There is no workforce snapshot yet. Bring one in under Registers, sheet Workforce."),
        "upload_url": upload_url(request, slug),
    }
    return listing_page(
        request,
        listing,
        WorkforceCount.objects.all(),
        "organisations/register_list.html",
        context,
        file_name="workforce",
    )
