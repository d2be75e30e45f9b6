"""Forms of improvement plans: the plan, one of its rows, a look at a row. The services check the values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.records import day_field
from fairfloor.projects.labels import LIGHT_LABELS, PLAN_SOURCE_LABELS, module_choices


class _Versioned(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, obj: Any = None, **kwargs):
        if obj is not None:
            known = {name: getattr(obj, name) for name in self.base_fields if hasattr(obj, name)}
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in.")

    def values(self) -> dict[str, Any]:
        """What the person wrote, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PlanHeadForm(_Versioned):
    """The plan itself."""

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    module = forms.ChoiceField(label=_("Training module it comes from"), required=False)
    drafted_date = day_field(_("Drafted on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", "–"), *module_choices(get_language() or "en")]


class PlanChangeForm(PlanHeadForm):
    """The plan, changed; perhaps a new revision."""

    is_revision = forms.BooleanField(
        label=_("This is a new revision"),
        required=False,
        help_text=_("The number on the print goes up by one."),
    )


def _words(label: Any, limit: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text)


class PlanRowForm(_Versioned):
    """One priority problem."""

    problem = forms.CharField(
        label=_("Priority problem"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.ChoiceField(
        label=_("Where it was seen"), choices=list(PLAN_SOURCE_LABELS.items()), widget=forms.RadioSelect
    )
    action = forms.CharField(
        label=_("What will be done"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    worker = _words(_("Responsible worker"), 150, help_text=_("A name, or the code on the roster."))
    manager = _words(_("Responsible manager"), 150, help_text=_("Both see to it together."))
    resources = _words(_("What it needs"), 300)
    start_date = day_field(_("Start"), required=False)
    due_date = day_field(_("Finish by"), required=False)
    measure = _words(_("What is measured"), 200, help_text=_("For example: needle breaks a week."))
    baseline = _words(_("Where it stands now"), 60)
    target = _words(_("Where it shall be"), 60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("worker", "manager"):
            self.fields[name].widget.attrs.update({"list": "people", "autocomplete": "off"})


class LookForm(_Versioned):
    """How a row stands today."""

    light = forms.ChoiceField(
        label=_("How does it stand?"), choices=list(LIGHT_LABELS.items()), widget=forms.RadioSelect
    )
    words = _words(_("What did you see?"), 500, required=True)
    look_date = day_field(_("Day"), required=False)


class StartForm(_Versioned):
    """Starting the project needs no words."""
