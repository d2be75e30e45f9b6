"""The command ``fairfloor``."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys

# name → module in fairfloor.config.commands with `configure(parser)` and `run(options) -> int`
COMMANDS = (
    "serve",
    "demo",
    "import_registers",
    "export_registers",
    "report",
    "user",
    "backup",
    "restore",
    "doctor",
    "migrate",
    "compile_messages",
    "collect_static",
    "run_jobs",
)


class Refusal(Exception):
    """What was asked cannot be done; the message says why and what to do. Exit code 1."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 means done, 1 refused with a reason, 2 wrong words on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairfloor.config.settings")
    import django

    django.setup()
    from django.utils import translation

    parser = argparse.ArgumentParser(prog="fairfloor", description="Run the SCORE method in factories.")
    subparsers = parser.add_subparsers(dest="command", required=True)
    modules = {}
    for name in COMMANDS:
        spec = f"fairfloor.config.commands.{name}"
        if importlib.util.find_spec(spec) is None:
            continue
        module = importlib.import_module(spec)
        first_line = (module.__doc__ or "").strip().splitlines()[0]
        sub = subparsers.add_parser(name.replace("_", "-"), help=first_line, description=module.__doc__)
        module.configure(sub)
        modules[name.replace("_", "-")] = module
    options = parser.parse_args(arguments)
    translation.activate(os.environ.get("FAIRFLOOR_LANGUAGE", "en"))
    try:
        return modules[options.command].run(options) or 0
    except Refusal as refusal:
        print(f"fairfloor: {refusal}", file=sys.stderr)
        return 1
