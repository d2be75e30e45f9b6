"""The register of job risks: list, one risk, add, correct, withdraw."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import day_words, form_page, see_other, stale_page, story
from fairfloor.measure.risk import RiskError
from fairfloor.organisations.public import LEVEL_LABELS, department_names, local_day
from fairfloor.safety import services
from fairfloor.safety.job_sheets import SCALES, scale_words
from fairfloor.safety.labels import (
    BAND_KINDS,
    BAND_LABELS,
    CONTROL_LABELS,
    FIELD_LABELS,
    METHOD_LABELS,
    VERB_LABELS,
    code_words,
)
from fairfloor.safety.models import JobRisk
from fairfloor.safety.web.forms import CorrectJobRiskForm, JobRiskForm, ReasonForm
from fairfloor.safety.web.views_hazards import safety_tabs
from fairfloor.safety.workflow import job_risk_rating, rests_on_ppe


def _rating(risk: JobRisk):
    try:
        return job_risk_rating(risk.method, risk.likelihood, risk.exposure, risk.severity)
    except RiskError:
        return None


def _band(risk: JobRisk) -> tuple[str, object] | None:
    rating = _rating(risk)
    return (BAND_KINDS[rating.band], BAND_LABELS[rating.band]) if rating else None


def _control(risk: JobRisk) -> object:
    return CONTROL_LABELS.get(risk.control_type, "")


def _listing(slug: str, names: dict[str, str], may_see_finder: bool) -> Listing:
    columns = [
        Column("hazard", _("Hazard"), "hazard"),
        Column("job", _("Job"), "job", sortable_field="job"),
        Column("step", _("Step"), "step"),
        Column("risk", _("Risk"), _band, "state"),
        Column("control", _("Kind of measure"), _control, is_key=False),
        Column(
            "department", _("Department"), lambda row: names.get(row.department_code, row.department_code)
        ),
        Column("assessed", _("Assessed on"), "assessed_date", "date", sortable_field="assessed_date"),
    ]
    if may_see_finder:
        columns.append(
            Column(
                "level",
                _("Seen by"),
                lambda row: LEVEL_LABELS.get(row.finder_level, row.finder_level),
                is_key=False,
            )
        )
    return Listing(
        columns=columns,
        filters=[
            ChoiceFilter(
                "department", _("Department"), names.items, lambda rows, v: rows.filter(department_code=v)
            ),
            ChoiceFilter(
                "control",
                _("Kind of measure"),
                CONTROL_LABELS.items,
                lambda rows, value: rows.filter(control_type=value),
            ),
            ChoiceFilter(
                "method", _("Method"), METHOD_LABELS.items, lambda rows, value: rows.filter(method=value)
            ),
        ],
        search_fields=["job", "step", "hazard", "control"],
        default_sort="-assessed",
        row_url=lambda row: reverse("safety:job_risk", kwargs={"slug": slug, "code": row.pk}),
    )


def _risk(key: int) -> JobRisk:
    risk = JobRisk.objects.filter(pk=key).first()
    if risk is None:
        raise Http404
    return risk


def _url(slug: str, key: int) -> str:
    return reverse("safety:job_risk", kwargs={"slug": slug, "code": key})


def _story(risk: JobRisk, names: dict[str, str]):
    return story(risk, VERB_LABELS, FIELD_LABELS, {**code_words(), **LEVEL_LABELS, **names})


@page("safety.view")
def job_risk_list(request, slug):
    """All job risks."""
    names = department_names(get_language() or "en")
    listing = _listing(slug, names, request.actor.may("safety.view_finder"))
    context = {
        "tabs": safety_tabs(slug, "safety:job_risks"),
        "add_url": reverse("safety:job_risk_add", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
    }
    rows = JobRisk.objects.filter(withdrawn_date__isnull=True)
    return listing_page(request, listing, rows, "safety/job_risk_list.html", context, file_name="job-risks")


@page("safety.view")
def job_risk_detail(request, slug, code):
    """One job risk."""
    risk = _risk(code)
    names = department_names(get_language() or "en")
    may_see_finder = request.actor.may("safety.view_finder")
    rating = _rating(risk)
    facts = [
        (_("Job"), risk.job),
        (_("Step"), risk.step),
        (_("Department"), names.get(risk.department_code, risk.department_code)),
        (_("Assessed on"), day_words(risk.assessed_date)),
        (_("Method"), METHOD_LABELS.get(risk.method, risk.method)),
        (_("Score"), format(rating.score.normalize(), "f") if rating else ""),
        (_("Kind of measure"), _control(risk)),
    ]
    if may_see_finder:
        facts.append((_("Seen by"), LEVEL_LABELS.get(risk.finder_level, risk.finder_level)))
    is_live = risk.withdrawn_date is None
    context = {
        "risk": risk,
        "band": _band(risk),
        "facts": facts,
        "rests_on_ppe": rests_on_ppe(rating, risk.control_type),
        "story": _story(risk, names) if may_see_finder else [],
        "back_url": reverse("safety:job_risks", kwargs={"slug": slug}),
        "correct_url": reverse("safety:job_risk_correct", kwargs={"slug": slug, "code": code})
        if is_live and request.actor.may("safety.write")
        else "",
        "withdraw_url": reverse("safety:job_risk_withdraw", kwargs={"slug": slug, "code": code})
        if is_live and request.actor.may("safety.correct")
        else "",
    }
    return render(request, "safety/job_risk_detail.html", context)


_REFUSED_FIELDS = {
    "LIKELIHOOD_OUTSIDE_SCALE": "likelihood",
    "EXPOSURE_OUTSIDE_SCALE": "exposure",
    "SEVERITY_OUTSIDE_SCALE": "severity",
    "EXPOSURE_MISSING": "exposure",
    "EXPOSURE_NOT_USED": "exposure",
}


def _explain(form: JobRiskForm, refused: Exception) -> None:
    """Say beside the field why the risk could not be kept."""
    if isinstance(refused, services.AlreadyRecorded):
        form.add_error(
            "hazard", _("This hazard of this step is recorded already. Open it and rate it again.")
        )
    elif isinstance(refused, RiskError):
        field = _REFUSED_FIELDS.get(refused.code, "method")
        allowed = SCALES.get(form.cleaned_data.get("method"), {}).get(field)
        if refused.code == "EXPOSURE_NOT_USED":
            form.add_error(field, _("The matrix has no exposure. Leave this empty, or choose LEC."))
        elif refused.code == "EXPOSURE_MISSING":
            form.add_error(field, _("LEC needs an exposure: %(values)s.") % {"values": scale_words(allowed)})
        else:
            form.add_error(field, _("Choose one of %(values)s.") % {"values": scale_words(allowed or ())})
    else:
        form.add_error(getattr(refused, "field", None), _("Please fill this in."))


_REFUSALS = (services.AlreadyRecorded, RiskError, services.HazardRefused)


@page("safety.write")
def job_risk_add(request, slug):
    """Record one risk of one step."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = JobRiskForm(request.POST or None, day=day, initial={"assessed_date": day})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        assessed = values.pop("assessed_date")
        try:
            risk = services.record_job_risk(actor=request.actor, day=assessed, at=at, **values)
            return see_other("safety:job_risk", slug=slug, code=risk.pk)
        except _REFUSALS as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Add a job risk"),
        back_url=reverse("safety:job_risks", kwargs={"slug": slug}),
        back_label=_("Job risks"),
        submit_label=_("Save it"),
    )


