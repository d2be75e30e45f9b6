"""The feature `teams`."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """The feature `teams`."""

    name = "fairfloor.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"
