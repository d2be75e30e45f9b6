"""The feature `checklists`."""

from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    """The feature `checklists`."""

    name = "fairfloor.checklists"
    label = "checklists"
    default_auto_field = "django.db.models.BigAutoField"
