"""Gather styles, scripts and pictures under names that change with their content."""

from django.conf import settings
from django.core.management import call_command


def configure(parser) -> None:
    """No options."""


def run(options) -> int:
    """Write them into the data folder."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    return 0
