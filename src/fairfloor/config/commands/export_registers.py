"""Take all registers of an enterprise out as a workbook, in full: survey answers included."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils import timezone

from fairfloor.config.cli import Refusal
from fairfloor.config.commands.import_registers import Bar
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Enterprise
from fairfloor.registers.public import export_workbook


def configure(parser) -> None:
    """Options of `export-registers`."""
    parser.add_argument("--enterprise", required=True, metavar="SLUG", help="the enterprise's address")
    parser.add_argument("file", type=Path, metavar="FILE", help="the workbook to write (.xlsx)")


def run(options) -> int:
    """Write the workbook; a file that was there is replaced only when the new one is whole."""
    enterprise = Enterprise.objects.filter(slug=options.enterprise).first()
    if enterprise is None:
        known = ", ".join(Enterprise.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Refusal(f"There is no enterprise “{options.enterprise}”. Known: {known or 'none yet'}.")
    path: Path = options.file
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Create it, or name another file.")
    temporary = path.with_name(f".{path.name}.part")
    try:
        with scope(enterprise.id), Bar() as bar:
            actor = system_actor(enterprise.id)
            names = export_workbook(path=temporary, actor=actor, at=timezone.now(), progress=bar)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    print(f"{path}: {len(names) + 1} sheets of {enterprise.name}")
    return 0
