"""The feature `surveys`."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The feature `surveys`."""

    name = "fairfloor.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
