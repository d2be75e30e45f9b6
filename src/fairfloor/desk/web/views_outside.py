"""What the factory shows to organisations outside, and the looks administrators took."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.desk.services import give_grants
from fairfloor.desk.web.forms import GrantForm
from fairfloor.desk.web.settings_tabs import settings_tabs
from fairfloor.organisations.public import (
    DATA_CLASS_LABELS,
    DataClass,
    Grant,
    SupportSession,
    end_support_session,
    grants,
    local_day,
    organisations,
    revoke_grant,
    support_sessions,
)

SHOWS = {
    DataClass.FIGURES: gettext_lazy(
        "The headline figures with their course, and the case reports. No single record, no name."
    ),
    DataClass.IMPROVEMENT: gettext_lazy(
        "Projects, the team with its members' names and meetings, and the trainings held."
    ),
    DataClass.SAFETY: gettext_lazy(
        "Hazards and job risks with what was done about them, without who found them."
    ),
}
NEVER = gettext_lazy("Never shown, whatever you choose: workers' words, survey answers, people, pay.")


def _state(grant: Grant, day):
    if grant.revoked_at:
        return "quiet", _("Revoked")
    if grant.to_date < day:
        return "quiet", _("Ended")
    if grant.from_date > day:
        return "plain", _("Not yet begun")
    return "good", _("In force")


def _row(grant: Grant, day) -> dict:
    return {
        "grant": grant,
        "label": DATA_CLASS_LABELS[grant.data_class],
        "state": _state(grant, day),
        "is_open": not grant.revoked_at and grant.to_date >= day,
    }


@page("enterprise.grant")
def grant_list(request, slug):
    """Grants in force and past, a form for a new one, and support sessions."""
    now = timezone.now()
    day = local_day(request.enterprise, now)
    known = organisations()
    initial = {"from_date": day, "to_date": day + timedelta(days=365)}
    form = GrantForm(request.POST if request.method == "POST" else None, initial=initial, organisations=known)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        give_grants(
            actor=request.actor,
            organisation_id=values["organisation"],
            data_classes=values["data_classes"],
            from_date=values["from_date"],
            to_date=values["to_date"],
            at=now,
        )
        messages.success(request, _("From its first day on, the organisation sees what you chose."))
        return _back(slug)
    sessions = [{"session": each, "is_open": each.until_at > now} for each in support_sessions()]
    context = {
        "form": form,
        "rows": [_row(each, day) for each in grants()],
        "has_organisations": bool(known),
        "shows": [(DATA_CLASS_LABELS[each], SHOWS[each]) for each in DataClass],
        "never": NEVER,
        "sessions": sessions,
        "tabs": settings_tabs(request, "outside"),
    }
    return render(request, "desk/settings_outside.html", context, status=422 if form.is_bound else 200)


def _back(slug):
    response = HttpResponseRedirect(reverse("desk:outside", kwargs={"slug": slug}))
    response.status_code = 303
    return response


@page("enterprise.grant")
@require_POST
def grant_revoke(request, slug, grant_id):
    """Take a grant back at once."""
    try:
        revoke_grant(actor=request.actor, grant_id=grant_id, at=timezone.now())
    except Grant.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The organisation sees this no more."))
    return _back(slug)


@page("enterprise.manage_members")
@require_POST
def support_end(request, slug, session_id):
    """End an administrator's look before its time."""
    try:
        end_support_session(actor=request.actor, session_id=session_id, at=timezone.now())
    except SupportSession.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The support session has ended."))
    return _back(slug)
