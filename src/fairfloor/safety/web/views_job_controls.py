"""Measures against one job risk, and rating it with them."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.organisations.public import local_day
from fairfloor.safety import services
from fairfloor.safety.labels import FIELD_LABELS, VERB_LABELS
from fairfloor.safety.models import Control, JobRisk
from fairfloor.safety.web.forms import ReasonForm
from fairfloor.safety.web.job_forms import ControlForm, DoneForm, RateForm
from fairfloor.safety.workflow import Method


def _live_risk(key: int) -> JobRisk:
    risk = JobRisk.objects.filter(pk=key, withdrawn_date__isnull=True).first()
    if risk is None:
        raise Http404
    return risk


def _control(key: int) -> Control:
    control = (
        Control.objects.filter(pk=key, dropped_date__isnull=True, risk__withdrawn_date__isnull=True)
        .select_related("risk")
        .first()
    )
    if control is None:
        raise Http404
    return control


def _back(slug: str, risk: JobRisk) -> dict[str, str]:
    return {
        "back_url": reverse("safety:job_risk", kwargs={"slug": slug, "code": risk.pk}),
        "back_label": risk.hazard,
        "submit_label": _("Save it"),
    }


def _stale(request, slug: str, risk: JobRisk):
    return stale_page(request, story(risk, VERB_LABELS, FIELD_LABELS, {}), _back(slug, risk)["back_url"])


@page("safety.write")
def control_add(request, slug, code):
    """Write down a measure."""
    risk = _live_risk(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ControlForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        is_in_place = values.pop("state") == "IN_PLACE"
        try:
            services.add_control(
                actor=request.actor,
                job_risk_id=risk.pk,
                control=services.AddedControl(is_in_place=is_in_place, **values),
                day=day,
                at=at,
            )
            return see_other("safety:job_risk", slug=slug, code=code)
        except services.HazardRefused as refused:
            if refused.field == "owner_name":
                form.add_error("owner_name", _("A planned measure needs somebody who sees to it. Write who."))
            elif refused.field == "due_date":
                form.add_error("due_date", _("A planned measure needs a day. Write by when."))
            else:
                form.add_error(refused.field, _("Please fill this in."))
    return form_page(request, form, _("Add a measure"), **_back(slug, risk))


@page("safety.write")
def control_done(request, slug, code):
    """A planned measure is in place."""
    control = _control(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    initial = {"done_date": day, "version": control.version}
    form = DoneForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.finish_control(
                actor=request.actor,
                control_id=control.pk,
                day=form.cleaned_data["done_date"],
                version=form.cleaned_data["version"],
                at=at,
            )
            return see_other("safety:job_risk", slug=slug, code=control.risk_id)
        except StaleEdit:
            return _stale(request, slug, control.risk)
    return form_page(
        request, form, _("The measure is in place"), lead=control.text, **_back(slug, control.risk)
    )


@page("safety.write")
def control_drop(request, slug, code):
    """A measure is not there any more, or will not come."""
    control = _control(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ReasonForm(request.POST or None, day=day, initial={"version": control.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.drop_control(
                actor=request.actor,
                control_id=control.pk,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                day=day,
                at=at,
            )
            return see_other("safety:job_risk", slug=slug, code=control.risk_id)
        except StaleEdit:
            return _stale(request, slug, control.risk)
    return form_page(request, form, _("Drop the measure"), lead=control.text, **_back(slug, control.risk))


@page("safety.write")
def job_risk_rate(request, slug, code):
    """Rate a risk with its measures in place."""
    risk = _live_risk(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    method = services.risk_method()
    initial = {"rated_date": day, "version": risk.version}
    prefix = "after_" if risk.after_method else ""
    if getattr(risk, f"{prefix}method") == method:
        for name in ("likelihood", "exposure", "severity"):
            value = getattr(risk, prefix + name)
            initial[name] = None if value is None else format(value.normalize(), "f")
    form = RateForm(request.POST or None, day=day, method=method, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.rate_job_risk(
                actor=request.actor,
                job_risk_id=risk.pk,
                method=method,
                likelihood=values["likelihood"],
                exposure=values["exposure"] if method == Method.LEC else None,
                severity=values["severity"],
                reason=values["reason"],
                day=values["rated_date"],
                at=at,
                version=values["version"],
            )
            return see_other("safety:job_risk", slug=slug, code=code)
        except services.HazardRefused:
            form.add_error(
                "reason",
                _("This is above the first rating. Say why it is greater with the measures in place."),
            )
        except StaleEdit:
            return _stale(request, slug, risk)
    return form_page(request, form, _("Rate it with the measures in place"), **_back(slug, risk))
