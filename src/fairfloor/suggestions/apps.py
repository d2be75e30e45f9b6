"""The feature `suggestions`."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """The feature `suggestions`."""

    name = "fairfloor.suggestions"
    label = "suggestions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fairfloor.suggestions import jobs  # noqa: F401  registers the background jobs
