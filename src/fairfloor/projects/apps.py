"""The feature `projects`."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The feature `projects`."""

    name = "fairfloor.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
