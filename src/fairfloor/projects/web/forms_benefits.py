"""Forms on what a project brings, and on looking at it again months later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairfloor.core.ui.records import day_field, long_text
from fairfloor.projects.labels import IN_PLACE_LABELS
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.selectors import benefits_elsewhere, benefits_of
from fairfloor.projects.web.forms import ProjectForm, say_plainly
from fairfloor.projects.workflow import SavingType

_KINDS = {
    SavingType.ONE_OFF: _("Once"),
    SavingType.RECURRING: _("Again and again"),
}


def _amount(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, max_digits=14, decimal_places=2
    )


class BenefitForm(forms.Form):
    """One benefit: what, in which measure, wanted, expected, found."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What gets better?"), max_length=200, help_text=_("For example: less yarn thrown away.")
    )
    unit = forms.CharField(
        label=_("Measured in"),
        required=False,
        max_length=40,
        help_text=_("Leave it empty for money. Else for example: hours a month, kg, steps."),
    )
    kind = forms.ChoiceField(
        label=_("How often does it come?"), choices=list(_KINDS.items()), widget=forms.RadioSelect
    )
    months = forms.IntegerField(
        label=_("Counted over how many months?"),
        required=False,
        help_text=_(
            "Only for what comes again and again: 12 for a year, 1 for a month. It is brought to a year."
        ),
    )
    target = _amount(_("Wanted"))
    forecast = _amount(_("Expected now"))
    actual = _amount(
        pgettext_lazy("amount", "Found"),
        _("Measured or counted after the change. Only this can be verified."),
    )
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    rate = forms.DecimalField(
        label=_("One of it is worth so much of the factory's own currency"),
        required=False,
        max_digits=16,
        decimal_places=8,
        help_text=_("Only for another currency."),
    )
    rate_date = day_field(_("Day of that rate"), required=False)
    part_of = forms.TypedChoiceField(
        label=_("Part of another benefit?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Then only that one counts, so that nothing is counted twice."),
    )

    def __init__(self, *args, project: ImprovementProject, benefit: Benefit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        say_plainly(self)
        own = [one for one in benefits_of(project) if one != benefit and one.part_of_id is None]
        others = benefits_elsewhere(project)
        if not own and not others:
            del self.fields["part_of"]
        else:
            alone = ("", _("No, it counts by itself"))
            elsewhere = ((one.pk, f"{one.title} · {one.project.title}") for one in others)
            self.fields["part_of"].choices = [alone, *((one.pk, one.title) for one in own), *elsewhere]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in {"version", "part_of"}
        }
        values["part_of_id"] = self.cleaned_data.get("part_of")
        return values


class VisitForm(ProjectForm):
    """What somebody found months later."""

    state = forms.ChoiceField(
        label=_("Is it still in place?"), choices=list(IN_PLACE_LABELS.items()), widget=forms.RadioSelect
    )
    words = long_text(_("What did you see?"), required=False)
