"""How django-allauth behaves here: nobody signs up, nothing goes by e-mail, administrators add people."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairfloor.accounts.services import change_password, remember_language

# Set in a visitor's session when they choose a language before they sign in.
CHOSEN_LANGUAGE = "chosen_language"


def keep_language(response, language: str) -> None:
    """Keep a language on this device, as Django's own chooser does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, speaks plainly, and brings a person's language along at sign-in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This sign-in has been ended. Ask your administrator if you still need it."),
        "enter_current_password": _("This is not your present password. Type it again."),
        "incorrect_password": _("This is not your password. Type it again."),
        "incorrect_code": _("This code does not fit. Wait for the next one in your app and type that."),
        "rate_limited": _("Too many tries in a short time. Wait five minutes, then try again."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait five minutes, then try again."),
        "username_password_mismatch": _(
            "The username and the password do not go together. Check both and try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def clean_password(self, password, user=None):
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(_("This is the password you have now. Choose another one."))
        return super().clean_password(password, user)

    def set_password(self, user, password):
        change_password(user=user, password=password, at=timezone.now())

    def get_password_change_redirect_url(self, request):
        return reverse(settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix, email, context):
        """Nothing goes by e-mail: people in factories share mailboxes or have none."""

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        chosen = request.session.pop(CHOSEN_LANGUAGE, "")
        if chosen in settings.STAFF_LANGUAGES:
            remember_language(user_id=user.pk, language=chosen)
        else:
            keep_language(response, user.language)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Two-step sign-in in plain words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Wait for the next one in your app and type that."),
        "cannot_generate_recovery_codes": _(
            "Set up an authenticator app first; recovery codes come with it."
        ),
    }

    def get_totp_issuer(self):
        return "Fairfloor"

    def send_notification_mail(self, *args, **kwargs):
        """Nothing goes by e-mail."""
