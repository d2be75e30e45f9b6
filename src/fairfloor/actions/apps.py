"""The feature `actions`."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The feature `actions`."""

    name = "fairfloor.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"
