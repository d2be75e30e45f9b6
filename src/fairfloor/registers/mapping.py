"""The words a factory taught."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.registers.catalog import all_sheets
from fairfloor.registers.checking import Taught
from fairfloor.registers.headings import normal
from fairfloor.registers.models import HeadingMapping

SHEET, HEADING, WORD = "SHEET", "HEADING", "WORD"
NOTHING = "-"  # what the form sends for "leave it out"


def load_taught() -> Taught:
    """All words the enterprise in scope taught."""
    taught = Taught()
    for row in HeadingMapping.objects.order_by("id"):
        if row.kind == SHEET:
            taught.sheets[row.theirs] = row.ours
        elif row.kind == HEADING:
            taught.headings.setdefault(row.sheet, {})[row.theirs] = row.ours
        elif row.ours:
            taught.words.setdefault((row.sheet, row.column), {})[row.theirs] = row.ours
    return taught


class UnknownTarget(ValueError):
    """A word was to stand for a sheet, column or code that does not exist."""


@transaction.atomic
def teach(
    *,
    actor: Actor,
    at: datetime,
    sheets: dict[str, str],
    headings: dict[tuple[str, str], str],
    words: dict[tuple[str, str, str], str],
) -> int:
    """Keep what their sheets, headings (sheet, heading) and words (sheet, column, word) stand for.

    ``NOTHING`` leaves a sheet or column out from now on; an empty target says nothing. Returns how many were kept.
    Raises :class:`UnknownTarget`.
    """
    require(actor, "registers.import")
    known = {sheet.name: {column.code: column for column in sheet.columns} for sheet in all_sheets()}
    wanted: list[tuple[str, str, str, str, str]] = []
    for theirs, ours in sheets.items():
        _expect(ours, {*known, "Enterprise"})
        wanted.append((SHEET, "", "", theirs, ours))
    for (sheet, theirs), ours in headings.items():
        _expect(ours, known.get(sheet, {}))
        wanted.append((HEADING, sheet, "", theirs, ours))
    for (sheet, column, theirs), ours in words.items():
        _expect(
            ours, set(map(str, known[sheet][column].choices)) if column in known.get(sheet, {}) else set()
        )
        wanted.append((WORD, sheet, column, theirs, ours))
    count = 0
    for kind, sheet, column, theirs, ours in wanted:
        if not ours or not normal(theirs):
            continue
        row, created = HeadingMapping.objects.update_or_create(
            kind=kind,
            sheet=sheet,
            column=column,
            theirs=normal(theirs)[:200],
            defaults={"ours": "" if ours == NOTHING else ours},
        )
        count += 1
        if created:
            audit.record(actor, "mapping.taught", row, at, ours=row.ours, theirs=row.theirs)
    return count


def _expect(ours: str, known) -> None:
    if ours and ours != NOTHING and ours not in known:
        raise UnknownTarget(ours)