@page("safety.write")
def job_risk_correct(request, slug, code):
    """Correct a job risk or rate it again."""
    risk = _risk(code)
    if risk.withdrawn_date is not None:
        raise Http404
    at = timezone.now()
    initial = {name: getattr(risk, name) for name in (*services.JOB_RISK_FIELDS, "version")}
    for name in ("likelihood", "exposure", "severity"):
        value = initial[name]
        initial[name] = None if value is None else format(value.normalize(), "f")
    form = CorrectJobRiskForm(request.POST or None, day=local_day(request.enterprise, at), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.correct_job_risk(
                actor=request.actor, job_risk_id=risk.pk, values=values, at=at, version=version
            )
            return see_other("safety:job_risk", slug=slug, code=code)
        except StaleEdit:
            names = department_names(get_language() or "en")
            return stale_page(request, _story(risk, names), _url(slug, code))
        except _REFUSALS as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Correct or rate again"),
        back_url=_url(slug, code),
        back_label=risk.hazard,
        submit_label=_("Save the correction"),
        lead=_("What was written before stays in its story."),
    )


@page("safety.correct")
def job_risk_withdraw(request, slug, code):
    """Withdraw a job risk that was entered by mistake."""
    risk = _risk(code)
    if risk.withdrawn_date is not None:
        raise Http404
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ReasonForm(request.POST or None, day=day, initial={"version": risk.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_job_risk(
                actor=request.actor,
                job_risk_id=risk.pk,
                reason=form.cleaned_data["reason"],
                day=day,
                at=at,
                version=form.cleaned_data["version"],
            )
            return see_other("safety:job_risk", slug=slug, code=code)
        except StaleEdit:
            names = department_names(get_language() or "en")
            return stale_page(request, _story(risk, names), _url(slug, code))
    return form_page(
        request,
        form,
        _("Withdraw a wrong entry"),
        back_url=_url(slug, code),
        back_label=risk.hazard,
        submit_label=_("Withdraw it"),
        lead=_("It then counts nowhere and stays to be seen."),
    )
