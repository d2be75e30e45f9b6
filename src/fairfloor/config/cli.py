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
    "worker_link",
    "user",
    "backup",
    "restore",
    "doctor",
    "migrate",
    "compile_messages",
    "control_chart",
    "collect_static",
    "run_jobs",
)


# These look at the database as it is, or bring it up to date themselves.
WITHOUT_DATABASE = {
    "serve",
    "migrate",
    "doctor",
    "restore",
    "compile-messages",
    "collect-static",
    "control-chart",
}


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
        if options.command not in WITHOUT_DATABASE:
            _ready_database()
        return modules[options.command].run(options) or 0
    except Refusal as refusal:
        print(f"fairfloor: {refusal}", file=sys.stderr)
        return 1


def _ready_database() -> None:
    """Make a new database; one of an older version is left alone, since `migrate` may want a backup first."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        is_new = "django_migrations" not in connection.introspection.table_names()
    except OperationalError as failed:
        first_line = str(failed).strip().splitlines()[0]
        raise Refusal(f"The database does not answer: {first_line} `fairfloor doctor` says more.") from failed
    if is_new:
        call_command("migrate", interactive=False, verbosity=0)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refusal("The database is of an older version. Make a backup, then run `fairfloor migrate`.")
