"""Departments: list, add, change."""

from __future__ import annotations

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.listing import Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.organisations.departments import (
    FIELDS,
    DepartmentRefused,
    add_department,
    change_department,
    seen_of,
)
from fairfloor.organisations.models import Department
from fairfloor.organisations.web.views_people import people_tabs

VERB_LABELS = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "imported": gettext_lazy("Imported from a register"),
    "changed_by_import": gettext_lazy("Changed by an import"),
}
FIELD_LABELS = {
    "name": pgettext_lazy("of a place or thing", "Name"),
    "name_zh": gettext_lazy("Name in Chinese"),
    "kind": gettext_lazy("Kind"),
    "shifts": gettext_lazy("Shifts"),
}
# The kinds the registers name by a code; a factory's own words stay as they were written.
KIND_LABELS = {
    "production": pgettext_lazy("department", "Production"),
    "support": pgettext_lazy("department", "Support"),
}


def _kind(row: Department) -> str:
    return str(KIND_LABELS.get(row.kind, row.kind))


class DepartmentForm(forms.Form):
    """A department's own fields."""

    name = forms.CharField(label=FIELD_LABELS["name"], max_length=120)
    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], required=False, max_length=120)
    kind = forms.CharField(label=FIELD_LABELS["kind"], required=False, max_length=40)
    shifts = forms.IntegerField(label=FIELD_LABELS["shifts"], required=False, min_value=0, max_value=9)

    def clean_kind(self) -> str:
        """The code behind a word we show, or the factory's own word."""
        written = self.cleaned_data["kind"]
        return next((code for code, label in KIND_LABELS.items() if str(label) == written), written)


class AddForm(DepartmentForm):
    """With its code, which stays for ever."""

    field_order = ("code",)

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Short and for ever: the registers name the department by it."),
    )


class ChangeForm(DepartmentForm):
    """With what the form saw."""

    seen = forms.CharField(widget=forms.HiddenInput(), max_length=400)


def _listing(slug: str, may_manage: bool) -> Listing:
    return Listing(
        columns=[
            Column("name", pgettext_lazy("of a place or thing", "Name"), "name", sortable_field="name"),
            Column("code", _("Code"), "code", sortable_field="code"),
            Column("name_zh", _("Name in Chinese"), "name_zh"),
            Column("kind", _("Kind"), _kind),
            Column("shifts", _("Shifts"), "shifts", "number"),
        ],
        search_fields=["code", "name", "name_zh"],
        default_sort="name",
        row_url=(lambda row: reverse("organisations:department", kwargs={"slug": slug, "code": row.code}))
        if may_manage
        else None,
    )


@page("enterprise.view_departments")
def department_list(request, slug):
    """All departments."""
    may_manage = request.actor.may("enterprise.manage")
    context = {
        "tabs": people_tabs(request, slug, "organisations:departments"),
        "add_url": reverse("organisations:department_add", kwargs={"slug": slug}) if may_manage else "",
        "add_label": _("Add a department"),
        "nothing": _("No department has been added yet."),
    }
    return listing_page(
        request,
        _listing(slug, may_manage),
        Department.objects.all(),
        "organisations/register_list.html",
        context,
        file_name="departments",
    )


def _explain(form: forms.Form, refused: DepartmentRefused) -> None:
    taken = refused.code == "TAKEN"
    form.add_error(
        refused.field,
        _("Another department has this code. Choose a different one.")
        if taken
        else _("Please fill this in."),
    )


@page("enterprise.manage")
def department_add(request, slug):
    """Add a department."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_department(actor=request.actor, at=timezone.now(), **form.cleaned_data)
            return see_other("organisations:departments", slug=slug)
        except DepartmentRefused as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Add a department"),
        back_url=reverse("organisations:departments", kwargs={"slug": slug}),
        back_label=_("Departments"),
        submit_label=_("Add it"),
    )


@page("enterprise.manage")
def department_edit(request, slug, code):
    """Change a department."""
    department = Department.objects.filter(code=code).first()
    if department is None:
        raise Http404
    initial = {name: getattr(department, name) for name in FIELDS}
    initial |= {"kind": _kind(department), "seen": seen_of(department)}
    form = ChangeForm(request.POST or None, initial=initial)
    entries = story(department, VERB_LABELS, FIELD_LABELS, {})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            change_department(actor=request.actor, department_id=department.pk, at=timezone.now(), **values)
            return see_other("organisations:departments", slug=slug)
        except StaleEdit:
            here = reverse("organisations:department", kwargs={"slug": slug, "code": code})
            return stale_page(request, entries, here)
        except DepartmentRefused as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Department %(code)s") % {"code": code},
        back_url=reverse("organisations:departments", kwargs={"slug": slug}),
        back_label=_("Departments"),
        submit_label=_("Save it"),
        story=entries,
    )
