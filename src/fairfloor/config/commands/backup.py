"""Write database and files into one archive, consistent while serving."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from tqdm import tqdm

from fairfloor import __version__
from fairfloor.config.cli import Refusal

FORMAT = 1


def is_sqlite() -> bool:
    """Whether this installation keeps its data in SQLite."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def postgresql_environment() -> tuple[list[str], dict[str, str]]:
    """Connection options of the PostgreSQL tools, and their environment with the password."""
    database = settings.DATABASES["default"]
    options = ["--host", database["HOST"] or "", "--port", str(database["PORT"] or 5432)]
    options += ["--username", database["USER"], "--dbname", database["NAME"]]
    # The dump spans all enterprises: row-level security would otherwise hide every row from it.
    return options, {
        **os.environ,
        "PGPASSWORD": database["PASSWORD"] or "",
        "PGOPTIONS": "-c fairfloor.scope=*",
    }


def configure(parser) -> None:
    """Options of `backup`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="archive to write, for example backup.tar")


def _dump_sqlite(target: Path) -> None:
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    copy = sqlite3.connect(target)
    with tqdm(total=1, desc="Database", unit="page", leave=False) as bar:

        def progress(_status, remaining, total):
            bar.total = total
            bar.n = total - remaining
            bar.refresh()

        source.backup(copy, pages=2000, progress=progress)
    copy.close()
    source.close()


def _dump_postgresql(target: Path) -> None:
    options, environment = postgresql_environment()
    try:
        subprocess.run(
            [
                "pg_dump",
                *options,
                "--format=custom",
                "--no-owner",
                "--enable-row-security",
                "--file",
                str(target),
            ],
            env=environment,
            check=True,
        )
    except FileNotFoundError as missing:
        raise Refusal(
            "pg_dump is not installed. Install the PostgreSQL client tools and try again."
        ) from missing
    except subprocess.CalledProcessError as failed:
        raise Refusal("pg_dump could not read the database; its message is above.") from failed


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def run(options) -> int:
    """Database first, then files: a file is never changed once written, so every row finds its file."""
    target: Path = options.file
    if target.exists():
        raise Refusal(f"{target} exists already. Choose another name; a backup never overwrites one.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = Path(folder) / "database"
        (_dump_sqlite if is_sqlite() else _dump_postgresql)(database)
        files = sorted(p for p in Path(settings.FILES_ROOT).rglob("*") if p.is_file() and p.suffix != ".part")
        partial = Path(folder) / "archive"
        checksums = {}
        with tarfile.open(partial, "w") as archive:
            checksums["database"] = _checksum(database)
            archive.add(database, "database")
            for path in tqdm(files, desc="Files", unit="file", leave=False):
                name = f"files/{path.relative_to(settings.FILES_ROOT).as_posix()}"
                checksums[name] = _checksum(path)
                archive.add(path, name)
            key = settings.DATA / "secret_key"
            if key.exists():
                # Receipts are derived with this key: without it no worker could read an answer after a restore.
                checksums["secret_key"] = _checksum(key)
                archive.add(key, "secret_key")
            manifest = json.dumps(
                {
                    "format": FORMAT,
                    "version": __version__,
                    "database": "sqlite" if is_sqlite() else "postgresql",
                    "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "checksums": checksums,
                },
                indent=1,
            ).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(manifest)
            archive.addfile(entry, io.BytesIO(manifest))
        partial.chmod(0o600)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    print(f"{target}: database and {len(files)} files. Keep it as safe as the data itself.")
    return 0
