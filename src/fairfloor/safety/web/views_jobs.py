"""Jobs: the list, one job step by step, its reviews and consultations, and how risks are rated."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.records import day_words, form_page, see_other, stale_page, story
from fairfloor.organisations.public import department_names, local_day
from fairfloor.safety import services
from fairfloor.safety.job_selectors import job_rows, overdue_count, steps_of
from fairfloor.safety.labels import CAUSE_LABELS, FIELD_LABELS, METHOD_LABELS, VERB_LABELS
from fairfloor.safety.models import Consultation, Job, JobReview
from fairfloor.safety.web.job_forms import AskReviewForm, ConsultForm, JobForm, MethodForm, ReviewForm
from fairfloor.safety.web.views_hazards import safety_tabs


def job_or_404(key: int) -> Job:
    """A job of the factory in scope."""
    job = Job.objects.filter(pk=key).first()
    if job is None:
        raise Http404
    return job


def _url(name: str, slug: str, **kwargs) -> str:
    return reverse(f"safety:{name}", kwargs={"slug": slug, **kwargs})


@page("safety.view")
def job_list(request, slug):
    """All jobs with their risks by colour."""
    names = department_names(get_language() or "en")
    day = local_day(request.enterprise, timezone.now())
    rows = [
        {
            "title": row.job.title,
            "url": _url("job", slug, code=row.job.pk),
            "department": names.get(row.job.department_code, row.job.department_code),
            "counts": [(level, row.levels[level]) for level in (4, 3, 2, 1) if row.levels.get(level)],
            "total": row.total,
            "review_date": row.job.review_date,
            "is_due": bool(row.open_review)
            or (row.job.review_date is not None and row.job.review_date <= day),
        }
        for row in job_rows()
    ]
    may_write = request.actor.may("safety.write")
    context = {
        "tabs": safety_tabs(slug, "safety:jobs", request.actor),
        "late": overdue_count(day),
        "plan_url": _url("risk_plan", slug, form="pdf"),
        "rows": rows,
        "lists_url": _url("hazard_lists", slug) if may_write else "",
        "method": METHOD_LABELS[services.risk_method()],
        "method_url": _url("risk_method", slug) if request.actor.may("safety.correct") else "",
    }
    return render(request, "safety/job_list.html", context)


@page("safety.view")
def job_detail(request, slug, code):
    """One job: steps, risks, measures, and what can be done."""
    job = job_or_404(code)
    names = department_names(get_language() or "en")
    day = local_day(request.enterprise, timezone.now())
    may_write, may_see_finder = request.actor.may("safety.write"), request.actor.may("safety.view_finder")
    facts = [
        (_("Department"), names.get(job.department_code, job.department_code)),
        (_("Women who do it"), job.women),
        (_("Men who do it"), job.men),
        (_("Last look"), day_words(job.reviewed_date)),
        (_("Next look"), day_words(job.review_date)),
    ]
    asked = list(JobReview.objects.filter(job=job, done_date__isnull=True).order_by("asked_date", "id"))
    held = Consultation.objects.filter(job=job).prefetch_related("signatures").order_by("-held_date", "-id")
    context = {
        "job": job,
        "facts": facts,
        "steps": steps_of(job),
        "reviews": [(CAUSE_LABELS[each.cause], each.words, each.asked_date) for each in asked],
        "is_due": job.review_date is not None and job.review_date <= day,
        "held": held[:10] if may_see_finder else [],
        "back_url": _url("jobs", slug),
        "may_write": may_write,
        "story": story(job, VERB_LABELS, FIELD_LABELS, names) if may_see_finder else [],
    }
    return render(request, "safety/job_detail.html", context)


@page("safety.write")
def job_change(request, slug, code):
    """Change what is known of a job."""
    job = job_or_404(code)
    at = timezone.now()
    names = ("title", "department_code", "women", "men", "review_date", "version")
    form = JobForm(
        request.POST or None,
        day=local_day(request.enterprise, at),
        initial={name: getattr(job, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_job(actor=request.actor, job_id=job.pk, at=at, **form.cleaned_data)
            return see_other("safety:job", slug=slug, code=code)
        except services.AlreadyRecorded:
            form.add_error("title", _("Another job has this name already."))
        except StaleEdit:
            entries = story(job, VERB_LABELS, FIELD_LABELS, {})
            return stale_page(request, entries, _url("job", slug, code=code))
    return form_page(
        request,
        form,
        _("Change this job"),
        back_url=_url("job", slug, code=code),
        back_label=job.title,
        submit_label=_("Save it"),
    )


@page("safety.write")
def job_review(request, slug, code):
    """The job was looked at again."""
    job = job_or_404(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ReviewForm(request.POST or None, day=day, initial={"done_date": day})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        services.finish_review(
            actor=request.actor,
            job_id=job.pk,
            outcome=values["outcome"],
            next_date=values["next_date"],
            day=values["done_date"],
            at=at,
        )
        return see_other("safety:job", slug=slug, code=code)
    return form_page(
        request,
        form,
        _("Looked at again"),
        back_url=_url("job", slug, code=code),
        back_label=job.title,
        submit_label=_("Save it"),
        lead=_(
            "Go through the job with the people who do it: is every danger written down, do the measures hold?"
        ),
    )


@page("safety.report")
def job_ask_review(request, slug, code):
    """Ask for a fresh look at the job."""
    job = job_or_404(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = AskReviewForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        services.trigger_review(actor=request.actor, job=job.title, day=day, at=at, **form.cleaned_data)
        return see_other("safety:job", slug=slug, code=code)
    return form_page(
        request,
        form,
        _("Ask for a fresh look"),
        back_url=_url("job", slug, code=code),
        back_label=job.title,
        submit_label=_("Ask for it"),
    )


@page("safety.write")
def job_consult(request, slug, code):
    """Workers of the job were asked."""
    job = job_or_404(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ConsultForm(request.POST or None, day=day, initial={"held_date": day})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values.pop("has_agreed")
        signatures = values.pop("names")
        try:
            services.record_consultation(
                actor=request.actor,
                job_id=job.pk,
                signatures=signatures,
                at=at,
                **values,
            )
            return see_other("safety:job", slug=slug, code=code)
        except services.HazardRefused as refused:
            if refused.code == "EMPTY":
                form.add_error("women", _("Write how many people were asked."))
            elif refused.field == "front_line":
                form.add_error("front_line", _("These are more than were asked."))
            else:
                form.add_error("names", _("More names than people asked. Correct one of the two."))
    return form_page(
        request,
        form,
        _("Workers were asked"),
        back_url=_url("job", slug, code=code),
        back_label=job.title,
        submit_label=_("Save it"),
    )


@page("safety.correct")
def risk_method(request, slug):
    """How risks are rated from now on."""
    at = timezone.now()
    form = MethodForm(
        request.POST or None,
        day=local_day(request.enterprise, at),
        initial={"method": services.risk_method()},
    )
    if request.method == "POST" and form.is_valid():
        services.choose_method(actor=request.actor, method=form.cleaned_data["method"], at=at)
        return see_other("safety:jobs", slug=slug)
    return form_page(
        request,
        form,
        _("How risks are rated"),
        back_url=_url("jobs", slug),
        back_label=_("Jobs"),
        submit_label=_("Save it"),
        lead=_("Ratings given before stay as they are, by the method they were given with."),
    )
