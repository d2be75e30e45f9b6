"""The register of incidents and near misses, and writing one down."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.files import FileRefused, discard_photo, kept_only_with, store_photo
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other
from fairfloor.organisations.public import department_names, local_day
from fairfloor.safety.incident_labels import (
    CLASS_LABELS,
    KIND_LABELS,
    STAGE_KINDS,
    STAGE_LABELS,
    class_or_kind,
    refusal_words,
)
from fairfloor.safety.incident_workflow import Kind, Stage
from fairfloor.safety.models import Hazard, Incident
from fairfloor.safety.services.incidents import IncidentRefused, near_miss_from_hazard, report_incident
from fairfloor.safety.web.incident_forms import NearMissForm, NewIncidentForm
from fairfloor.safety.web.views_hazards import safety_tabs


def explain(form, refused: IncidentRefused) -> None:
    """Say beside the field why the values cannot be kept."""
    field = refused.field if refused.field in form.fields and refused.field != "version" else None
    form.add_error(field, refusal_words(refused.field, refused.code))


def _listing(slug: str, names: dict[str, str]) -> Listing:
    return Listing(
        columns=[
            Column("what", _("What happened"), "description"),
            Column("code", _("Code"), "code", sortable_field="code"),
            Column("kind", _("Kind"), lambda row: class_or_kind(row.kind, row.injury_class)),
            Column(
                "state",
                _("State"),
                lambda row: (STAGE_KINDS[Stage(row.status)], STAGE_LABELS[Stage(row.status)]),
                "state",
            ),
            Column(
                "department", _("Department"), lambda row: names.get(row.department_code, row.department_code)
            ),
            Column("day", _("Happened on"), "incident_date", "date", sortable_field="incident_date"),
            Column("days", _("Days lost"), "days_lost", "number", is_key=False),
        ],
        filters=[
            ChoiceFilter("kind", _("Kind"), KIND_LABELS.items, lambda rows, v: rows.filter(kind=v)),
            ChoiceFilter(
                "class", _("How bad"), CLASS_LABELS.items, lambda rows, v: rows.filter(injury_class=v)
            ),
            ChoiceFilter("state", _("State"), STAGE_LABELS.items, lambda rows, v: rows.filter(status=v)),
            ChoiceFilter(
                "department", _("Department"), names.items, lambda rows, v: rows.filter(department_code=v)
            ),
        ],
        search_fields=["code", "description", "place"],
        default_sort="-day",
        row_url=lambda row: reverse("safety:incident", kwargs={"slug": slug, "code": row.code}),
    )


@page("safety.view_incidents")
def incident_list(request, slug):
    """All incidents and near misses."""
    context = {
        "tabs": safety_tabs(slug, "safety:incidents", request.actor),
        "near_miss_url": reverse("safety:near_miss", kwargs={"slug": slug}),
        "add_url": reverse("safety:incident_add", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
        "rates_url": reverse("safety:rates", kwargs={"slug": slug}),
        "participation_url": reverse("safety:participation", kwargs={"slug": slug}),
    }
    listing = _listing(slug, department_names(get_language() or "en"))
    return listing_page(
        request, listing, Incident.objects.all(), "safety/incident_list.html", context, file_name="incidents"
    )


def _add(request, slug: str, form, heading: str, lead: str, **fixed):
    at = timezone.now()
    day = local_day(request.enterprise, at)
    status = 422
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, **fixed}
        photo = values.pop("photo", None)
        try:
            stored = store_photo(photo, permission="safety.view_incidents") if photo else None
            with kept_only_with(stored):
                incident = report_incident(
                    actor=request.actor, day=day, at=at, photo_id=stored.pk if stored else None, **values
                )
            if stored and incident.photo_id != stored.pk:  # the form was sent twice
                discard_photo(stored)
            return see_other("safety:incident", slug=slug, code=incident.code)
        except FileRefused as refused:
            form.add_error("photo", refused.message())
            status = refused.status
        except IncidentRefused as refused:
            explain(form, refused)
    return form_page(
        request,
        form,
        heading,
        status=status,
        lead=lead,
        back_url=reverse("safety:incidents", kwargs={"slug": slug}),
        back_label=_("Incidents"),
        submit_label=_("Write it down"),
    )


@page("safety.view_incidents")
def near_miss(request, slug):
    """A near miss in three fields."""
    day = local_day(request.enterprise, timezone.now())
    form = NearMissForm(request.POST or None, day=day, initial={"incident_date": day})
    return _add(
        request,
        slug,
        form,
        _("Tell a near miss"),
        _("Nobody is blamed. What nearly happened today is what we can stop from happening tomorrow."),
        kind=Kind.NEAR_MISS.value,
    )


@page("safety.write")
def incident_add(request, slug):
    """An accident, an illness or damage."""
    day = local_day(request.enterprise, timezone.now())
    form = NewIncidentForm(
        request.POST or None, request.FILES or None, day=day, initial={"incident_date": day}
    )
    return _add(request, slug, form, _("Write down an incident"), "")


@require_POST
@page("safety.write")
def from_hazard(request, slug, code):
    """A hazard that already happened becomes a near miss."""
    at = timezone.now()
    try:
        incident = near_miss_from_hazard(
            actor=request.actor, hazard_code=code, day=local_day(request.enterprise, at), at=at
        )
    except Hazard.DoesNotExist as missing:
        raise Http404 from missing
    except MoveNotAllowed:  # withdrawn meanwhile: its page says so
        return see_other("safety:hazard", slug=slug, code=code)
    return see_other("safety:incident", slug=slug, code=incident.code)
