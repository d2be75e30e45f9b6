"""Areas with their owners and routines, and the lists: the packs' and the factory's own."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.checklists.catalog import OWN, checklists
from fairfloor.checklists.labels import KIND_LABELS, area_name, checklist_names, in_words
from fairfloor.checklists.models import Area, OwnChecklist, Routine
from fairfloor.checklists.services import settings as services
from fairfloor.checklists.web.forms import AreaForm, ListForm, RoutineForm
from fairfloor.checklists.web.pages import area_or_404, tabs
from fairfloor.checklists.workflow import Kind
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.organisations.public import local_day


def _why(refused: services.SettingRefused) -> str:
    return {
        "EMPTY": _("Please fill this in."),
        "TAKEN": _("Another area has this code. Choose another one."),
        "TOO_MANY": _("A list has at most 80 questions. Make two lists of it."),
        "UNKNOWN": _("This is not here any more. Choose again."),
    }[refused.code]


@page("checklists.view")
def areas(request, slug):
    """All areas, who looks after them and how often they are walked."""
    names = checklist_names(checklists())
    routines: dict[str, list[str]] = {}
    for each in Routine.objects.order_by("checklist_code", "id"):
        words = _("%(list)s every %(weeks)s weeks") % {
            "list": names.get(each.checklist_code, each.checklist_code),
            "weeks": each.every_weeks,
        }
        routines.setdefault(each.area_code, []).append(words)
    rows = [
        {
            "url": reverse("checklists:area", kwargs={"slug": slug, "code": each.code}),
            "name": area_name(each),
            "owner": each.owner_name,
            "routines": routines.get(each.code, []),
        }
        for each in Area.objects.order_by("name", "id")[:500]
    ]
    new_url = (
        reverse("checklists:area_new", kwargs={"slug": slug})
        if request.actor.may("checklists.manage")
        else ""
    )
    context = {"tabs": tabs(slug, "checklists:areas"), "rows": rows, "new_url": new_url}
    return render(request, "checklists/areas.html", context)


@page("checklists.manage")
def area_new(request, slug):
    """Add an area."""
    at = timezone.now()
    form = AreaForm(request.POST or None, day=local_day(request.enterprise, at))
    if request.method == "POST" and form.is_valid():
        try:
            area = services.add_area(actor=request.actor, at=at, **form.cleaned_data)
            return see_other("checklists:area_change", slug=slug, code=area.code)
        except services.SettingRefused as refused:
            form.add_error(refused.field, _why(refused))
    return form_page(
        request,
        form,
        _("Add an area"),
        back_url=reverse("checklists:areas", kwargs={"slug": slug}),
        submit_label=_("Add it"),
        lead=_("A place one person can look after: a line, a store, a corner of the workshop."),
    )


@page("checklists.manage")
def area_change(request, slug, code):
    """Change an area, and how often it is walked."""
    area = area_or_404(code)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    names = ("name", "name_zh", "department_code", "owner_user_id", "owner_name", "version")
    initial = {name: getattr(area, name) for name in names}
    form = AreaForm(request.POST or None, day=day, is_change=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_area(actor=request.actor, area_id=area.pk, at=at, **form.cleaned_data)
            return see_other("checklists:area", slug=slug, code=code)
        except StaleEdit:
            url = reverse("checklists:area", kwargs={"slug": slug, "code": code})
            return stale_page(request, story(area, {}, {}, {}), url)
        except services.SettingRefused as refused:
            form.add_error(refused.field, _why(refused))
    return _area_page(request, slug, area, form, RoutineForm(initial={"every_weeks": 4, "from_date": day}))


def _area_page(request, slug: str, area: Area, form: AreaForm, routine_form: RoutineForm):
    names = checklist_names(checklists())
    context = {
        "name": area_name(area),
        "form": form,
        "routine_form": routine_form,
        "routine_url": reverse("checklists:routine", kwargs={"slug": slug, "code": area.code}),
        "routines": [
            (names.get(each.checklist_code, each.checklist_code), each.every_weeks)
            for each in Routine.objects.filter(area_code=area.code).order_by("checklist_code", "id")
        ],
        "back_url": reverse("checklists:area", kwargs={"slug": slug, "code": area.code}),
    }
    refused = any(each.is_bound and each.errors for each in (form, routine_form))
    return render(request, "checklists/area_change.html", context, status=422 if refused else 200)


@require_POST
@page("checklists.manage")
def routine(request, slug, code):
    """Say how often an area is walked with a list."""
    area = area_or_404(code)
    at = timezone.now()
    form = RoutineForm(request.POST)
    if form.is_valid():
        services.set_routine(actor=request.actor, area_code=code, at=at, **form.cleaned_data)
        return see_other("checklists:area_change", slug=slug, code=code)
    names = ("name", "name_zh", "department_code", "owner_user_id", "owner_name", "version")
    initial = {name: getattr(area, name) for name in names}
    day = local_day(request.enterprise, at)
    return _area_page(request, slug, area, AreaForm(day=day, is_change=True, initial=initial), form)


@page("checklists.view")
def lists(request, slug):
    """All lists, to print, to walk, or to change where they are the factory's own."""
    may_manage = request.actor.may("checklists.manage")
    rows = [
        {
            "name": in_words(each.name),
            "kind": KIND_LABELS[Kind(each.kind)],
            "count": len(each.items),
            "version": each.version,
            "is_own": code.startswith(OWN),
            "run_url": reverse("checklists:run", kwargs={"slug": slug, "code": code}),
            "print_url": reverse("checklists:blank", kwargs={"slug": slug, "code": code}),
            "change_url": reverse("checklists:list_change", kwargs={"slug": slug, "code": code})
            if may_manage and code.startswith(OWN)
            else "",
        }
        for code, each in checklists().items()
    ]
    new_url = reverse("checklists:list_new", kwargs={"slug": slug}) if may_manage else ""
    context = {"tabs": tabs(slug, "checklists:lists"), "rows": rows, "new_url": new_url}
    return render(request, "checklists/lists.html", context)


