"""Forms on the way to a measure: causes, a small experiment, who works on it, where else it could work."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.records import day_field, long_text
from fairfloor.organisations.public import Worker, department_names
from fairfloor.projects.labels import BONE_LABELS
from fairfloor.projects.models import CauseAnalysis, ImprovementProject
from fairfloor.projects.web.forms import ProjectForm


def _lines(label: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class CausesForm(ProjectForm):
    """Six bones, five whys, one root."""

    one_of = (*BONE_LABELS, "whys", "root")
    people = _lines(BONE_LABELS["people"])
    machine = _lines(BONE_LABELS["machine"])
    material = _lines(BONE_LABELS["material"])
    method = _lines(BONE_LABELS["method"])
    measurement = _lines(BONE_LABELS["measurement"])
    surroundings = _lines(BONE_LABELS["surroundings"])
    whys = forms.CharField(
        label=_("Why? And why is that?"),
        required=False,
        max_length=2000,
        help_text=_("One answer a line, each asking why of the one before; at most five."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    root = long_text(
        _("The root of it"),
        required=False,
        help_text=_("What, once it is gone, keeps the problem from coming back."),
    )

    def values_of(self, project: ImprovementProject) -> dict[str, Any]:
        """What was written before."""
        known = CauseAnalysis.objects.filter(project=project).first()
        names = [name for name in self.base_fields if name != "version"]
        return {name: getattr(known, name) for name in names if known} | {"version": project.version}


class TrialForm(ProjectForm):
    """A small experiment."""

    what = long_text(
        _("What do you try?"), help_text=_("Small and for a few days: one table, one shift, one machine.")
    )
    trial_date = day_field(_("First day of the trial"), required=False)
    has_worked = forms.TypedChoiceField(
        label=_("Did it work?"),
        required=False,
        choices=[("", _("We do not know yet")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    learned = long_text(_("What did you learn?"), required=False)


LISTED = 500


def _worker_words(worker: Worker, departments: dict[str, str], *, is_twin: bool) -> str:
    """A name with its department, and the code where two have both in common."""
    parts = [worker.name or worker.code, departments.get(worker.department_code, worker.department_code)]
    if is_twin and worker.name:
        parts.append(worker.code)
    return " · ".join(part for part in parts if part)


class MembersForm(ProjectForm):
    """Who works on it."""

    worker_codes = forms.MultipleChoiceField(
        label=_("People on the roster"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who is on it stays to be seen, then come the people of the place; on a long roster the others end somewhere.
        chosen = self.initial.get("worker_codes") or []
        own = self.project.department_code if self.project else ""
        order = Case(
            When(code__in=chosen, then=Value(0)),
            When(department_code=own, then=Value(1)) if own else When(code="", then=Value(1)),
            default=Value(2),
        )
        people = list(Worker.objects.order_by(order, "name", "code", "id")[: LISTED + 1])
        departments = department_names(get_language() or "en")
        names = Counter((each.name, each.department_code) for each in people)
        self.fields["worker_codes"].choices = [
            (each.code, _worker_words(each, departments, is_twin=names[each.name, each.department_code] > 1))
            for each in people[:LISTED]
        ]
        if len(people) > LISTED:
            self.fields["worker_codes"].help_text = _(
                "The roster is long: people of the project's department come first, then others by name as far as the "
                "list goes."
            )

    def values_of(self, project: ImprovementProject) -> dict[str, Any]:
        """Who is on it now."""
        codes = list(project.members.order_by("worker_code").values_list("worker_code", flat=True))
        return {"worker_codes": codes, "version": project.version}


class ElsewhereForm(ProjectForm):
    """Another department."""

    department_code = forms.ChoiceField(label=_("Department"))
    is_adopted = forms.BooleanField(label=_("It already works there"), required=False)
    words = forms.CharField(label=_("What would be different there?"), required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.project.department_code if self.project else ""
        names = department_names(get_language() or "en")
        self.fields["department_code"].choices = [(code, name) for code, name in names.items() if code != own]

    def values_of(self, project: ImprovementProject) -> dict[str, Any]:
        """Nothing is chosen at first."""
        return {"version": project.version}
