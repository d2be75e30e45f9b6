"""Collect all words of the program into the catalogues. Needs GNU gettext; users never do.

``python scripts/messages.py`` updates ``locale/*/LC_MESSAGES/django.po``; then write what is missing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Staff pages speak English and Chinese; Spanish and Vietnamese cover the worker pages.
LANGUAGES = ("zh_Hans", "es", "vi")


def collect(locale_folder: Path) -> None:
    """Update the catalogues in a folder from the sources."""
    import django
    from django.core.management import call_command
    from django.test.utils import override_settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairfloor.config.settings")
    django.setup()
    before = Path.cwd()
    os.chdir(ROOT / "src")
    try:
        with override_settings(LOCALE_PATHS=[locale_folder]):
            call_command(
                "makemessages",
                locale=list(LANGUAGES),
                domain="django",
                extensions=["html", "py", "txt"],
                ignore_patterns=["*/vendor/*"],
                no_obsolete=True,
                no_wrap=True,
                add_location="file",
                verbosity=0,
            )
    finally:
        os.chdir(before)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    for language in LANGUAGES:
        (ROOT / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    collect(ROOT / "locale")
