"""Sign-in, one's own password, two-step sign-in and language: allauth's pages, each with its access declared."""

from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordChangeView,
    ReauthenticateView,
)
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.shortcuts import render
from django.views.i18n import set_language

from fairfloor.accounts.adapter import CHOSEN_LANGUAGE
from fairfloor.accounts.services import remember_language
from fairfloor.core.access import public_page, signed_in_page


class Answers422:
    """A form that needs correcting answers 422, as everywhere in the program."""

    def form_invalid(self, form):
        """The page again, with what needs attention."""
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


class SignIn(Answers422, LoginView):
    """The sign-in page."""


class PasswordChange(Answers422, PasswordChangeView):
    """A new password of one's own."""

    def get_context_data(self, **kwargs):
        """Say why, when the present password is a temporary one."""
        return super().get_context_data(is_temporary=self.request.user.must_change_password, **kwargs)


class ConfirmPassword(Answers422, ReauthenticateView):
    """The password once more before something delicate."""


class TwoStepCode(Answers422, AuthenticateView):
    """The second step of signing in."""


class ConfirmCode(Answers422, CodeReauthenticateView):
    """A code before something delicate."""


class TotpActivate(Answers422, ActivateTOTPView):
    """Set up an authenticator app."""


sign_in = public_page("people sign in here")(SignIn.as_view())
sign_out = public_page("signing out twice does no harm")(LogoutView.as_view())
ended = public_page("tells a person whose sign-in was ended what to do")(AccountInactiveView.as_view())
two_step_code = public_page("second step of signing in; allauth checks that the first was taken")(
    TwoStepCode.as_view()
)

password_change = signed_in_page(PasswordChange.as_view())
confirm_password = signed_in_page(ConfirmPassword.as_view())
confirm_code = signed_in_page(ConfirmCode.as_view())
two_step = signed_in_page(IndexView.as_view())
totp_activate = signed_in_page(TotpActivate.as_view())
totp_deactivate = signed_in_page(DeactivateTOTPView.as_view())
recovery_codes = signed_in_page(ViewRecoveryCodesView.as_view())
recovery_codes_generate = signed_in_page(GenerateRecoveryCodesView.as_view())
recovery_codes_download = signed_in_page(DownloadRecoveryCodesView.as_view())


@public_page("a person who cannot sign in must read how to get help")
def password_help(request):
    """Nothing goes by e-mail: an administrator gives a new password."""
    return render(request, "account/password_reset.html")


@public_page("everybody may choose the language they read")
def choose_language(request):
    """Change the language; remembered with the person's sign-in, or for the sign-in that follows."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.method == "POST" and language in settings.STAFF_LANGUAGES:
        if request.user.is_authenticated:
            remember_language(user_id=request.user.pk, language=language)
        elif request.headers.get("referer", "").startswith(request.build_absolute_uri("/accounts/")):
            # Only on the way to sign in: a worker's page gets no session cookie for a choice of language.
            request.session[CHOSEN_LANGUAGE] = language
    return response
