"""Bring the database to the shape this version needs. Safe to run again."""

from django.core.management import call_command


def configure(parser) -> None:
    """No options."""


def run(options) -> int:
    """Apply all migrations."""
    call_command("migrate", interactive=False, verbosity=0)
    return 0
