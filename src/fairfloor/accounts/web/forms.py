"""Forms of sign-in, with the labels and the autocomplete words browsers and password managers know."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


def _plain(field: forms.Field, label, *, autocomplete: str, help_text="", **attrs: str) -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"autocomplete": autocomplete, **attrs})


def _code(field: forms.Field, help_text) -> None:
    _plain(field, _("Sign-in code"), autocomplete="one-time-code", inputmode="numeric", help_text=help_text)


class SignInForm(LoginForm):
    """Username and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(
            self.fields["login"],
            _("Username"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        _plain(self.fields["password"], _("Password"), autocomplete="current-password")


class OwnPasswordForm(ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Present password"), autocomplete="current-password")
        _plain(
            self.fields["password1"],
            _("New password"),
            autocomplete="new-password",
            help_text=_(
                "At least 10 characters. Four words that only you put together are easy to keep in mind."
            ),
        )
        _plain(self.fields["password2"], _("New password once more"), autocomplete="new-password")


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Password"), autocomplete="current-password")


class TwoStepForm(AuthenticateForm):
    """The code of the second step."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"], _("Six digits from your authenticator app, or one of your recovery codes.")
        )


class ConfirmCodeForm(CodeReauthenticateForm):
    """A code before something delicate."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"], _("Six digits from your authenticator app, or one of your recovery codes.")
        )


class AuthenticatorForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("The six digits your app shows now."))


def staff_language_choices() -> list[tuple[str, str]]:
    """The languages of staff pages, each in its own script."""
    return [(code, get_language_info(code)["name_local"]) for code in settings.STAFF_LANGUAGES]


class UserForm(forms.Form):
    """A new sign-in. Whether the username is free is asked by the service."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    username = forms.CharField(
        label=_("Username"),
        max_length=80,
        validators=[
            UnicodeUsernameValidator(message=_("Use letters, digits and . - _ only, without spaces."))
        ],
        help_text=_("What the person types to sign in. Letters, digits and . - _ without spaces."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=staff_language_choices)
    is_administrator = forms.BooleanField(
        label=_("Runs this installation: adds people and resets passwords, but opens no factory"),
        required=False,
    )

    def username_taken(self) -> None:
        """Say that the username is in use."""
        self.add_error("username", _("Somebody else has this username. Choose another one."))
