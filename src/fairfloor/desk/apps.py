"""The feature `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The feature `desk`."""

    name = "fairfloor.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fairfloor.desk import jobs  # noqa: F401  registers the background jobs
