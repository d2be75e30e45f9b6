"""What is asked once for a whole hazard list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.records import day_field
from fairfloor.organisations.public import LEVEL_LABELS, Level
from fairfloor.safety.web.forms import NOT_KNOWN, DepartmentForm


class PickForm(DepartmentForm):
    """The job that takes the ticked lines, and who sees to measures not in place."""

    title = forms.CharField(label=_("Job"), max_length=120)
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    women = forms.IntegerField(label=_("Women who do it"), required=False, min_value=0, max_value=100_000)
    men = forms.IntegerField(label=_("Men who do it"), required=False, min_value=0, max_value=100_000)
    finder_level = forms.ChoiceField(
        label=_("Who went through the list"),
        required=False,
        choices=[NOT_KNOWN, *((each, LEVEL_LABELS[each]) for each in Level)],
    )
    owner_name = forms.CharField(
        label=_("Who sees to the measures that are not in place"),
        required=False,
        max_length=150,
        help_text=_("With a name, what you did not tick becomes a planned measure. Empty: it is left out."),
    )
    due_date = day_field(_("To be in place by"), required=False)
