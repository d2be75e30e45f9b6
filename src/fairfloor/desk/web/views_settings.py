"""What the factory is called and how it counts; and the record of who did what."""

from datetime import UTC, date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.access import page
from fairfloor.core.models import AuditEvent
from fairfloor.core.ui.listing import Column, Listing, listing_page
from fairfloor.desk.verbs import actor_words, verb_words
from fairfloor.desk.web.forms import ProfileForm
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import update_enterprise
from fairfloor.projects.public import has_amounts


@page("enterprise.manage")
def profile(request, slug):
    """Names, clock, currency, languages and report period."""
    enterprise = request.enterprise
    names = [name for name in ProfileForm.base_fields if name != "languages"]
    initial = {name: getattr(enterprise, name) for name in names}
    initial["languages"] = enterprise.languages.split(";")
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, initial=initial, is_currency_in_use=bool(enterprise.currency) and has_amounts())
    if form.is_bound and form.is_valid():
        update_enterprise(
            actor=request.actor, enterprise_id=enterprise.id, at=timezone.now(), **form.profile()
        )
        messages.success(request, _("Your changes are kept."))
        response = HttpResponseRedirect(reverse("desk:settings", kwargs={"slug": slug}))
        response.status_code = 303
        return response
    context = {"form": form, "tabs": settings_tabs(request, "settings")}
    return render(request, "desk/settings_profile.html", context, status=422 if form.is_bound else 200)


def _listing() -> Listing:
    def when(event: AuditEvent) -> str:
        if event.actor_kind == "worker":
            # A worker's act keeps only its day, so no time is shown.
            return date_format(timezone.localtime(event.at), "DATE_FORMAT")
        return date_format(timezone.localtime(event.at), "DATETIME_FORMAT")

    return Listing(
        columns=[
            Column("at", gettext_lazy("When"), when),
            Column("who", gettext_lazy("Who"), actor_words),
            Column("what", gettext_lazy("What"), lambda event: verb_words(event.verb)),
            Column(
                "detail",
                gettext_lazy("Details"),
                lambda event: ", ".join(
                    f"{key}: {value}" for key, value in event.detail.items() if value != ""
                ),
                is_key=False,
            ),
        ],
        sorts={"at": "at"},
        default_sort="-at",
    )


@page("enterprise.view_record")
def record(request, slug):
    """Who did what in this factory, newest first; one day when the address asks for it."""
    events = AuditEvent.objects.all()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        # In UTC here and not in the query: the first and the last days of the calendar have no such moment.
        start = datetime.combine(day, time(), timezone.get_current_timezone()).astimezone(UTC)
        events = events.filter(at__gte=start, at__lt=start + timedelta(days=1))
    except (ValueError, OverflowError):
        day = None
    context = {"tabs": settings_tabs(request, "record"), "day": day}
    return listing_page(request, _listing(), events, "desk/settings_record.html", context, file_name="record")
