"""Forms about hazards and job risks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.core.once import form_id_field
from fairfloor.core.ui.records import day_field, long_text, version_field
from fairfloor.measure.risk import LEC_EXPOSURES, LEC_LIKELIHOODS, LEC_SEVERITIES
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Level, Sex, department_names
from fairfloor.safety.job_sheets import scale_words
from fairfloor.safety.labels import (
    CONTROL_LABELS,
    LIKELIHOOD_LABELS,
    METHOD_LABELS,
    SEVERITY_LABELS,
    category_choices,
)

NOT_KNOWN = ("", _("Not known"))
NOT_RATED = ("", _("Not rated yet"))


class DepartmentForm(forms.Form):
    """A form that may ask for a department and must not take a day to come."""

    past_days: tuple[str, ...] = ()

    def __init__(self, *args: Any, day: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.day = day
        if "department_code" in self.fields:
            names = department_names(get_language() or "en")
            self.fields["department_code"].choices = [NOT_KNOWN, *names.items()]
        if "category" in self.fields:
            self.fields["category"].choices = [NOT_KNOWN, *category_choices()]

    def clean(self):
        cleaned = super().clean()
        for name in self.past_days:
            if cleaned.get(name) and cleaned[name] > self.day:
                self.add_error(name, _("This day is still to come. Choose today or an earlier day."))
        return cleaned


def _rating(labels: dict[int, Any], label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, choices=[NOT_RATED, *labels.items()]
    )


def _levels(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[NOT_KNOWN, *((each, LEVEL_LABELS[each]) for each in Level)]
    )


def _both_or_none(form: forms.Form, cleaned: dict[str, Any]) -> None:
    if (cleaned.get("likelihood") is None) != (cleaned.get("severity") is None):
        form.add_error("severity", _("Choose both, likelihood and severity, or neither."))


class ReportForm(DepartmentForm):
    """A hazard somebody found."""

    past_days = ("found_date",)

    description = long_text(_("What is dangerous, and where?"), max_length=4000)
    found_date = day_field(_("Found on"))
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    category = forms.ChoiceField(label=_("Kind"), required=False)
    level = _levels(_("Who found it"))
    sex = forms.ChoiceField(
        label=_("Sex of who found it"),
        required=False,
        choices=[NOT_KNOWN, *((each, SEX_LABELS[each]) for each in Sex)],
    )
    likelihood = _rating(LIKELIHOOD_LABELS, _("How likely is it that somebody gets hurt?"))
    severity = _rating(SEVERITY_LABELS, _("How bad could it be?"))

    def clean(self):
        cleaned = super().clean()
        _both_or_none(self, cleaned)
        return cleaned


class NewHazardForm(ReportForm):
    """A hazard with its photo."""

    photo = forms.FileField(label=_("Photo"), required=False)
    # The code of the meeting in which somebody said it.
    meeting = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    form_id = form_id_field()


class CorrectHazardForm(ReportForm):
    """Everything that was written down about a hazard."""

    past_days = ("found_date", "fixed_date")

    responsible_name = forms.CharField(label=_("Who fixes it"), required=False, max_length=150)
    due_date = day_field(_("To be fixed by"), required=False)
    fixed_date = day_field(_("Fixed on"), required=False)
    control_type = forms.ChoiceField(
        label=_("Kind of measure"), required=False, choices=[("", _("None yet")), *CONTROL_LABELS.items()]
    )
    control = long_text(_("What was done about it"), required=False)
    version = version_field()


class AssignForm(DepartmentForm):
    """Who fixes it by when."""

    responsible_name = forms.CharField(label=_("Who fixes it"), max_length=150)
    due_date = day_field(_("To be fixed by"))
    likelihood = _rating(LIKELIHOOD_LABELS, _("How likely is it that somebody gets hurt?"))
    severity = _rating(SEVERITY_LABELS, _("How bad could it be?"))
    version = version_field()

    def clean(self):
        cleaned = super().clean()
        _both_or_none(self, cleaned)
        return cleaned


class TriageForm(DepartmentForm):
    """How bad it is, and of what kind."""

    category = forms.ChoiceField(label=_("Kind"), required=False)
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it that somebody gets hurt?"), coerce=int, choices=LIKELIHOOD_LABELS.items()
    )
    severity = forms.TypedChoiceField(
        label=_("How bad could it be?"), coerce=int, choices=SEVERITY_LABELS.items()
    )
    version = version_field()


class DaysForm(forms.Form):
    """Days to fix a hazard, by its rating."""

    critical = forms.IntegerField(label=_("Critical"), min_value=0, max_value=365)
    high = forms.IntegerField(label=_("High"), min_value=0, max_value=365)
    medium = forms.IntegerField(label=_("Medium, and not rated yet"), min_value=0, max_value=365)
    low = forms.IntegerField(label=_("Low"), min_value=0, max_value=365)


class AssignManyForm(forms.Form):
    """Several hazards for one person."""

    codes = forms.MultipleChoiceField(label=_("Hazards nobody has yet"), widget=forms.CheckboxSelectMultiple)
    responsible_name = forms.CharField(label=_("Who fixes them"), max_length=150)
    due_date = day_field(_("To be fixed by"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = choices


class FixForm(DepartmentForm):
    """What was done."""

    past_days = ("fixed_date",)

    control_type = forms.ChoiceField(
        label=_("What kind of measure is it?"),
        choices=CONTROL_LABELS.items(),
        widget=forms.RadioSelect,
        help_text=_("The list begins with the surest kind and ends with the weakest."),
    )
    control = long_text(_("What was done"), required=False)
    fixed_date = day_field(_("Fixed on"))
    photo = forms.FileField(label=_("Photo of how it is now"), required=False)
    version = version_field()


class ReasonForm(DepartmentForm):
    """A reason."""

    reason = long_text(_("Reason"))
    version = version_field()


class VersionForm(DepartmentForm):
    """A step that needs no more words."""

    version = version_field()


_LEC_HELP = {
    "likelihood": (_("Matrix: 1 to 5. LEC: %(values)s."), LEC_LIKELIHOODS),
    "exposure": (_("Only for LEC: %(values)s."), LEC_EXPOSURES),
    "severity": (_("Matrix: 1 to 5. LEC: %(values)s."), LEC_SEVERITIES),
}


class JobRiskForm(DepartmentForm):
    """One risk of one step of a job."""

    past_days = ("assessed_date",)

    job = forms.CharField(label=_("Job"), max_length=120)
    step = forms.CharField(label=_("Step of the job"), max_length=200)
    hazard = forms.CharField(label=_("What could hurt somebody in this step?"), max_length=200)
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    finder_level = _levels(_("Who saw it"))
    assessed_date = day_field(_("Assessed on"))
    method = forms.ChoiceField(
        label=_("Method"), choices=METHOD_LABELS.items(), widget=forms.RadioSelect, initial="MATRIX"
    )
    likelihood = forms.DecimalField(label=_("Likelihood"), min_value=Decimal(0), max_digits=6)
    exposure = forms.DecimalField(label=_("Exposure"), required=False, min_value=Decimal(0), max_digits=6)
    severity = forms.DecimalField(label=_("Severity"), min_value=Decimal(0), max_digits=6)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    women = forms.IntegerField(
        label=_("Women exposed"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Empty: all who do the job."),
    )
    men = forms.IntegerField(label=_("Men exposed"), required=False, min_value=0, max_value=100_000)
    is_pregnancy = forms.BooleanField(label=_("Matters in pregnancy"), required=False)
    is_breastfeeding = forms.BooleanField(label=_("Matters while nursing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [NOT_KNOWN, *category_choices()]
        for name, (text, values) in _LEC_HELP.items():
            self.fields[name].help_text = text % {"values": scale_words(values)}


class NewJobRiskForm(JobRiskForm):
    """A new risk, with a measure that is in place."""

    control = long_text(_("What is in place against it"), required=False)
    control_type = forms.ChoiceField(
        label=_("Kind of measure"), required=False, choices=[("", _("None yet")), *CONTROL_LABELS.items()]
    )


class CorrectJobRiskForm(JobRiskForm):
    """One risk, corrected; its measures and later ratings have pages of their own."""

    reason = long_text(_("Why the first rating changes"), required=False)
    version = version_field()
