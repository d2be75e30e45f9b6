"""Keeps what rows looked like when they last left or came in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fairfloor.registers.merging import Bases, Digest, SheetPlan, pack, unpack
from fairfloor.registers.models import RowBase

KEPT_EXPORTS = 20
EXPORT, IMPORT = "EXPORT", "IMPORT"


def _origin_of(export_id: str) -> str:
    """The export a file began as, if it is one of ours that we remember."""
    known = export_id and RowBase.objects.filter(origin=export_id, kind=EXPORT).exists()
    return export_id if known else ""


def load_bases(export_id: str) -> Callable[[str], Bases]:
    """Bases per sheet for a file. One without our mark falls back on the newest export: Excel clones may drop it."""
    origin = _origin_of(export_id)
    exported_as = origin or (
        RowBase.objects.filter(kind=EXPORT).order_by("-at", "-id").values_list("origin", flat=True).first()
        or ""
    )

    def of(sheet: str) -> Bases:
        found = {
            (row.origin, row.kind): unpack(row.digests)
            for row in RowBase.objects.filter(sheet=sheet, origin__in={origin, exported_as})
        }
        return Bases(exported=found.get((exported_as, EXPORT), {}), imported=found.get((origin, IMPORT), {}))

    return of


def _keep(origin: str, kind: str, sheet: str, digests: dict[Digest, Digest], at: datetime) -> None:
    RowBase.objects.update_or_create(
        origin=origin, kind=kind, sheet=sheet, defaults={"digests": pack(digests), "at": at}
    )


def keep_bases(export_id: str, plans: list[SheetPlan], at: datetime) -> None:
    """Remember what an import brought; writes nothing where nothing is new."""
    origin = _origin_of(export_id)
    before = load_bases(export_id)
    for plan in plans:
        if plan.new_base and plan.new_base != before(plan.sheet.name).imported:
            _keep(origin, IMPORT, plan.sheet.name, plan.new_base, at)


def keep_export(export_id: str, digests: dict[str, dict[Digest, Digest]], at: datetime) -> None:
    """Remember what an export took out, and forget all but the newest exports."""
    for sheet, rows in digests.items():
        _keep(export_id, EXPORT, sheet, rows, at)
    ids: list[str] = []
    for origin in RowBase.objects.filter(kind=EXPORT).order_by("-at", "-id").values_list("origin", flat=True):
        if origin not in ids:
            ids.append(origin)
    RowBase.objects.filter(origin__in=ids[KEPT_EXPORTS:]).delete()
