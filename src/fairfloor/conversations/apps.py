"""The feature `conversations`."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The feature `conversations`."""

    name = "fairfloor.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fairfloor.conversations import jobs  # noqa: F401  registers what is cleared up in the background
