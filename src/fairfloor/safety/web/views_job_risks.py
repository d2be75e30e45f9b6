"""The register of job risks: list, one risk, add, correct, withdraw."""

from __future__ import annotations

from django.db.models import Q
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
from fairfloor.safety.job_selectors import high_on_ppe, ratings_of, score_now, with_controls
from fairfloor.safety.job_sheets import SCALES, scale_words
from fairfloor.safety.labels import (
    BAND_KINDS,
    BAND_LABELS,
    CONTROL_LABELS,
    FIELD_LABELS,
    LEVEL_WORDS,
    METHOD_LABELS,
    STAGE_LABELS,
    VERB_LABELS,
    category_label,
    code_words,
)
from fairfloor.safety.models import JobRisk, RatingRecord
from fairfloor.safety.web.forms import CorrectJobRiskForm, JobRiskForm, NewJobRiskForm, ReasonForm
from fairfloor.safety.web.views_hazards import safety_tabs
from fairfloor.safety.workflow import job_risk_rating, level_of, rests_on_ppe


def _rated(**values):
    try:
        return job_risk_rating(**values)
    except RiskError:
        return None


def _rating(risk: JobRisk):
    return _rated(
        method=risk.method, likelihood=risk.likelihood, exposure=risk.exposure, severity=risk.severity
    )


def _values(rated: RatingRecord) -> str:
    """The factors of a rating as people write them: 4 × 5."""
    factors = (rated.likelihood, rated.exposure, rated.severity)
    return " × ".join(format(each.normalize(), "f") for each in factors if each is not None)


def _band(risk: JobRisk) -> tuple[str, object] | None:
    rating = _rating(risk)
    return (BAND_KINDS[rating.band], BAND_LABELS[rating.band]) if rating else None


def _now(risk: JobRisk) -> tuple[str, object] | None:
    if risk.level_now not in LEVEL_WORDS:
        return None
    return f"risk-{risk.level_now}", LEVEL_WORDS[risk.level_now]


def _control(risk: JobRisk) -> object:
    return CONTROL_LABELS.get(risk.control_type, "")


_WATCH = {
    "ppe": high_on_ppe(),
    "bare": Q(control="", control_type=""),
    "pregnancy": Q(is_pregnancy=True),
    "nursing": Q(is_breastfeeding=True),
}


def _listing(slug: str, names: dict[str, str], may_see_finder: bool) -> Listing:
    columns = [
        Column("hazard", _("Hazard"), "hazard"),
        Column("job", _("Job"), "job", sortable_field="job"),
        Column("step", _("Step"), "step"),
        Column("risk", _("At first"), _band, "state", is_key=False),
        Column("now", _("Risk now"), _now, "state"),
        Column("control", _("Surest measure"), _control, is_key=False),
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
                "now", _("Risk now"), LEVEL_WORDS.items, lambda rows, value: rows.filter(level_now=int(value))
            ),
            ChoiceFilter(
                "first",
                _("Risk at first"),
                LEVEL_WORDS.items,
                lambda rows, value: rows.filter(level_first=int(value)),
            ),
            ChoiceFilter(
                "watch",
                _("To look at"),
                lambda: [
                    ("ppe", _("High, on protective equipment alone")),
                    ("bare", _("No measure in place")),
                    ("pregnancy", _("Matters in pregnancy")),
                    ("nursing", _("Matters while nursing")),
                ],
                lambda rows, value: rows.filter(_WATCH[value]),
            ),
            ChoiceFilter(
                "method", _("Method"), METHOD_LABELS.items, lambda rows, value: rows.filter(method=value)
            ),
        ],
        search_fields=["job", "step", "hazard", "control"],
        default_sort="-assessed",
        row_url=lambda row: reverse("safety:job_risk", kwargs={"slug": slug, "code": row.pk}),
    )


def _document(slug: str, name: str, form: str) -> str:
    return reverse(f"safety:{name}", kwargs={"slug": slug, "form": form})


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
        "tabs": safety_tabs(slug, "safety:job_risks", request.actor),
        "add_url": reverse("safety:job_risk_add", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
        "lists_url": reverse("safety:hazard_lists", kwargs={"slug": slug})
        if request.actor.may("safety.write")
        else "",
        "documents": [
            (_("Register as PDF"), _document(slug, "risk_register", "pdf")),
            (_("Register as Excel"), _document(slug, "risk_register", "xlsx")),
            (_("Action plan as PDF"), _document(slug, "risk_plan", "pdf")),
            (_("Action plan as Excel"), _document(slug, "risk_plan", "xlsx")),
        ],
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
        (_("Score now"), format(now.normalize(), "f") if (now := score_now(risk)) is not None else ""),
        (_("Kind"), category_label(risk.kind)),
        (_("Women exposed"), _("all who do the job") if risk.women is None else risk.women),
        (_("Men exposed"), _("all who do the job") if risk.men is None else risk.men),
        (_("In pregnancy"), _("It matters") if risk.is_pregnancy else _("Not marked")),
        (_("While nursing"), _("It matters") if risk.is_breastfeeding else _("Not marked")),
    ]
    if may_see_finder:
        facts.append((_("Seen by"), LEVEL_LABELS.get(risk.finder_level, risk.finder_level)))
    is_live = risk.withdrawn_date is None
    with_controls([risk])
    for each in (*risk.kept, *risk.planned):
        each.kind_label = CONTROL_LABELS.get(each.control_type, "")
    prefix = "after_" if risk.after_method else ""
    latest = {name: getattr(risk, prefix + name) for name in ("method", "likelihood", "exposure", "severity")}
    history = [
        {
            "stage": STAGE_LABELS[each.stage],
            "day": each.rated_date,
            "values": _values(each),
            "score": format(each.score.normalize(), "f"),
            "level": level_of(each.band),
            "by": each.rated_by if may_see_finder else "",
            "reason": each.reason if may_see_finder else "",
        }
        for each in ratings_of(risk)
    ]
    context = {
        "risk": risk,
        "history": history,
        "job_url": reverse("safety:job", kwargs={"slug": slug, "code": risk.job_step.job_id})
        if risk.job_step_id
        else "",
        "may_write": is_live and request.actor.may("safety.write"),
        "day": local_day(request.enterprise, timezone.now()),
        "band": _band(risk),
        "facts": facts,
        "rests_on_ppe": rests_on_ppe(_rated(**latest), risk.control_type),
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
    form = NewJobRiskForm(
        request.POST or None, day=day, initial={"assessed_date": day, "method": services.risk_method()}
    )
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
                actor=request.actor,
                job_risk_id=risk.pk,
                values=values,
                reason=values.pop("reason"),
                day=local_day(request.enterprise, at),
                at=at,
                version=version,
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
        _("Correct it"),
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
