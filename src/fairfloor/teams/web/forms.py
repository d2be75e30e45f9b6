"""Forms of teams and meetings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.once import form_id_field
from fairfloor.core.ui.records import OneOwner
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS
from fairfloor.teams.labels import ROLE_LABELS, SHIFT_LABELS
from fairfloor.teams.workflow import TeamRole


def day_field(label, *, required: bool = True) -> forms.DateField:
    """A day, in the browser's own date field."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day as 2026-02-28."),
        },
    )


def words_field(label, *, rows: int = 3, required: bool = True, missing="", max_length: int = 2000):
    """Some lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or gettext_lazy("Write it in a few words.")},
    )


def weeks_field(label) -> forms.IntegerField:
    """How many weeks lie between two meetings."""
    asked = gettext_lazy("Write a number of weeks from 1 to 26.")
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=26,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), asked),
    )


def version_field() -> forms.IntegerField:
    """The version the form saw."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def hour_field() -> forms.TimeField:
    """An hour, in the browser's own time field."""
    return forms.TimeField(
        label=gettext_lazy("Hour"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write the hour as 14:30.")},
    )


def place_field() -> forms.CharField:
    """Where a meeting is."""
    return forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)


class TeamForm(forms.Form):
    """A new team."""

    code = forms.RegexField(
        r"^[\w-]+$",
        label=gettext_lazy("Short code"),
        max_length=20,
        help_text=gettext_lazy("Letters and numbers, for example EIT. Registers use it."),
        error_messages={"invalid": gettext_lazy("Use letters, numbers and dashes only.")},
    )
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=120)


class TeamChangeForm(forms.Form):
    """A team's name, its charter, and whether it works."""

    version = version_field()
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=120)
    purpose = words_field(gettext_lazy("What the team is for"), required=False, max_length=1000)
    rules = words_field(
        gettext_lazy("How it works: who decides, what is said outside, what happens to ideas"), required=False
    )
    sponsor_name = forms.CharField(
        label=gettext_lazy("Who of the top management stands behind it"), required=False, max_length=150
    )
    meets_every_weeks = weeks_field(gettext_lazy("It meets every so many weeks"))
    programme_ended_date = day_field(gettext_lazy("The training programme ended on"), required=False)
    is_active = forms.BooleanField(
        label=gettext_lazy("The team works"),
        required=False,
        help_text=gettext_lazy("Members of a team that has ended are not counted."),
    )


class TeamCheckForm(forms.Form):
    """How a team is, months after the programme."""

    is_alive = forms.TypedChoiceField(
        label=gettext_lazy("Does the team still meet and improve things?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(gettext_lazy("What helps it, or what stopped it?"), required=False, max_length=1000)


class HandOverForm(forms.Form):
    """Who takes a post over, and what they need to know."""

    version = version_field()
    to_code = forms.ChoiceField(
        label=gettext_lazy("Who takes it over"),
        help_text=gettext_lazy("Who holds another post gives it up for this one."),
        error_messages={"required": gettext_lazy("Choose who takes it over.")},
    )
    words = words_field(
        gettext_lazy("What the next one needs to know"),
        rows=6,
        missing=gettext_lazy(
            "Write what the next one needs to know: what is open, where things are, who helps."
        ),
    )

    def __init__(self, *args, people: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_code"].choices = [("", "–"), *people.items()]


class _FactsForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role in the team"))
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    department_code = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    shift = forms.ChoiceField(label=gettext_lazy("Shift"), required=False)

    def __init__(self, *args, departments: dict[str, str], unknown: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code.value, ROLE_LABELS[code]) for code in TeamRole]
        for name, labels in (("sex", SEX_LABELS), ("level", LEVEL_LABELS)):
            self.fields[name].choices = [("", unknown), *((c, w) for c, w in labels.items() if c)]
        self.fields["department_code"].choices = [("", unknown), *departments.items()]
        self.fields["shift"].choices = [("", _("Not known")), *SHIFT_LABELS.items()]


class MemberForm(_FactsForm):
    """A person who joins a team."""

    team_id = forms.TypedChoiceField(label=gettext_lazy("Team"), coerce=int)
    member_code = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=40,
        help_text=gettext_lazy("The person's code or name on the roster, for example M14."),
        error_messages={"required": gettext_lazy("Write the person's code or name.")},
    )
    from_date = day_field(gettext_lazy("First day in the team"))
    field_order = ("team_id", "member_code", "role", "from_date", "sex", "level", "department_code", "shift")

    def __init__(self, *args, teams: list[tuple[int, str]], **kwargs):
        super().__init__(*args, unknown=_("As on the roster"), **kwargs)
        self.fields["team_id"].choices = teams
        self.fields["member_code"].widget.attrs |= {"list": "roster", "autocomplete": "off"}
        self.fields["role"].initial = TeamRole.MEMBER.value


class TermForm(_FactsForm):
    """A term put right."""

    from_date = day_field(gettext_lazy("First day in the team"))
    to_date = day_field(gettext_lazy("Last day in the team"), required=False)
    version = version_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, unknown=_("Not known"), **kwargs)


