"""Around the hazards: deadlines, many at once, dangers that came back."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.conversations.public import ThreadFull
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.records import form_page, see_other, stale_page
from fairfloor.organisations.public import department_names, local_day
from fairfloor.safety import services
from fairfloor.safety.models import Hazard
from fairfloor.safety.selectors import fix_days
from fairfloor.safety.web.forms import AssignManyForm, DaysForm
from fairfloor.safety.web.views_hazard import find_hazard, hazard_page, hazard_story
from fairfloor.safety.workflow import Status, fix_due

SHOWN_AT_ONCE = 100


@page("safety.correct")
def days_page(request, slug):
    """Set the days to fix a hazard, by its rating."""
    form = DaysForm(request.POST or None, initial={k.lower(): v for k, v in fix_days().items()})
    if request.method == "POST" and form.is_valid():
        days = {name.upper(): value for name, value in form.cleaned_data.items()}
        try:
            services.set_fix_days(actor=request.actor, days=days, at=timezone.now())
            return see_other("safety:overview", slug=slug)
        except services.HazardRefused:
            form.add_error(None, _("A worse hazard cannot have more days than a lesser one."))
    return form_page(
        request,
        form,
        _("Days to fix a hazard"),
        back_url=reverse("safety:overview", kwargs={"slug": slug}),
        back_label=_("Overview"),
        submit_label=_("Save the days"),
        lead=_("They hold for hazards reported or rated from now on."),
    )


@page("safety.write")
def assign_page(request, slug):
    """Give several hazards nobody has yet to one person."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    free = Hazard.objects.filter(status__in=(Status.OPEN, Status.TRIAGED)).order_by("due_date", "id")
    choices = [(row.code, f"{row.code} · {row.description[:80]}") for row in free[:SHOWN_AT_ONCE]]
    first = {"due_date": fix_due(day, None, fix_days())}
    form = AssignManyForm(request.POST or None, initial=first, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_many(actor=request.actor, at=at, **form.cleaned_data)
            return see_other("safety:hazards", slug=slug)
        except (services.HazardRefused, MoveNotAllowed):
            form.add_error("codes", _("Somebody else took one of them meanwhile. Look at the list again."))
    return form_page(
        request,
        form,
        _("Give several hazards to somebody"),
        back_url=reverse("safety:hazards", kwargs={"slug": slug}),
        back_label=_("Hazards"),
        submit_label=_("Give them"),
    )


@require_POST
@page("safety.write")
def link_page(request, slug, code):
    """Say that a hazard is an earlier one come back."""
    hazard = Hazard.objects.filter(code=code).first()
    earlier, version = request.POST.get("earlier_code", ""), request.POST.get("version", "")
    if hazard is None or not version.isascii() or not version.isdigit():
        raise Http404
    try:
        services.link_recurrence(
            actor=request.actor,
            hazard_id=hazard.pk,
            earlier_code=earlier,
            at=timezone.now(),
            version=int(version),
        )
    except services.HazardRefused as refused:
        raise Http404 from refused
    except StaleEdit:
        names = department_names(get_language() or "en")
        url = reverse("safety:hazard", kwargs={"slug": slug, "code": code})
        return stale_page(request, hazard_story(hazard, names), url)
    return see_other("safety:hazard", slug=slug, code=code)


LONGEST_ANSWER = 4000


@require_POST
@page("safety.write")
def answer_page(request, slug, code):
    """Write to the finder, who reads it with the receipt."""
    hazard, now = find_hazard(code), timezone.now()
    text = request.POST.get("answer", "").replace("\r\n", "\n").replace("\x00", "").strip()
    version = request.POST.get("version", "")
    problem = ""
    if not text:
        problem = _("Write the answer first.")
    elif len(text) > LONGEST_ANSWER:
        problem = _("This is too long. Please shorten it to %(limit)s characters.") % {
            "limit": LONGEST_ANSWER
        }
    else:
        try:
            services.answer_finder(
                actor=request.actor,
                hazard_id=hazard.pk,
                text=text,
                day=local_day(request.enterprise, now),
                at=now,
                version=int(version)
                if version.isascii() and version.isdigit() and len(version) < 10
                else None,
            )
            return see_other("safety:hazard", slug=slug, code=code)
        except StaleEdit:
            names = department_names(get_language() or "en")
            url = reverse("safety:hazard", kwargs={"slug": slug, "code": code})
            return stale_page(request, hazard_story(hazard, names), url)
        except services.HazardRefused as refused:
            raise Http404 from refused  # nobody is at the other end
        except ThreadFull:
            problem = _("This conversation is full.")
    return hazard_page(request, slug, hazard, status=422, problem=problem, written=text)
