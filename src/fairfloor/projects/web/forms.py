"""Forms of the project pages. What a value must be is checked by the services; here it is only read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.core.once import form_id_field
from fairfloor.organisations.public import department_names
from fairfloor.projects.labels import SAVING_TYPE_LABELS, module_choices, tag_choices
from fairfloor.projects.models import ImprovementProject


def _text(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 4, limit: int = 4000):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _amount(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_digits=14, decimal_places=2
    )


def say_plainly(form: forms.Form) -> None:
    """What is wrong with a field, in the words of the project pages."""
    for field in form.fields.values():
        field.error_messages["required"] = _("Fill this in.")
        if isinstance(field, forms.DateField):
            field.error_messages["invalid"] = _("Write the day as year-month-day, for example 2026-03-31.")
        elif isinstance(field, forms.DecimalField):
            field.error_messages["invalid"] = _("Write a number, for example 1200 or 1200.50.")
            field.error_messages["min_value"] = _("Write an amount of 0 or more.")


class ProjectForm(forms.Form):
    """A form on one project; remembers which version of it the person saw.

    ``one_of``: fields of which one at least says something; empty all, nothing would be saved as if it were.
    """

    one_of: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, project: ImprovementProject | None = None, **kwargs):
        self.project = project
        if project is not None:
            kwargs["initial"] = {**self.values_of(project), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        say_plainly(self)

    def clean(self):
        """Something is written, or was and is taken out."""
        cleaned = super().clean()
        names = [name for name in self.one_of if name in self.fields]
        if names and not self.errors and not any(cleaned.get(n) or self.initial.get(n) for n in names):
            self.add_error(names[0], _("Nothing is written yet. Write a line before you save."))
        return cleaned

    def values_of(self, project: ImprovementProject) -> dict[str, Any]:
        """What the form shows of a project at first."""
        known = {name: getattr(project, name) for name in self.base_fields if hasattr(project, name)}
        if "tags" in known:
            known["tags"] = project.tag_codes
        return known

    def values(self) -> dict[str, Any]:
        """What the person wrote, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OnlyVersionForm(ProjectForm):
    """For acts that need no words."""


