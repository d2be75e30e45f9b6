"""Forms about job advertisements and gender practices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.records import day_field, long_text, version_field
from fairfloor.equality.labels import LANGUAGE_LABELS, area_choices, type_choices


class JobAdForm(forms.Form):
    """An advertisement as it is, or will be, posted."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = long_text(_("Text of the advertisement"), max_length=10000)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGE_LABELS.items())
    posted_date = day_field(_("Posted on"))


class CorrectJobAdForm(JobAdForm):
    """The same, changed."""

    version = version_field()


class PracticeForm(forms.Form):
    """Something the factory does for equality."""

    title = forms.CharField(label=_("What is done?"), max_length=200)
    area = forms.ChoiceField(label=_("Area"))
    type = forms.ChoiceField(label=_("Kind"), required=False)
    practice_date = day_field(_("Since"))
    project_code = forms.CharField(label=_("Code of the project behind it"), required=False, max_length=20)

    def __init__(self, *args: Any, day: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["area"].choices = area_choices()
        self.fields["type"].choices = [("", _("Not known")), *type_choices()]

    def clean_practice_date(self):
        day = self.cleaned_data["practice_date"]
        if day > self.day:
            raise forms.ValidationError(_("This day is still to come. Record the practice once it is there."))
        return day


class CorrectPracticeForm(PracticeForm):
    """The same, corrected."""

    version = version_field()


class ReasonForm(forms.Form):
    """Why an entry was wrong."""

    reason = long_text(_("Reason"))
    version = version_field()
