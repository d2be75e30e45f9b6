"""Bring back what `backup` wrote, into an empty data folder or database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from fairfloor.config.cli import Refusal
from fairfloor.config.commands.backup import FORMAT, _checksum, is_sqlite, postgresql_environment


def configure(parser) -> None:
    """Options of `restore`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="archive that `backup` wrote")
    parser.add_argument("--replace", action="store_true", help="replace what this installation holds now")


def _has_data() -> bool:
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in existing & {"accounts_user", "organisations_enterprise"}:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                return True
    return False


def _unpack(archive: Path, folder: Path) -> dict:
    try:
        with tarfile.open(archive, "r") as tar:
            tar.extractall(folder, filter="data")
        manifest = json.loads((folder / "manifest.json").read_text())
    except (tarfile.TarError, OSError, ValueError) as broken:
        raise Refusal(
            f"{archive} is not a whole Fairfloor backup ({broken}). Nothing was changed."
        ) from broken
    if manifest.get("format") != FORMAT:
        raise Refusal(f"{archive} was written by another version of Fairfloor ({manifest.get('version')}).")
    for name, expected in manifest["checksums"].items():
        if not (folder / name).is_file() or _checksum(folder / name) != expected:
            raise Refusal(f"{name} in {archive} is damaged. Nothing was changed; try another backup.")
    return manifest


def run(options) -> int:
    """Check the whole archive before anything is touched, then put database, files and key in place."""
    if not options.file.is_file():
        raise Refusal(f"{options.file} is not a file.")
    if _has_data() and not options.replace:
        raise Refusal(
            "This installation holds data. Stop `serve` and add --replace to put the backup in its place."
        )
    connection.close()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as name:
        folder = Path(name)
        manifest = _unpack(options.file, folder)
        kind = "sqlite" if is_sqlite() else "postgresql"
        if manifest["database"] != kind:
            raise Refusal(f"The backup is from {manifest['database']}, this installation uses {kind}.")
        if is_sqlite():
            database = Path(settings.DATABASES["default"]["NAME"])
            for suffix in ("-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
            os.replace(folder / "database", database)
        else:
            tool, environment = postgresql_environment()
            subprocess.run(
                ["pg_restore", *tool, "--clean", "--if-exists", "--no-owner", "--single-transaction",
                 "--exit-on-error", str(folder / "database")],
                env=environment,
                check=True,
            )  # fmt: skip
        files = Path(settings.FILES_ROOT)
        old = folder / "replaced"
        if files.exists():
            files.rename(old)
        if (folder / "files").exists():
            shutil.move(folder / "files", files)
        if (folder / "secret_key").exists():
            os.replace(folder / "secret_key", settings.DATA / "secret_key")
    call_command("migrate", interactive=False, verbosity=0)
    count = len(manifest["checksums"])
    print(f"Restored the backup of {manifest['created_at']}: {count} parts, all checked.")
    return 0