class PlanForm(ProjectForm):
    """Plan."""

    title = forms.CharField(label=_("Title"), max_length=200)
    problem = _text(
        _("The problem"), help_text=_("What, where, since when and how much. A number helps later.")
    )
    target = _text(_("The target"), help_text=_("What will be better, by how much and by when."), rows=3)
    owner_name = forms.CharField(
        label=_("Who takes care of it"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    start_date = _day(_("Start"))
    due_date = _day(_("Due date"))
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    module = forms.ChoiceField(label=_("Training module it comes from"), required=False)
    tags = forms.MultipleChoiceField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    cost = _amount(_("Expected cost"))

    def __init__(self, *args, people: dict[str, int] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people or {}
        language = get_language() or "en"
        departments = department_names(language)
        modules, tags = dict(module_choices(language)), dict(tag_choices(language))
        if self.project is not None:  # a code nobody knows any more can stay
            departments.setdefault(self.project.department_code, self.project.department_code)
            modules.setdefault(self.project.module, self.project.module)
            tags = {**tags, **{code: code for code in self.project.tag_codes if code not in tags}}
        for name, choices in (("department_code", departments), ("module", modules)):
            if name in self.fields:
                self.fields[name].choices = [("", "–"), *((k, v) for k, v in choices.items() if k)]
        if "tags" in self.fields:
            self.fields["tags"].choices = list(tags.items())

    def values(self):
        """With the login of the owner, where the name is that of one person who has one."""
        values = super().values()
        if "owner_name" in values:
            values["owner_user_id"] = self.people.get(values["owner_name"].strip())
        return values


class NewForm(PlanForm):
    """What is asked when a project starts; the rest comes with the plan."""

    field_order = ["title", "problem", "target", "owner_name", "due_date"]
    start_date = None
    cost = None
    suggestion_ids = forms.TypedMultipleChoiceField(
        label=_("Suggestions it carries out"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    hazard_ids = forms.TypedMultipleChoiceField(
        label=_("Hazards it removes"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    form_id = form_id_field()
    is_idea = forms.BooleanField(label=_("Only note it down as an idea; work starts later"), required=False)

    def __init__(
        self,
        *args,
        suggestions: list[tuple[str, str]] = (),
        hazards: list[tuple[str, str]] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        for name, choices in (("suggestion_ids", suggestions), ("hazard_ids", hazards)):
            self.fields[name].choices = choices
            if not choices:
                del self.fields[name]


class DoForm(ProjectForm):
    """Do."""

    one_of = ("measures", "cost")
    measures = _text(
        _("What was done"), help_text=_("Who did what. It may be less or more than was planned."), rows=6
    )
    cost = _amount(_("What it cost"))


class SavingForm(ProjectForm):
    """What a project saves."""

    saving = _amount(_("Saving"))
    saving_type = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("No saving in money")), *SAVING_TYPE_LABELS.items()],
        widget=forms.RadioSelect,
    )
    saving_effect = _text(
        _("Where the saving comes from"),
        help_text=_("For example: 40 kg of yarn less a month at 60 a kilogram."),
        rows=2,
        limit=1000,
    )


class CheckForm(SavingForm):
    """Check."""

    one_of = ("check_result", "no_check_reason", "saving")
    field_order = ["check_result", "no_check_reason"]
    check_result = _text(
        _("What came out of it"), help_text=_("Compare with the number you wrote in the plan."), rows=5
    )
    no_check_reason = _text(
        _("If there is no result: why"),
        help_text=_("Only when nothing could be measured or seen."),
        rows=2,
        limit=1000,
    )


class ActForm(ProjectForm):
    """Act."""

    one_of = ("learned", "standard")
    learned = _text(_("What we learned"), rows=4)
    standard = _text(
        _("The new standard"),
        help_text=_("What everybody does from now on, and where it is written or shown."),
        rows=4,
    )


class SuggestionsForm(ProjectForm):
    """Suggestions to put behind a project."""

    suggestion_ids = forms.TypedMultipleChoiceField(
        label=_("Suggestions it carries out"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, suggestions: list[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suggestion_ids"].choices = suggestions


class HazardsForm(ProjectForm):
    """Hazards to put behind a project."""

    hazard_ids = forms.TypedMultipleChoiceField(
        label=_("Hazards it removes"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, hazards: list[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hazard_ids"].choices = hazards


class PhotoForm(ProjectForm):
    """One photo from before or after, or its removal."""

    place = forms.ChoiceField(choices=[("before", "before"), ("after", "after")], widget=forms.HiddenInput)
    remove = forms.BooleanField(required=False, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or HEIC, up to 15 MB. The place and time in the file are removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("photo") and not cleaned.get("remove"):
            if "photo" in self.errors:  # an empty file
                del self.errors["photo"]
            self.add_error("photo", _("Choose a photo first."))
        return cleaned


class FinishForm(ProjectForm):
    """Finish."""

    finish_date = _day(_("Finished on"), required=True)
    check_result = _text(_("What came out of it"), rows=4)
    no_check_reason = _text(
        _("If there is no result: why"),
        help_text=_("Only when nothing could be measured or seen."),
        rows=2,
        limit=1000,
    )
    answer = _text(
        _("What the writers of the suggestions will read"),
        help_text=_("It appears on their receipt. They can then say whether it is fixed."),
        rows=3,
        limit=2000,
    )

    def __init__(self, *args, has_suggestions: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_suggestions:
            del self.fields["answer"]


class VerifyForm(SavingForm):
    """Verify."""

    note = _text(_("What you saw"), help_text=_("Kept in the story of the project."), rows=3, limit=1000)


class NoteForm(ProjectForm):
    """A note that is not demanded."""

    note = _text(_("What you saw"), help_text=_("Kept in the story of the project."), rows=3, limit=1000)


class ReasonForm(ProjectForm):
    """A reason that is demanded."""

    reason = _text(_("Reason"), required=True, rows=3, limit=1000)


class CorrectForm(PlanForm, DoForm, CheckForm, ActForm):
    """Everything that can be put right, with the reason."""

    one_of = ()
    field_order = [
        "title", "problem", "target", "owner_name", "start_date", "due_date", "finish_date", "department_code",
        "module", "tags", "measures", "cost", "check_result", "no_check_reason", "saving", "saving_type",
        "saving_effect", "learned", "standard", "reason",
    ]  # fmt: skip
    cost = _amount(_("Cost"))
    finish_date = _day(_("Finished on"))
    reason = _text(_("What was wrong"), required=True, rows=2, limit=1000)