class EndForm(forms.Form):
    """The last day of a term."""

    to_date = day_field(gettext_lazy("Last day in the team"))
    version = version_field()


class RemoveForm(forms.Form):
    """Nothing but the version: what is removed stands on the page."""

    version = version_field()


class _TeamPicked(forms.Form):
    """A form about one team; the choice is hidden where there is only one."""

    team_id = forms.TypedChoiceField(label=gettext_lazy("Team"), coerce=int)

    def __init__(self, *args, teams: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team_id"].choices = teams
        if len(teams) == 1:
            self.fields["team_id"].widget = forms.HiddenInput()
            self.fields["team_id"].initial = teams[0][0]


class PlanForm(_TeamPicked):
    """The next meeting."""

    meeting_date = day_field(gettext_lazy("Day of the meeting"))
    start_time = hour_field()
    place = place_field()
    form_id = form_id_field()


class SeriesForm(_TeamPicked):
    """Meetings in a row."""

    first_date = day_field(gettext_lazy("First meeting"))
    every_weeks = weeks_field(gettext_lazy("Every so many weeks"))
    until_date = day_field(gettext_lazy("Until"))
    start_time = hour_field()
    place = place_field()
    form_id = form_id_field()


class TopicForm(forms.Form):
    """A topic in words."""

    title = forms.CharField(
        label=gettext_lazy("Another topic"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what the team should talk about.")},
    )


class MinutesForm(forms.Form):
    """The end of a meeting."""

    minutes = words_field(gettext_lazy("Minutes"), rows=10, required=False, max_length=20000)
    version = version_field()


class RecordForm(MinutesForm):
    """A meeting's day, who was there, and the minutes."""

    meeting_date = day_field(gettext_lazy("Day of the meeting"))
    start_time = hour_field()
    place = place_field()
    field_order = ("meeting_date", "start_time", "place", "minutes")


class ReasonForm(forms.Form):
    """Why a meeting is called off or withdrawn."""

    reason = words_field(
        gettext_lazy("Why"), missing=gettext_lazy("Write why, in a few words."), max_length=300
    )
    version = version_field()


# --- decisions ---------------------------------------------------------------------------------------------------


class DecisionForm(forms.Form):
    """What every decision form carries: the version of the item it saw."""

    version = version_field()

    def __init__(self, *args, owners: dict[int, str], departments: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = owners
        if "owner_user_id" in self.fields:
            self.fields["owner_user_id"].choices = [("", _("Somebody else")), *owners.items()]
        if "department_code" in self.fields:
            self.fields["department_code"].choices = [("", _("No single one")), *departments.items()]


class _OwnedForm(OneOwner, DecisionForm):
    owner_user_id = forms.TypedChoiceField(
        label=gettext_lazy("Who does it"), required=False, coerce=int, empty_value=None
    )
    owner_name = forms.CharField(
        label=gettext_lazy("Or another name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    due_date = day_field(gettext_lazy("By when"), required=False)


class ProjectForm(_OwnedForm):
    """Start a project."""

    title = forms.CharField(
        label=gettext_lazy("What the project is called"),
        max_length=200,
        help_text=gettext_lazy("In the team's own words: projects can be shown outside, ideas cannot."),
        error_messages={"required": gettext_lazy("Give the project a name.")},
    )
    department_code = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    field_order = ("title", "owner_user_id", "owner_name", "due_date", "department_code")


class ActionForm(_OwnedForm):
    """Agree on an action."""

    text = words_field(
        gettext_lazy("What is to be done"),
        rows=2,
        missing=gettext_lazy("Write what is to be done."),
        max_length=500,
    )
    field_order = ("text", "owner_user_id", "owner_name", "due_date")


class AcceptForm(DecisionForm):
    """Accept an idea."""

    answer = words_field(gettext_lazy("Answer to the writer"), required=False)


class DeclineForm(DecisionForm):
    """Decline an idea."""

    reason = words_field(
        gettext_lazy("Why not – the writer reads this"),
        missing=gettext_lazy("Write the reason: the person who had the idea reads it."),
        max_length=1000,
    )


class NoteForm(DecisionForm):
    """Write down what was said."""

    text = words_field(gettext_lazy("What was said"), missing=gettext_lazy("Write what was said."))


class CompleteForm(DecisionForm):
    """Tick an action off; nothing to fill in."""
