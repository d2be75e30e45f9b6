"""Forms of the first run and of a factory's settings."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fairfloor.organisations.public import DATA_CLASS_LABELS, MEMBER_ROLES, ROLE_LABELS

_NOT_AUTOMATIC = {"autocomplete": "off"}
_USERNAME_RULE = UnicodeUsernameValidator(message=_("Use letters, digits and . - _ only, without spaces."))


@lru_cache(maxsize=8)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language.replace("zh-hans", "zh_Hans").replace("-", "_")).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    found = [pair for pair in found if pair[0] not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}]
    return (("", "–"), *sorted(found, key=lambda pair: pair[1]))


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the page's language."""
    return list(_countries(get_language() or "en"))


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, str], ...]:
    names = sorted(
        n
        for n in available_timezones()
        if "/" in n and not n.startswith(("Etc/", "SystemV/", "posix", "right"))
    )
    return tuple((name, name.replace("_", " ")) for name in ("UTC", *names))


def zone_choices() -> list[tuple[str, str]]:
    """Time zones by city."""
    return list(_zones())


def language_choices() -> list[tuple[str, str]]:
    """Languages of workers' pages, each in its own script."""
    return [(code, name) for code, name in settings.LANGUAGES]


def staff_language_choices() -> list[tuple[str, str]]:
    """Languages of staff pages."""
    return [(code, get_language_info(code)["name_local"]) for code in settings.STAFF_LANGUAGES]


def _date(label, **options) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class StartForm(forms.Form):
    """One's own factory and oneself."""

    name = forms.CharField(
        label=_("Name of the factory"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("Days and months are counted by this clock."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your workers"), choices=language_choices, widget=forms.CheckboxSelectMultiple
    )
    person_name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Username"),
        max_length=80,
        validators=[_USERNAME_RULE],
        help_text=_("What you type to sign in. Letters, digits and . - _ without spaces."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_(
            "At least 10 characters. Four words that only you put together are easy to keep in mind."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    demo = forms.ChoiceField(
        label=_("The demo factory"),
        choices=[
            ("beside", _("Keep it beside my own, to try things out")),
            ("instead", _("End it: nobody of the demo can sign in any more")),
        ],
        initial="beside",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, has_demo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_demo:
            del self.fields["demo"]


class CodeForm(forms.Form):
    """The one-time code of a fresh installation."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_(
            "It stands in the window where Fairfloor was started, and in the file setup_code in its data folder."
        ),
        widget=forms.TextInput(attrs={**_NOT_AUTOMATIC, "autocapitalize": "none", "spellcheck": "false"}),
    )


class ProfileForm(forms.Form):
    """What the factory is called and how it counts."""

    name = forms.CharField(
        label=pgettext_lazy("of a place or thing", "Name"),
        max_length=200,
        widget=forms.TextInput(attrs=_NOT_AUTOMATIC),
    )
    name_zh = forms.CharField(
        label=_("Name in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_NOT_AUTOMATIC),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    founded = forms.IntegerField(label=_("Founded in"), min_value=1800, max_value=2100, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, help_text=_("Days and months are counted by this clock.")
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        required=False,
        error_messages={"invalid": _("Write the three letters of the currency, such as CNY.")},
        help_text=_("Three letters, such as CNY or USD."),
        widget=forms.TextInput(attrs={**_NOT_AUTOMATIC, "maxlength": "3"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your workers"), choices=language_choices, widget=forms.CheckboxSelectMultiple
    )
    report_from_date = _date(_("Report period from"), required=False)
    report_to_date = _date(_("Report period to"), required=False)

    def __init__(self, *args, is_currency_in_use: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_currency_in_use = is_currency_in_use

    def clean_currency(self):
        """Amounts stay in the currency they were written in: another sign before them would make them others."""
        currency = self.cleaned_data["currency"].upper()
        if self.is_currency_in_use and currency != self.initial.get("currency"):
            raise forms.ValidationError(
                _("Projects state costs or savings in %(currency)s, so the currency stays as it is.")
                % {"currency": self.initial.get("currency")}
            )
        return currency

    def clean(self):
        """The report period needs both days, the right way round."""
        cleaned = super().clean()
        start, end = cleaned.get("report_from_date"), cleaned.get("report_to_date")
        if bool(start) != bool(end):
            self.add_error("report_to_date" if start else "report_from_date", _("Give both days, or none."))
        elif start and end and start > end:
            self.add_error("report_to_date", _("The period ends before it starts. Choose a later day."))
        return cleaned

    def profile(self) -> dict:
        """The fields as the enterprise keeps them."""
        values = dict(self.cleaned_data)
        values["languages"] = ";".join(values["languages"])
        values["currency"] = values["currency"].upper()
        return values


class MemberForm(forms.Form):
    """Give a person roles here: somebody who signs in already, or a new sign-in."""

    username = forms.CharField(
        label=_("Username"),
        max_length=80,
        validators=[_USERNAME_RULE],
        help_text=_("Of somebody who signs in here already, or a new one."),
        widget=forms.TextInput(attrs={**_NOT_AUTOMATIC, "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("Only for a new sign-in. Leave it empty for somebody who signs in already."),
        widget=forms.TextInput(attrs=_NOT_AUTOMATIC),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=lambda: [(role.value, ROLE_LABELS[role]) for role in MEMBER_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=staff_language_choices)


class GrantForm(forms.Form):
    """What an organisation outside may see, and until when."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    data_classes = forms.MultipleChoiceField(
        label=_("What it may see"),
        choices=lambda: [(each.value, label) for each, label in DATA_CLASS_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    from_date = _date(_("From"))
    to_date = _date(
        _("Until"), help_text=_("After this day it sees nothing more, without any doing of yours.")
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(each.pk, each.name) for each in organisations]

    def clean(self):
        """A grant ends on or after the day it begins."""
        cleaned = super().clean()
        if cleaned.get("from_date") and cleaned.get("to_date") and cleaned["from_date"] > cleaned["to_date"]:
            self.add_error("to_date", _("This is before the first day. Choose a later one."))
        return cleaned


class SupportForm(forms.Form):
    """An administrator's look into one factory."""

    enterprise = forms.TypedChoiceField(label=_("Factory"), coerce=int)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The factory reads it, with your name and the times."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=8, initial=2)

    def __init__(self, *args, enterprises, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].choices = [(each.pk, each.name) for each in enterprises]


ORGANISATION_KINDS = {
    "PROGRAMME": _("Programme"),
    "PROVIDER": _("Training provider"),
    "BUYER": _("Buyer or auditor"),
    "UNION": _("Union or association"),
}


class OrganisationForm(forms.Form):
    """An organisation outside the factories."""

    name = forms.CharField(
        label=pgettext_lazy("of a place or thing", "Name"),
        max_length=200,
        widget=forms.TextInput(attrs=_NOT_AUTOMATIC),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(ORGANISATION_KINDS.items()))


class OrganisationMemberForm(forms.Form):
    """Somebody who acts for an organisation."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    username = forms.CharField(
        label=_("Username"), max_length=80, widget=forms.TextInput(attrs=_NOT_AUTOMATIC)
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, organisations, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(each.pk, each.name) for each in organisations]
        self.fields["role"].choices = [(role.value, ROLE_LABELS[role]) for role in roles]
