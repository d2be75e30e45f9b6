"""Plumbing of the whole program; knows nothing of factories."""

from django import forms
from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Installs the checks, how a form asks for what is missing, and, on PostgreSQL, the row-level security policies."""

    name = "fairfloor.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fairfloor.core import checks, converters, tidy  # noqa: F401  converters and jobs register themselves
        from fairfloor.core.db.policies import install_policies

        # Django's "This field is required." is nobody's way of asking.
        forms.Field.default_error_messages["required"] = _("Fill this in.")
        register(checks.models_declare_their_tenancy)
        register(checks.views_declare_their_access)
        # Sent once for this app, after every migration of the run.
        post_migrate.connect(install_policies, sender=self, dispatch_uid="fairfloor-row-level-security")