def _list_form(request, slug: str, form: ListForm, heading: str, lead: str, code: str = ""):
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            services.publish_checklist(
                actor=request.actor,
                code=code,
                kind=values.pop("kind", Kind.HAZARD_HUNT),
                at=timezone.now(),
                **values,
            )
            return see_other("checklists:lists", slug=slug)
        except StaleEdit:
            own = OwnChecklist.objects.get(code=code, is_current=True)
            url = reverse("checklists:list_change", kwargs={"slug": slug, "code": code})
            return stale_page(request, story(own, {}, {}, {}), url)
        except services.SettingRefused as refused:
            form.add_error(refused.field, _why(refused))
    return form_page(
        request,
        form,
        heading,
        back_url=reverse("checklists:lists", kwargs={"slug": slug}),
        submit_label=_("Keep the list"),
        notes=[("info", lead)],
    )


@page("checklists.manage")
def list_new(request, slug):
    """Write a list of one's own."""
    lead = _("Ask what only your factory knows. Twenty good questions are better than sixty.")
    return _list_form(request, slug, ListForm(request.POST or None), _("Write a checklist"), lead)


@page("checklists.manage")
def list_change(request, slug, code):
    """Change a list of one's own: a new version; rounds walked before keep theirs."""
    own = OwnChecklist.objects.filter(code=code, is_current=True).first()
    if own is None:
        raise Http404
    initial = {"name": own.name, "text": services.text_of(own.document), "number": own.number}
    form = ListForm(request.POST or None, is_change=True, initial=initial)
    lead = _("A change makes a new version. Rounds walked before keep the questions they were asked.")
    return _list_form(request, slug, form, _("Change the checklist"), lead, code)
