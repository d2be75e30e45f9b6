"""The feature `suggestions`."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """The feature `suggestions`."""

    name = "fairfloor.suggestions"
    label = "suggestions"
    default_auto_field = "django.db.models.BigAutoField"
