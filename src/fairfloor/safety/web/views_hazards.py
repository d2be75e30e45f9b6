"""The register of hazards, and reporting one."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import Actor, page
from fairfloor.core.files import FileRefused, discard_photo, kept_only_with, store_photo
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other
from fairfloor.organisations.public import LEVEL_LABELS, Level, department_names, local_day
from fairfloor.safety.labels import (
    BAND_KINDS,
    BAND_LABELS,
    CHANNEL_LABELS,
    STATUS_KINDS,
    STATUS_LABELS,
    category_choices,
    category_label,
    hazard_words,
)
from fairfloor.safety.models import Hazard
from fairfloor.safety.selectors import FINDER_WAITS, long_unchecked, long_unfixed, past_due, unanswered
from fairfloor.safety.services import report_hazard
from fairfloor.safety.web.forms import NewHazardForm
from fairfloor.safety.workflow import Channel, Status, hazard_rating


def safety_tabs(slug: str, current: str, actor: Actor | None = None) -> list[dict[str, object]]:
    """The registers of safety; incidents only for who may open them."""
    places = [
        ("safety:overview", _("Overview")),
        ("safety:hazards", _("Hazards")),
        ("safety:jobs", _("Jobs")),
        ("safety:job_risks", _("Job risks")),
        ("safety:risk_map", _("Risk map")),
    ]
    if actor is not None and actor.may("safety.view_incidents"):
        places.append(("safety:incidents", _("Incidents")))
    return [
        {"url": reverse(name, kwargs={"slug": slug}), "label": label, "is_current": name == current}
        for name, label in places
    ]


def _risk(row: Hazard) -> tuple[str, object] | None:
    rating = hazard_rating(row.likelihood, row.severity)
    return (BAND_KINDS[rating.band], BAND_LABELS[rating.band]) if rating else None


def _listing(slug: str, names: dict[str, str], day, may_see_finder: bool) -> Listing:
    columns = [
        Column("description", _("What is dangerous"), lambda row: hazard_words(row, may_see_finder)),
        Column("code", _("Code"), "code", sortable_field="code"),
        Column(
            "state",
            _("State"),
            lambda row: (STATUS_KINDS[Status(row.status)], STATUS_LABELS[Status(row.status)]),
            "state",
        ),
        Column("risk", _("Risk"), _risk, "state"),
        Column(
            "department", _("Department"), lambda row: names.get(row.department_code, row.department_code)
        ),
        Column("category", _("Kind"), lambda row: category_label(row.category), is_key=False),
        Column("found", _("Found on"), "found_date", "date", sortable_field="found_date"),
        Column("due", _("To be fixed by"), "due_date", "date", sortable_field="due_date"),
        Column("fixed", _("Fixed on"), "fixed_date", "date", is_key=False),
    ]
    filters = [
        ChoiceFilter(
            "back",
            _("Came back"),
            lambda: [("yes", _("Came back")), ("urgent", _("Somebody could get hurt now"))],
            lambda rows, value: (
                rows.filter(is_urgent=True) if value == "urgent" else rows.filter(recurrence_of__isnull=False)
            ),
        ),
        ChoiceFilter(
            "channel", _("How reported"), CHANNEL_LABELS.items, lambda rows, v: rows.filter(channel=v)
        ),
        ChoiceFilter(
            "answer",
            _("Answer"),
            lambda: [
                ("waiting", _("The finder waits for an answer")),
                ("unanswered", _("No answer for 14 days")),
            ],
            lambda rows, value: rows.filter(unanswered(day) if value == "unanswered" else FINDER_WAITS),
        ),
        ChoiceFilter("state", _("State"), STATUS_LABELS.items, lambda rows, value: rows.filter(status=value)),
        ChoiceFilter(
            "department", _("Department"), names.items, lambda rows, v: rows.filter(department_code=v)
        ),
        ChoiceFilter("kind", _("Kind"), category_choices, lambda rows, v: rows.filter(category=v)),
        ChoiceFilter(
            "due",
            _("Due"),
            lambda: [
                ("late", _("Past its day")),
                ("older", _("Long past its day")),
                ("unchecked", _("Fixed long ago, not looked at")),
            ],
            lambda rows, value: rows.filter(
                {"older": long_unfixed, "unchecked": long_unchecked}.get(value, past_due)(day)
            ),
        ),
    ]
    if may_see_finder:
        columns.insert(
            -1,
            Column("level", _("Found by"), lambda row: LEVEL_LABELS.get(row.level, row.level), is_key=False),
        )
        filters.append(
            ChoiceFilter(
                "level",
                _("Found by"),
                lambda: [(each, LEVEL_LABELS[each]) for each in Level],
                lambda rows, value: rows.filter(level=value),
            )
        )
    return Listing(
        columns=columns,
        filters=filters,
        search_fields=["code", "description"] if may_see_finder else ["code"],
        default_sort="-found",
        row_url=lambda row: reverse("safety:hazard", kwargs={"slug": slug, "code": row.code}),
    )


@page("safety.view")
def hazard_list(request, slug):
    """All hazards."""
    names = department_names(get_language() or "en")
    day = local_day(request.enterprise, timezone.now())
    may_see_finder = request.actor.may("safety.view_finder")
    listing = _listing(slug, names, day, may_see_finder)
    context = {
        "tabs": safety_tabs(slug, "safety:hazards", request.actor),
        "assign_url": reverse("safety:hazards_assign", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
        "report_url": reverse("safety:report", kwargs={"slug": slug})
        if request.actor.may("safety.report")
        else "",
    }
    return listing_page(
        request, listing, Hazard.objects.all(), "safety/hazard_list.html", context, file_name="hazards"
    )


def _meeting_url(slug: str, code: str) -> str:
    """Address of the meeting a hazard was named in; empty where it was named elsewhere."""
    try:
        return reverse("teams:meeting_by_code", kwargs={"slug": slug, "code": code}) if code else ""
    except NoReverseMatch:
        return ""


@page("safety.report")
def hazard_report(request, slug):
    """Write down a hazard somebody found."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    status = 422
    first = {"found_date": day, "meeting": request.GET.get("meeting", "")[:40]}
    form = NewHazardForm(request.POST or None, request.FILES or None, day=day, initial=first)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        photo, found = values.pop("photo"), values.pop("found_date")
        values["source_code"] = values.pop("meeting")
        values["source"] = Channel.MEETING if values["source_code"] else Channel.STAFF
        try:
            stored = store_photo(photo, permission="safety.view") if photo else None
            with kept_only_with(stored):
                hazard = report_hazard(
                    actor=request.actor, day=found, at=at, photo_id=stored.pk if stored else None, **values
                )
            if stored and hazard.photo_id != stored.pk:  # the form was sent twice
                discard_photo(stored)
            return see_other("safety:hazard", slug=slug, code=hazard.code)
        except FileRefused as refused:
            form.add_error("photo", refused.message())
            status = refused.status
    meeting_url = _meeting_url(slug, form["meeting"].value() or "")
    return form_page(
        request,
        form,
        _("Report a hazard"),
        status=status,
        back_url=meeting_url or reverse("safety:hazards", kwargs={"slug": slug}),
        back_label=_("Back to the agenda") if meeting_url else _("Hazards"),
        submit_label=_("Report it"),
    )
