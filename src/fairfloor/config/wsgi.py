"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from fairfloor.config.lifeline import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairfloor.config.settings")
application = get_wsgi_application()
if os.environ.get("FAIRFLOOR_STATIC") == "collected":
    # Loaded by a worker of `serve`.
    die_with_parent()
