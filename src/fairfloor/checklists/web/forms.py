"""Forms about areas, routines, own lists and red tags."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fairfloor.actions.public import possible_owners
from fairfloor.checklists.catalog import checklists
from fairfloor.checklists.labels import DECISION_LABELS, area_names, checklist_names
from fairfloor.checklists.workflow import Kind, TagDecision
from fairfloor.core.once import form_id_field
from fairfloor.core.ui.records import OneOwner, day_field, long_text, version_field
from fairfloor.organisations.public import department_names


class AreaForm(forms.Form):
    """An area and who looks after it."""

    code = forms.SlugField(
        label=_("Short code"), max_length=40, help_text=_("A few letters, such as KNT-A. It stays.")
    )
    name = forms.CharField(label=pgettext_lazy("of a place or thing", "Name"), max_length=120)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    owner_user_id = forms.TypedChoiceField(
        label=_("Who looks after it"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("This person does not audit the area: somebody else sees more."),
    )
    owner_name = forms.CharField(label=_("Or a name without sign-in"), max_length=150, required=False)

    def __init__(self, *args: Any, day: date, is_change: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = department_names(get_language() or "en")
        self.owners = possible_owners(day)
        self.fields["department_code"].choices = [("", _("No single department")), *names.items()]
        self.fields["owner_user_id"].choices = [("", _("Nobody with a sign-in")), *self.owners.items()]
        if is_change:
            del self.fields["code"]
            self.fields["version"] = version_field()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("owner_user_id"):
            cleaned["owner_name"] = self.owners[cleaned["owner_user_id"]]
        return cleaned


class RoutineForm(forms.Form):
    """How often an area is walked with a list."""

    checklist_code = forms.ChoiceField(label=_("Checklist"))
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"), min_value=0, max_value=104, help_text=_("0 ends it.")
    )
    from_date = day_field(_("First on"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["checklist_code"].choices = checklist_names(checklists()).items()


class ListForm(forms.Form):
    """A list of the factory's own."""

    name = forms.CharField(label=pgettext_lazy("of a place or thing", "Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Answers"),
        choices=[
            (Kind.HAZARD_HUNT, _("OK or not OK, as in a hazard hunt")),
            (Kind.FIVE_S, _("0 to 4 points, as in a 5S audit")),
        ],
    )
    text = forms.CharField(
        label=_("Questions"),
        max_length=40000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "One question a line. After a bar | say what good looks like. A line that begins with # starts a section."
        ),
    )

    def __init__(self, *args: Any, is_change: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_change:
            del self.fields["kind"]
            self.fields["number"] = version_field()


class TagForm(forms.Form):
    """A thing that may not be needed."""

    item = forms.CharField(label=_("What is it?"), max_length=200)
    area_code = forms.ChoiceField(label=_("Where is it?"), required=False)
    reason = forms.CharField(label=_("Why may it not be needed?"), max_length=300, required=False)
    tagged_date = day_field(_("Tagged on"))
    form_id = form_id_field()

    def __init__(self, *args: Any, day: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["area_code"].choices = [("", _("Not in an area of the list")), *area_names().items()]

    def clean_tagged_date(self) -> date:
        """No day to come."""
        if self.cleaned_data["tagged_date"] > self.day:
            raise forms.ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return self.cleaned_data["tagged_date"]


class DecideForm(forms.Form):
    """What happens to the thing."""

    decision = forms.ChoiceField(
        label=_("What happens to it"), choices=[(each, DECISION_LABELS[each]) for each in TagDecision]
    )
    due_date = day_field(_("By when"))
    version = version_field()


class DoneForm(forms.Form):
    """It is done."""

    version = version_field()


class FindingActionForm(OneOwner, forms.Form):
    """Who does something about a finding, by when; the owner is a login, or anybody by name."""

    owner_user_id = forms.TypedChoiceField(
        label=_("Who does it"), required=False, coerce=int, empty_value=None
    )
    owner_name = forms.CharField(label=_("Or a name without sign-in"), max_length=150, required=False)
    due_date = day_field(_("By when"))
    version = version_field()

    def __init__(self, *args: Any, day: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.day, self.owners = day, possible_owners(day)
        self.fields["owner_user_id"].choices = [("", _("Somebody without a sign-in")), *self.owners.items()]

    def clean_due_date(self) -> date:
        """No day that is over."""
        if self.cleaned_data["due_date"] < self.day:
            raise forms.ValidationError(_("This day is past. Choose today or a later day."))
        return self.cleaned_data["due_date"]


class FindingProjectForm(forms.Form):
    """What is asked when a project starts because of a finding; the rest comes with the plan."""

    title = forms.CharField(label=_("What shall become better?"), max_length=200)
    problem = long_text(_("The problem"), required=False, max_length=4000)
    target = long_text(
        _("The target"),
        required=False,
        max_length=4000,
        help_text=_("What will be better, by how much and by when. It can wait for the plan."),
    )
    owner_name = forms.CharField(
        label=_("Who takes care of it"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    due_date = day_field(_("Due date"), required=False)
    version = version_field()
    form_id = form_id_field()


class LinkProjectForm(forms.Form):
    """The project a finding stands behind."""

    project_code = forms.ChoiceField(label=_("Project"))
    version = version_field()

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["project_code"].choices = [("", _("Choose a project")), *projects]


class FindingsForm(forms.Form):
    """Findings that shall stand behind a project."""

    finding_ids = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("walk-round", "Findings"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    version = version_field()

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["finding_ids"].choices = choices
