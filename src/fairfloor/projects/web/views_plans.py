"""Improvement plans: the list, one plan with its rows, its page for the wall, and what changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.listing import Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.organisations.public import Worker, local_day
from fairfloor.projects import services
from fairfloor.projects.changes import Refused
from fairfloor.projects.labels import (
    LIGHT_KINDS,
    LIGHT_LABELS,
    LIGHT_SHAPES,
    PLAN_SOURCE_LABELS,
    PLAN_VERBS,
    REASONS,
    STATUS_KINDS,
    STATUS_LABELS,
    module_name,
)
from fairfloor.projects.models import ImprovementPlan, PlanRow
from fairfloor.projects.web import forms_plans
from fairfloor.projects.web.views_list import tabs


def _find_plan(code: str) -> ImprovementPlan:
    plan = ImprovementPlan.objects.filter(code=code).first()
    if plan is None:
        raise Http404
    return plan


def _find_row(code: str, number: int) -> PlanRow:
    row = PlanRow.objects.filter(plan__code=code, number=number).select_related("plan").first()
    if row is None:
        raise Http404
    return row


def _name(plan: ImprovementPlan) -> str:
    return plan.title or module_name(plan.module, get_language() or "en")


def _url(request: HttpRequest, name: str, plan: ImprovementPlan, **more: Any) -> str:
    return reverse(f"projects:{name}", kwargs={"slug": request.enterprise.slug, "code": plan.code, **more})


def _rows(request: HttpRequest, plan: ImprovementPlan) -> list[dict[str, Any]]:
    """The rows with names for roster codes and the looks, the newest first."""
    rows = list(plan.rows.select_related("project").prefetch_related("looks").order_by("number", "id"))
    codes = {code for row in rows for code in (row.worker, row.manager)}
    names = dict(Worker.objects.filter(code__in=codes).exclude(name="").values_list("code", "name"))
    shown = []
    for row in rows:
        looks = [
            {
                "kind": LIGHT_KINDS[look.light],
                "label": LIGHT_LABELS[look.light],
                "shape": LIGHT_SHAPES[look.light],
                "day": look.look_date,
                "words": look.words,
                "who": look.by_name,
            }
            for look in sorted(row.looks.all(), key=lambda look: look.look_date, reverse=True)
        ]
        kwargs = {"number": row.number}
        project = row.project
        shown.append(
            {
                "row": row,
                "source": PLAN_SOURCE_LABELS[row.source],
                "worker": names.get(row.worker, row.worker),
                "manager": names.get(row.manager, row.manager),
                "looks": looks,
                "change_url": _url(request, "plan_row", plan, **kwargs),
                "look_url": _url(request, "plan_look", plan, **kwargs),
                "start_url": _url(request, "plan_start", plan, **kwargs),
                "project": project
                and {
                    "code": project.code,
                    "url": reverse(
                        "projects:detail", kwargs={"slug": request.enterprise.slug, "code": project.code}
                    ),
                    "kind": STATUS_KINDS[project.status],
                    "label": STATUS_LABELS[project.status],
                },
            }
        )
    return shown


def _answer(
    request: HttpRequest,
    form_class: type,
    verb: Callable[..., Any],
    *,
    heading: str,
    submit: str,
    done: str,
    back_url: str = "",
    obj: Any = None,
    plan: ImprovementPlan | None = None,
    initial: dict[str, Any] | None = None,
    **known: Any,
) -> HttpResponse:
    """Show a form, or carry it out through one service call: 303 done, 422 not yet, 409 somebody was quicker."""
    context = {
        "back_url": back_url,
        "back_label": _name(plan) if plan else _("Plans"),
        "submit_label": submit,
    }
    if request.method != "POST":
        return form_page(request, form_class(obj=obj, initial=initial), heading, **context)
    form = form_class(request.POST, obj=obj)
    if form.is_valid():
        values = form.values()
        if obj is not None:
            values["version"] = form.cleaned_data["version"]
        at = timezone.now()
        try:
            made = verb(actor=request.actor, at=at, **known, **values)
        except Refused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None, str(REASONS[refused.reason])
            )
        except StaleEdit:
            return stale_page(request, _story(plan), back_url)
        else:
            messages.success(request, done)
            shown = plan or made
            return see_other("projects:plan_detail", slug=request.enterprise.slug, code=shown.code)
    return form_page(request, form, heading, **context)


def _story(plan: ImprovementPlan) -> list:
    return story(plan, PLAN_VERBS, {}, {})


def _today(request: HttpRequest):
    return local_day(request.enterprise, timezone.now())


@page("projects.view")
def plan_list(request, slug):
    """All plans, the newest first."""
    listing = Listing(
        columns=[
            Column("title", _("Plan"), _name),
            Column("drafted", _("Drafted on"), "drafted_date", kind="date", sortable_field="drafted_date"),
            Column("revision", _("Revision"), "revision", kind="number"),
            Column("rows", _("Problems"), "row_count", kind="number"),
            Column("code", _("Code"), "code", sortable_field="code"),
        ],
        search_fields=["title", "code"],
        default_sort="-drafted",
        row_url=lambda plan: _url(request, "plan_detail", plan),
    )
    return listing_page(
        request,
        listing,
        ImprovementPlan.objects.annotate(row_count=Count("rows")),
        "projects/plan_list.html",
        {
            "tabs": tabs(slug, "plans"),
            "can_write": request.actor.may("projects.write"),
            "new_url": reverse("projects:plan_new", kwargs={"slug": slug}),
        },
        file_name="plans",
    )


@page("projects.view")
def plan_detail(request, slug, code):
    """One plan with its rows and what can be done with each."""
    plan = _find_plan(code)
    return render(
        request,
        "projects/plan_detail.html",
        {
            "plan": plan,
            "name": _name(plan),
            "rows": _rows(request, plan),
            "can_write": request.actor.may("projects.write"),
            "entries": _story(plan),
            "back_url": reverse("projects:plans", kwargs={"slug": slug}),
            "wall_url": _url(request, "plan_wall", plan),
            "change_url": _url(request, "plan_change", plan),
            "row_new_url": _url(request, "plan_row_new", plan),
        },
    )


@page("projects.view")
def plan_wall(request, slug, code):
    """The plan on one page for the wall, with a line each for the manager's and the workers' signature."""
    plan = _find_plan(code)
    context = {
        "plan": plan,
        "name": _name(plan),
        "rows": _rows(request, plan),
        "back_url": _url(request, "plan_detail", plan),
        "keys": [(LIGHT_SHAPES[light], label) for light, label in LIGHT_LABELS.items()],
    }
    return render(request, "projects/plan_wall.html", context)


@page("projects.write")
def plan_new(request, slug):
    """Draft a plan."""
    day = _today(request)
    return _answer(
        request,
        forms_plans.PlanHeadForm,
        services.draft_plan,
        heading=_("Draft an improvement plan"),
        submit=_("Begin the plan"),
        done=_("The plan has begun. Put in the problem that comes first."),
        back_url=reverse("projects:plans", kwargs={"slug": slug}),
        initial={"drafted_date": day},
        day=day,
    )


@page("projects.write")
def plan_change(request, slug, code):
    """Change the head of a plan, or count its revision up."""
    plan = _find_plan(code)
    return _answer(
        request,
        forms_plans.PlanChangeForm,
        services.change_plan,
        heading=_("Change the plan"),
        submit=_("Save"),
        done=_("The plan is saved."),
        back_url=_url(request, "plan_detail", plan),
        obj=plan,
        plan=plan,
        plan_id=plan.pk,
        day=_today(request),
    )


@page("projects.write")
def plan_row_new(request, slug, code):
    """Put a problem into the plan."""
    plan = _find_plan(code)
    return _answer(
        request,
        forms_plans.PlanRowForm,
        services.add_row,
        heading=_("Add a problem"),
        submit=_("Add it"),
        done=_("The row is in the plan."),
        back_url=_url(request, "plan_detail", plan),
        plan=plan,
        plan_id=plan.pk,
    )


@page("projects.write")
def plan_row(request, slug, code, number):
    """Write a row anew."""
    row = _find_row(code, number)
    return _answer(
        request,
        forms_plans.PlanRowForm,
        services.change_row,
        heading=_("Change row %(number)s") % {"number": number},
        submit=_("Save"),
        done=_("The row is saved."),
        back_url=_url(request, "plan_detail", row.plan),
        obj=row,
        plan=row.plan,
        row_id=row.pk,
    )


@page("projects.write")
def plan_look(request, slug, code, number):
    """Say how a row stands."""
    row = _find_row(code, number)
    return _answer(
        request,
        forms_plans.LookForm,
        services.look_at_row,
        heading=_("Row %(number)s: how does it stand?") % {"number": number},
        submit=_("Save"),
        done=_("The look is noted."),
        back_url=_url(request, "plan_detail", row.plan),
        obj=row,
        plan=row.plan,
        row_id=row.pk,
        day=_today(request),
    )


@require_POST
@page("projects.write")
def plan_start(request, slug, code, number):
    """Start the project of a row."""
    row = _find_row(code, number)
    version = request.POST.get("version", "")
    try:
        project = services.start_row_project(
            actor=request.actor,
            row_id=row.pk,
            day=_today(request),
            at=timezone.now(),
            version=int(version) if version.isdecimal() and len(version) < 10 else None,
        )
    except StaleEdit:
        return stale_page(request, _story(row.plan), _url(request, "plan_detail", row.plan))
    except Refused as refused:
        messages.warning(request, str(REASONS[refused.reason]))
        return see_other("projects:plan_detail", slug=slug, code=code)
    messages.success(request, _("The project has started. Write the plan next."))
    return see_other("projects:detail", slug=slug, code=project.code)
