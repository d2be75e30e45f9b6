"""Addresses under ``/accounts/``: exactly the pages of django-allauth that are used here, by their own names."""

from django.urls import path

from fairfloor.accounts.web import views_sign_in as views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", views.ended, name="account_inactive"),
    path("reauthenticate/", views.confirm_password, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_help, name="account_reset_password"),
    path("2fa/", views.two_step, name="mfa_index"),
    path("2fa/authenticate/", views.two_step_code, name="mfa_authenticate"),
    path("2fa/reauthenticate/", views.confirm_code, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.totp_activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", views.totp_deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", views.recovery_codes_generate, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", views.recovery_codes_download, name="mfa_download_recovery_codes"),
]
