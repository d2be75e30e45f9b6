"""Forms about jobs, their measures, ratings, reviews and consultations."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.records import day_field, long_text, version_field
from fairfloor.measure.risk import LEC_EXPOSURES, LEC_LIKELIHOODS, LEC_SEVERITIES
from fairfloor.organisations.public import Worker
from fairfloor.safety.labels import (
    CONTROL_LABELS,
    LIKELIHOOD_LABELS,
    METHOD_LABELS,
    SEVERITY_LABELS,
)
from fairfloor.safety.web.forms import DepartmentForm
from fairfloor.safety.workflow import Method

_COMMA = re.compile("[,，;；\t]")
_LEC_WORDS = {
    "likelihood": {
        "10": _("10 – certain"),
        "6": _("6 – quite likely"),
        "3": _("3 – possible, unusual"),
        "1": _("1 – unlikely"),
        "0.5": _("0.5 – conceivable"),
        "0.2": _("0.2 – very unlikely"),
        "0.1": _("0.1 – practically impossible"),
    },
    "exposure": {
        "10": _("10 – all the time"),
        "6": _("6 – every day"),
        "3": _("3 – once a week"),
        "2": _("2 – once a month"),
        "1": _("1 – a few times a year"),
        "0.5": _("0.5 – very rarely"),
    },
    "severity": {
        "100": _("100 – many deaths"),
        "40": _("40 – several deaths"),
        "15": _("15 – one death"),
        "7": _("7 – severe injury"),
        "3": _("3 – disabling injury"),
        "1": _("1 – first aid"),
    },
}
_LABELS = {"likelihood": _("Likelihood"), "exposure": _("Exposure"), "severity": _("Severity")}
_SCALES = {"likelihood": LEC_LIKELIHOODS, "exposure": LEC_EXPOSURES, "severity": LEC_SEVERITIES}


def rating_choices(method: str, name: str) -> list[tuple[str, Any]]:
    """The values of one scale with their words."""
    if method == Method.LEC:
        assert set(map(Decimal, _LEC_WORDS[name])) == _SCALES[name]
        return list(_LEC_WORDS[name].items())
    words = LIKELIHOOD_LABELS if name == "likelihood" else SEVERITY_LABELS
    return [(str(value), label) for value, label in words.items()]


class RateForm(DepartmentForm):
    """A rating with the measures in place, on the scales of one method."""

    past_days = ("rated_date",)

    rated_date = day_field(_("Rated on"))
    reason = long_text(
        _("Why this rating"),
        required=False,
        help_text=_("What changed, and what you looked at. Needed when it is above the first rating."),
    )
    version = version_field()

    def __init__(self, *args: Any, method: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.method = method
        names = ("likelihood", "exposure", "severity") if method == Method.LEC else ("likelihood", "severity")
        for name in names:
            self.fields[name] = forms.TypedChoiceField(
                label=_LABELS[name], choices=rating_choices(method, name), coerce=Decimal
            )
        self.order_fields([*names, "rated_date", "reason", "version"])


class ControlForm(DepartmentForm):
    """One measure: in place, or planned by somebody for a day."""

    text = long_text(_("What is done"))
    control_type = forms.ChoiceField(
        label=_("What kind of measure is it?"),
        choices=CONTROL_LABELS.items(),
        widget=forms.RadioSelect,
        help_text=_("The list begins with the surest kind and ends with the weakest."),
    )
    state = forms.ChoiceField(
        label=_("Is it there?"),
        choices=[("IN_PLACE", _("It is in place")), ("PLANNED", _("It is planned"))],
        widget=forms.RadioSelect,
        initial="IN_PLACE",
    )
    owner_name = forms.CharField(
        label=_("Who sees to it"),
        required=False,
        max_length=150,
        help_text=_("Needed for a planned measure, with its day."),
    )
    due_date = day_field(_("To be in place by"), required=False)


class DoneForm(DepartmentForm):
    """The day a measure was in place."""

    past_days = ("done_date",)
    done_date = day_field(_("In place since"))
    version = version_field()


class JobForm(DepartmentForm):
    """What is known of a job."""

    title = forms.CharField(label=_("Job"), max_length=120)
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    women = forms.IntegerField(label=_("Women who do it"), required=False, min_value=0, max_value=100_000)
    men = forms.IntegerField(label=_("Men who do it"), required=False, min_value=0, max_value=100_000)
    review_date = day_field(_("To be looked at again by"), required=False)
    version = version_field()


class ReviewForm(DepartmentForm):
    """What a fresh look at a job found."""

    past_days = ("done_date",)
    done_date = day_field(_("Looked at on"))
    outcome = long_text(_("What was found, and what changes"))
    next_date = day_field(_("Next look by"), required=False, help_text=_("Empty: in a year."))


class AskReviewForm(DepartmentForm):
    """Why a job is to be looked at again."""

    cause = forms.ChoiceField(
        label=_("Why"),
        choices=[("CHANGE", _("Something changed")), ("INCIDENT", _("Something happened"))],
        widget=forms.RadioSelect,
        initial="CHANGE",
    )
    words = long_text(_("What changed or happened"))


class ConsultForm(DepartmentForm):
    """Who was asked about a job, and what they said."""

    past_days = ("held_date",)
    held_date = day_field(_("Asked on"))
    women = forms.IntegerField(label=_("Women asked"), min_value=0, max_value=10_000, initial=0)
    men = forms.IntegerField(label=_("Men asked"), min_value=0, max_value=10_000, initial=0)
    front_line = forms.IntegerField(
        label=_("Of these, front-line workers"), min_value=0, max_value=10_000, initial=0
    )
    words = long_text(_("What they said"), required=False, max_length=4000)
    names = long_text(
        _("Names of who signs, one a line"),
        required=False,
        max_length=4000,
        help_text=_(
            "Each types their own name here: it stands for a signature. Worker numbers may stand behind a comma, "
            "or alone. Or print the sheet and sign it."
        ),
    )
    has_agreed = forms.BooleanField(
        label=_("Those named were asked, and typed their names themselves"), required=False
    )

    def clean_names(self) -> list[tuple[str, str]]:
        """Names with worker numbers, as (name, number); a number must stand on the roster."""
        lines = [
            [part.strip() for part in _COMMA.split(line, maxsplit=1)]
            for line in self.cleaned_data["names"].splitlines()
            if line.strip()
        ]
        known = dict(
            Worker.objects.filter(code__in={part for line in lines for part in line}).values_list(
                "code", "name"
            )
        )
        found = []
        for name, *code in lines:
            if code and code[0] and code[0] not in known:
                raise forms.ValidationError(
                    _(
                        "No worker on the roster has the number %(code)s. Correct it, or write the name alone."
                    ),
                    params={"code": code[0][:40]},
                )
            if not any(code) and name in known:
                found.append((known[name] or name, name))
            else:
                found.append((name[:150], code[0] if code else ""))
        return found

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("names") and not cleaned.get("has_agreed"):
            self.add_error("has_agreed", _("Tick this, or take the names out."))
        return cleaned


class MethodForm(DepartmentForm):
    """How risks are rated from now on."""

    method = forms.ChoiceField(
        label=_("How risks are rated"), choices=METHOD_LABELS.items(), widget=forms.RadioSelect
    )


def _points(labels: dict[int, Any], label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, choices=list(labels.items()))


class OwnHazardForm(DepartmentForm):
    """A line of an own hazard list."""

    list_name = forms.CharField(label=_("Name of the list, such as a job"), max_length=120)
    step = forms.CharField(label=_("Step of the job"), max_length=200)
    text = forms.CharField(label=_("What could hurt somebody in this step?"), max_length=200)
    likelihood = _points(LIKELIHOOD_LABELS, _("How likely is it that somebody gets hurt?"))
    severity = _points(SEVERITY_LABELS, _("How bad could it be?"))
    control = forms.CharField(label=_("Usual measure"), required=False, max_length=1000)
    control_type = forms.ChoiceField(
        label=_("Kind of measure"), required=False, choices=[("", _("None yet")), *CONTROL_LABELS.items()]
    )
    is_pregnancy = forms.BooleanField(label=_("Matters in pregnancy"), required=False)
    is_breastfeeding = forms.BooleanField(label=_("Matters while nursing"), required=False)
