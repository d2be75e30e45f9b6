"""Takes the registers out: all of them, one of them, and the blank workbook."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from fairfloor.core import audit
from fairfloor.core.access import Actor, Forbidden, require
from fairfloor.core.sheets import Column, ColumnKind, Row, Sheet
from fairfloor.core.tenancy import current_enterprise_id
from fairfloor.organisations.public import Enterprise
from fairfloor.registers import profile as enterprise_sheet
from fairfloor.registers.bases import keep_export
from fairfloor.registers.catalog import EnterpriseSheet, all_sheets, in_export_order
from fairfloor.registers.checking import Progress, no_progress
from fairfloor.registers.headings import field_title, sheet_title
from fairfloor.registers.merging import Digest, Digester
from fairfloor.registers.models import ImportUpload
from fairfloor.registers.words import word
from fairfloor.registers.writing import write_blank, write_registers


def sheets_for(actor: Actor) -> list[Sheet]:
    """The registers a person may take out, in the order of the workbook."""
    return in_export_order(sheet for sheet in all_sheets() if actor.may(sheet.export_permission))


def export_workbook(
    *,
    target: Path | IO[bytes] | None = None,
    path: Path | None = None,
    actor: Actor,
    at: datetime,
    only: str = "",
    progress: Progress = no_progress,
) -> list[str]:
    """Write the registers of the enterprise in scope as a workbook; returns the names of its sheets.

    The system (the operator's command line) takes everything out in full; a person gets the registers they may see,
    and survey answers with small groups emptied. ``only`` names one register. What left is remembered, so that
    coming back it is known who changed what. Raises ``Forbidden``.
    """
    require(actor, "registers.export")
    is_full = actor.kind == "system"
    enterprise = Enterprise.objects.get(pk=current_enterprise_id())
    chosen = sheets_for(actor)
    if only:
        chosen = [sheet for sheet in chosen if sheet.name == only]
        if not chosen and only != enterprise_sheet.SHEET:
            raise Forbidden(only)
    export_id = secrets.token_hex(8)
    digests: dict[str, dict[Digest, Digest]] = {}

    def each() -> Iterator[tuple[str, Sequence[Column], Iterator[Row]]]:
        if not only or only == enterprise_sheet.SHEET:
            own = EnterpriseSheet()
            yield own.name, own.columns, _noted(own, enterprise_sheet.rows_of(enterprise), digests)
        for done, sheet in enumerate(chosen):
            progress(done, len(chosen), sheet.name)
            rows = sheet.rows() if is_full else sheet.rows_to_show()
            yield sheet.name, list(sheet.columns), _noted(sheet, rows, digests) if sheet.key else rows

    out = path or target
    if out is None:
        raise ValueError("An export needs a path or a file to write to.")
    write_registers(out, each(), export_id)
    progress(len(chosen), len(chosen), "")
    names = [sheet.name for sheet in chosen]
    with transaction.atomic():
        keep_export(export_id, digests, at)
        audit.record_system(
            actor.name, "registers.exported", at, slug=enterprise.slug, sheets=names, is_full=is_full
        )
    return names


def _noted(sheet: Sheet, rows: Iterator[Row], digests: dict[str, dict[Digest, Digest]]) -> Iterator[Row]:
    digester = Digester(sheet)
    noted = digests.setdefault(sheet.name, {})
    for row in rows:
        noted[digester.key(row)] = digester.row(row)
        yield row


def row_counts(actor: Actor) -> list[tuple[Sheet, int]]:
    """How many rows each register holds that a person may see."""
    return [(sheet, sheet.count()) for sheet in sheets_for(actor)]


def recent_imports(limit: int = 10) -> list[ImportUpload]:
    """The newest imports that were carried out."""
    return list(ImportUpload.objects.filter(status="DONE").order_by("-finished_at", "-id")[:limit])


def note_of(sheet: Sheet, column: Column, language: str = "en") -> str:
    """What to write into a column, in the current language."""
    parts = [_("Must be filled in.") if column.required else _("May stay empty.")]
    if column.kind is ColumnKind.DAY:
        parts.append(_("A date, such as 2026-02-28."))
    elif column.kind is ColumnKind.MONTH:
        parts.append(_("A month, such as 2026-02-01."))
    elif column.kind is ColumnKind.WHOLE:
        parts.append(_("A whole number."))
    elif column.kind is ColumnKind.NUMBER:
        parts.append(_("A number."))
    elif column.kind is ColumnKind.HOUR:
        parts.append(_("A time of day, such as 14:30."))
    elif column.kind is ColumnKind.CODES:
        parts.append(_("Several are possible, with ; between."))
    if column.minimum is not None and column.maximum is not None:
        parts.append(
            _("From %(minimum)s to %(maximum)s.") % {"minimum": column.minimum, "maximum": column.maximum}
        )
    if column.choices:
        words = ", ".join(word(str(code), language) for code in column.choices)
        parts.append(_("One of: %(choices)s.") % {"choices": words})
    if column.ref:
        parts.append(_("A code from the sheet %(sheet)s.") % {"sheet": sheet_title(column.ref[0], language)})
    return " ".join(parts)


def blank_workbook(target: Path | IO[bytes], *, language: str) -> None:
    """The blank workbook with headings in a language."""
    notes = {
        "slug": _("Part of the address; may stay empty."),
        "name": _("The factory's name."),
        "name_zh": _("The name in Chinese, if there is one."),
        "country": _("Two letters, such as CN."),
        "sector": _("ISIC or national code, such as C1439."),
        "languages": _("Codes with ; between, such as zh-hans;en."),
        "founded": _("The year, such as 1994."),
        "currency": _("Three letters, such as CNY."),
        "time_zone": _("Such as Asia/Shanghai."),
        "report_from": _("First day of the period reports cover."),
        "report_to": _("Last day of the period reports cover."),
    }
    write_blank(
        target,
        in_export_order(all_sheets()),
        language,
        notes_title="说明" if language.startswith("zh") else "Notes",
        intro=(
            _("How to fill in this workbook"),
            _("One sheet is one register. Write one row for each record; delete the sheets you do not keep."),
            _("Your own columns and words work too: the import asks once what they stand for."),
        ),
        note_of=lambda sheet, column: note_of(sheet, column, language),
        note_heads=(_("Sheet"), _("Column"), _("What to write")),
        fields=[(field_title(name, language), notes[name]) for name in enterprise_sheet.FIELDS],
    )
