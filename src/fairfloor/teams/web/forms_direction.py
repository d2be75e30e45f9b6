"""Forms of the vision and the goals of a year."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.content import load, translate
from fairfloor.core.ui.records import day_field, long_text
from fairfloor.projects.public import ImprovementProject
from fairfloor.projects.public import Status as ProjectStatus
from fairfloor.teams.models import Goal


class VisionForm(forms.Form):
    """Where the factory wants to be."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = long_text(
        _("Where do we want to be?"), help_text=_("One or two sentences everybody here can say by heart.")
    )


class ReasonForm(forms.Form):
    """Why."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = long_text(
        _("Why is the goal dropped?"),
        max_length=300,
        missing=_("Write why the goal is dropped; the team will read it."),
    )


class GoalForm(forms.Form):
    """One goal."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What shall be better?"),
        max_length=200,
        error_messages={"required": _("Say what shall be better.")},
    )
    indicator = forms.ChoiceField(label=_("Measured by"))
    baseline_start_date = day_field(
        _("Baseline from"), help_text=_("The same season as the goal, if you can.")
    )
    baseline_end_date = day_field(_("Baseline to"))
    target = forms.DecimalField(
        label=_("Target"),
        max_digits=14,
        decimal_places=4,
        help_text=_("For a share, write per cent: 3 for 3 %."),
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the number you want to reach.")),
    )
    owner_name = forms.CharField(label=_("Who looks after it"), required=False, max_length=150)
    project_codes = forms.MultipleChoiceField(
        label=_("Projects that serve it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, goal: Goal | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        known = load().indicators.values()
        self.fields["indicator"].choices = [
            (i.code, translate(i.name, language))
            for i in known
            if i.unit != "LIST" and i.direction != "NEUTRAL"
        ]
        running = ImprovementProject.objects.filter(
            status__in=[ProjectStatus.IDEA, ProjectStatus.APPROVED, ProjectStatus.IN_PROGRESS]
        )
        chosen = goal.projects if goal else ()
        rows = list(running.order_by("title", "id")[:100]) + list(
            ImprovementProject.objects.filter(code__in=chosen).order_by("title", "id")
        )
        titles = {row.code: row.title for row in rows}
        names = Counter(titles.values())
        # Two projects of one name are told apart by their codes.
        self.fields["project_codes"].choices = [
            (code, title if names[title] < 2 else f"{title} · {code}") for code, title in titles.items()
        ]

    def values(self) -> dict[str, Any]:
        """What the service takes: a share as a fraction."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if load().indicators[values["indicator"]].is_fraction:
            values["target"] = values["target"] / Decimal(100)
        return values
