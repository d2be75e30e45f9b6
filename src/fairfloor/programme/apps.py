"""The feature `programme`."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The feature `programme`."""

    name = "fairfloor.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
