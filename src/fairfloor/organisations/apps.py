"""Enterprises, their people and who may do what in them."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Enterprises, departments, workers, memberships, workforce; programmes and their grants."""

    name = "fairfloor.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
