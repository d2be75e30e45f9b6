"""The one place figures come from."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Cells, figures and readings."""

    name = "fairfloor.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
