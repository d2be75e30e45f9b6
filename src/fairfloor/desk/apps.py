"""The feature `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The feature `desk`."""

    name = "fairfloor.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
