"""The feature `conversations`."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The feature `conversations`."""

    name = "fairfloor.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
