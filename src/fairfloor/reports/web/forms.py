"""Forms of case reports."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_DAY = {"type": "date"}
_ASK_DAY = {
    "required": gettext_lazy("Choose a day."),
    "invalid": gettext_lazy("Write the day as 2026-02-28."),
}


class PeriodForm(forms.Form):
    """The period of a new report."""

    start = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY),
        error_messages=_ASK_DAY,
    )
    end = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY),
        error_messages=_ASK_DAY,
    )

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end:
            if start > end:
                self.add_error("end", _("The last day is before the first one. Choose a later day."))
            elif (end - start).days > 366 * 10:
                self.add_error("end", _("A report covers ten years at most. Choose a shorter period."))
        return cleaned


class WordsForm(forms.Form):
    """What the factory itself says in one section."""

    text = forms.CharField(
        label=gettext_lazy("Words of this section"),
        help_text=gettext_lazy("Plain text. A new line begins a new paragraph."),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a report is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why it is withdrawn. Readers will see it.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
