"""The feature `equality`."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """The feature `equality`."""

    name = "fairfloor.equality"
    label = "equality"
    default_auto_field = "django.db.models.BigAutoField"
