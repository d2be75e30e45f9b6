"""The feature `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The feature `reports`."""

    name = "fairfloor.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
