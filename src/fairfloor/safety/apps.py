"""The feature `safety`."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The feature `safety`."""

    name = "fairfloor.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"
