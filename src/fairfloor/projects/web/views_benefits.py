"""What a project brings: written down, found, verified by somebody else; and the look back after months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core import audit
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.records import form_page, long_text, see_other, stale_page, version_field
from fairfloor.organisations.public import local_day
from fairfloor.projects import services
from fairfloor.projects.changes import MoveNotAllowed, Refused
from fairfloor.projects.labels import REASONS, amount_text, benefit_story
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.web.acting import act_on, find_project, url_of
from fairfloor.projects.web.forms_benefits import BenefitForm, VisitForm
from fairfloor.projects.workflow import COMPLETED


class ReasonForm(forms.Form):
    """Why."""

    version = version_field()
    reason = long_text(gettext_lazy("Why?"))


class VersionForm(forms.Form):
    """An act that needs no words."""

    version = version_field()


def _find(code: str, benefit: str) -> tuple[ImprovementProject, Benefit]:
    project = find_project(code)
    found = project.benefits.filter(code=benefit).first()
    if found is None:
        raise Http404
    return project, found


def _act(
    request: HttpRequest,
    project: ImprovementProject,
    form: forms.Form,
    verb: Callable[..., Any],
    *,
    heading: str,
    submit: str,
    done: str,
    values: dict[str, Any],
    lead: str = "",
    found: Benefit | None = None,
) -> HttpResponse:
    """Show the form, or carry the act out by one service call; 303 done, 422 not yet, 409 somebody was quicker."""
    context = {
        "heading": heading,
        "lead": lead,
        # Nobody confirms, takes back or removes an amount without seeing it.
        "notes": [("plain", amount)] if found and (amount := amount_text(found, found.actual)) else [],
        "submit_label": submit,
        "back_url": url_of(request, "detail", project),
        "back_label": project.title,
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **context)
    at = timezone.now()
    given = form.values() if isinstance(form, BenefitForm) else {}
    if "reason" in form.fields:
        given = {"reason": form.cleaned_data["reason"]}
    if form.cleaned_data.get("version") and "benefit_id" in values:
        given["version"] = form.cleaned_data["version"]
    try:
        verb(actor=request.actor, day=local_day(request.enterprise, at), at=at, **values, **given)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(REASONS[refused.reason]))
        return form_page(request, form, **context)
    except (StaleEdit, MoveNotAllowed):
        return stale_page(request, benefit_story(audit.story_of(project)), context["back_url"])
    messages.success(request, done)
    return see_other("projects:detail", slug=request.enterprise.slug, code=project.code)


@page("projects.write")
def benefit_new(request, slug, code):
    """Write down what the project shall bring or has brought."""
    project = find_project(code)
    currency = request.enterprise.currency
    initial = {"currency": currency, "kind": "RECURRING", "months": 12}
    form = BenefitForm(request.POST or None, project=project, initial=initial)
    return _act(
        request,
        project,
        form,
        services.state_benefit,
        heading=_("What does it bring?"),
        lead=_(
            "Write what is wanted now, and come back with what was found. Only what somebody verified counts."
        ),
        submit=_("Save"),
        done=_("The benefit is written down."),
        values={"project_id": project.pk, "own_currency": currency},
    )


@page("projects.write")
def benefit_change(request, slug, code, benefit):
    """Write it anew, for example with what was found."""
    project, found = _find(code, benefit)
    names = [name for name in BenefitForm.base_fields if hasattr(found, name) and name != "part_of"]
    initial = {name: getattr(found, name) for name in names} | {"part_of": found.part_of_id}
    form = BenefitForm(request.POST or None, project=project, benefit=found, initial=initial)
    return _act(
        request,
        project,
        form,
        services.change_benefit,
        heading=found.title,
        submit=_("Save"),
        done=_("The benefit is changed."),
        values={"benefit_id": found.pk, "own_currency": request.enterprise.currency},
    )


@page("projects.verify")
def benefit_verify(request, slug, code, benefit):
    """Confirm the amount found."""
    project, found = _find(code, benefit)
    return _act(
        request,
        project,
        VersionForm(request.POST or None, initial={"version": found.version}),
        services.verify_benefit,
        heading=_("Verify “%(title)s”") % {"title": found.title},
        lead=_(
            "Look at the records the amount comes from. From then on it counts, and nobody can change it unnoticed."
        ),
        submit=_("Verify"),
        done=_("The benefit is verified and counts from now on."),
        found=found,
        values={"benefit_id": found.pk},
    )


@page("projects.verify")
def benefit_unverify(request, slug, code, benefit):
    """Take the verification back."""
    project, found = _find(code, benefit)
    return _act(
        request,
        project,
        ReasonForm(request.POST or None, initial={"version": found.version}),
        services.unverify_benefit,
        heading=_("Take back the verification of “%(title)s”") % {"title": found.title},
        submit=_("Take it back"),
        done=_("The verification is taken back; the amount counts no more."),
        found=found,
        values={"benefit_id": found.pk},
    )


@page("projects.write")
def benefit_remove(request, slug, code, benefit):
    """Take a wrong entry away."""
    project, found = _find(code, benefit)
    return _act(
        request,
        project,
        ReasonForm(request.POST or None, initial={"version": found.version}),
        services.remove_benefit,
        heading=_("Remove “%(title)s”") % {"title": found.title},
        lead=_("For what was entered by mistake. What it said stays in the story of the project."),
        submit=_("Remove"),
        done=_("The benefit is removed."),
        found=found,
        values={"benefit_id": found.pk},
    )


@page("projects.verify")
def project_visit(request, slug, code):
    """Look again after 3, 6 and 12 months."""
    return act_on(
        request,
        find_project(code),
        VisitForm,
        services.record_visit,
        title=_("Is it still in place?"),
        lead=_(
            "Go there and look. Improvements fade quietly; finding that out is worth as much as a new one."
        ),
        button=_("Save what you found"),
        done=_("Thank you for looking again. It is noted."),
        statuses=COMPLETED,
    )
