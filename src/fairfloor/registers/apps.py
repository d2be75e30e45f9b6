"""The feature `registers`."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """The feature `registers`."""

    name = "fairfloor.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fairfloor.registers import jobs  # noqa: F401  registers the background jobs
