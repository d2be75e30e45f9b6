"""Forms about incidents and hours worked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fairfloor.core.once import form_id_field
from fairfloor.core.ui.records import day_field, long_text, version_field
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, Level, Sex
from fairfloor.safety.incident_labels import BASE_LABELS, CLASS_LABELS, FACTOR_LABELS, KIND_LABELS
from fairfloor.safety.services.incidents import Participant
from fairfloor.safety.web.forms import NOT_KNOWN, DepartmentForm


class NearMissForm(DepartmentForm):
    """What happened, where, when: nothing more is needed."""

    past_days = ("incident_date",)

    description = long_text(_("What nearly happened?"), max_length=4000)
    department_code = forms.ChoiceField(label=_("Where?"), required=False)
    incident_date = day_field(_("When?"))
    form_id = form_id_field()


def _sexes(label) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[NOT_KNOWN, *((each, SEX_LABELS[each]) for each in Sex)]
    )


class IncidentForm(DepartmentForm):
    """Everything about an incident but what is sealed."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=KIND_LABELS.items(), widget=forms.RadioSelect)
    description = long_text(
        _("What happened?"),
        max_length=4000,
        help_text=_("No names and nothing about the body here: sealed details have a page of their own."),
    )
    incident_date = day_field(_("Happened on"))
    hour = forms.IntegerField(label=_("Hour, 0 to 23"), required=False, min_value=0, max_value=23)
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    job = forms.CharField(label=_("Job"), required=False, max_length=120)
    injury_class = forms.ChoiceField(
        label=_("How bad was it?"),
        required=False,
        choices=[("", _("Nobody was hurt")), *CLASS_LABELS.items()],
        help_text=_("Write one incident for each person hurt: the rates count people."),
    )
    sex = _sexes(_("Sex of who was hurt"))
    level = forms.ChoiceField(
        label=_("Level of who was hurt"),
        required=False,
        choices=[NOT_KNOWN, *((each, LEVEL_LABELS[each]) for each in Level)],
    )
    days_lost = forms.IntegerField(
        label=_("Days lost"),
        required=False,
        help_text=_("Calendar days from the day after. Leave it empty while the person is still away."),
    )


class NewIncidentForm(IncidentForm):
    """An incident with its photo."""

    photo = forms.FileField(label=_("Photo"), required=False)
    form_id = form_id_field()


class CorrectIncidentForm(IncidentForm):
    """An incident, corrected."""

    version = version_field()


def _people(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=20, initial=0)


class InvestigationForm(DepartmentForm):
    """Why it happened, and who looked into it."""

    held_date = day_field(_("Looked into on"))
    why_1 = long_text(_("Why did it happen?"), max_length=500)
    why_2 = long_text(_("And why was that so?"), required=False, max_length=500)
    why_3 = long_text(_("Third why"), required=False, max_length=500)
    why_4 = long_text(_("Fourth why"), required=False, max_length=500)
    why_5 = long_text(_("Fifth why"), required=False, max_length=500)
    factors = forms.MultipleChoiceField(
        label=_("What contributed?"),
        required=False,
        choices=FACTOR_LABELS.items(),
        widget=forms.CheckboxSelectMultiple,
    )
    participants = forms.CharField(
        label=_("Who took part: roster codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One code a line. Count people without a code below."),
    )
    women_front_line = _people(_("Women from the front line, without code"))
    men_front_line = _people(_("Men from the front line, without code"))
    women_leading = _people(_("Women who lead, without code"))
    men_leading = _people(_("Men who lead, without code"))
    version = version_field()

    def everybody(self) -> list[Participant]:
        """All who took part, as the service takes them."""
        values = self.cleaned_data
        found = [Participant(code.strip()) for code in values["participants"].split() if code.strip()]
        for name, sex, level in (
            ("women_front_line", Sex.FEMALE, Level.FRONT_LINE),
            ("men_front_line", Sex.MALE, Level.FRONT_LINE),
            ("women_leading", Sex.FEMALE, Level.SUPERVISOR),
            ("men_leading", Sex.MALE, Level.SUPERVISOR),
        ):
            found += [Participant("", sex.value, level.value)] * (values.get(name) or 0)
        return found


class ActionForm(DepartmentForm):
    """Who does what by when."""

    text = forms.CharField(label=_("What is to be done?"), max_length=500)
    owner_name = forms.CharField(label=_("Who does it"), max_length=150)
    due_date = day_field(_("By"))
    form_id = form_id_field()


class AgreeForm(DepartmentForm):
    """The actions stand, or none is needed."""

    reason = long_text(_("If no action is needed: why?"), required=False)
    version = version_field()


class HealthForm(DepartmentForm):
    """The sealed details."""

    person_code = forms.CharField(label=_("Roster code of who was hurt"), required=False, max_length=40)
    nature = forms.CharField(label=_("Kind of injury"), required=False, max_length=200)
    body_part = forms.CharField(label=_("Part of the body"), required=False, max_length=200)
    treatment = long_text(_("Treatment"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=1, required=False)


class HoursForm(DepartmentForm):
    """The hours of one month."""

    month_date = day_field(_("A day in the month"))
    department_code = forms.ChoiceField(label=_("Department"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("All")), *((e, SEX_LABELS[e]) for e in Sex)]
    )
    hours = forms.DecimalField(label=_("Hours worked"), max_digits=12, decimal_places=2)
    workers = forms.DecimalField(
        label=_("People on average, as full-timers"), required=False, max_digits=9, decimal_places=2
    )
    is_estimate = forms.BooleanField(
        label=_("These hours are an estimate"),
        required=False,
        help_text=_("For example people × hours a day × working days. Every rate then says so."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = self.fields["department_code"].choices[1:]
        self.fields["department_code"].choices = [("", _("The whole factory")), *names]


class BaseForm(DepartmentForm):
    """The base of the frequency rate."""

    base = forms.TypedChoiceField(
        label=_("Show the frequency"), coerce=int, choices=BASE_LABELS.items(), widget=forms.RadioSelect
    )
