"""Users and sign-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and sign-in."""

    name = "fairfloor.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
