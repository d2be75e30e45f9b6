"""Reading checklists: questions in sections, for a hazard hunt or a 5S audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from .nodes import Table
from .schema import Category, Checklist, ChecklistItem, ChecklistKind, ChecklistSection

if TYPE_CHECKING:
    from .loader import _Packs

SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
MOST_ITEMS = 80
KINDS = ("HAZARD_HUNT", "FIVE_S")
_RATING = ("category", "likelihood", "severity")


def read_checklists(packs: _Packs, categories: Mapping[str, Category]) -> dict[str, Checklist]:
    """Read the folder `checklists`; a hazard hunt rates each question, a 5S audit none."""
    found: dict[str, Checklist] = {}
    for path in packs.folder("checklists"):
        table = packs.open(path, ("code", "kind", "name", "introduction", "sections", "items"))
        checklist = _checklist(packs, table, categories)
        if checklist.code in found:
            raise table.fail("code", f"{checklist.code!r} is given twice")
        found[checklist.code] = checklist
        packs.close(table)
    return found


def _checklist(packs: _Packs, table: Table, categories: Mapping[str, Category]) -> Checklist:
    code = table.text("code", shape=SLUG)
    kind = cast(ChecklistKind, table.text("kind", choices=KINDS))
    name, introduction = table.words("name"), table.words("introduction")
    sections: dict[str, ChecklistSection] = {}
    for row in table.tables("sections", ("code", "name")):
        section = ChecklistSection(row.text("code", shape=SLUG), row.words("name"))
        if section.code in sections:
            raise row.fail("code", f"{section.code!r} is given twice")
        sections[section.code] = section
    items: dict[str, ChecklistItem] = {}
    for row in table.tables("items", ("code", "section", "text", "good"), _RATING):
        item = _item(packs, table, row, kind, sections, categories)
        if item.code in items:
            raise row.fail("code", f"{item.code!r} is given twice")
        items[item.code] = item
    if len(items) > MOST_ITEMS:
        raise table.fail("items", f"a checklist has at most {MOST_ITEMS} questions")
    if empty := [each for each in sections if not any(item.section == each for item in items.values())]:
        raise table.fail("sections", f"no question belongs to {empty[0]!r}")
    return Checklist(
        code,
        kind,
        name,
        introduction,
        tuple(sections.values()),
        tuple(items.values()),
        packs.version(table),
        packs.pin(table, code),
    )


def _item(
    packs: _Packs,
    table: Table,
    row: Table,
    kind: ChecklistKind,
    sections: Mapping[str, ChecklistSection],
    categories: Mapping[str, Category],
) -> ChecklistItem:
    for key in _RATING:
        if kind == "HAZARD_HUNT" and not row.has(key):
            raise row.file.fail(row.line, f"the key {key!r} is missing")
        if kind == "FIVE_S" and row.has(key):
            raise row.fail(key, "a question with points has no rating")
    likelihood, severity = row.whole("likelihood", largest=5), row.whole("severity", largest=5)
    for key, value in (("likelihood", likelihood), ("severity", severity)):
        if row.has(key) and value < 1:
            raise row.fail(key, "runs from 1 to 5")
    code = row.text("code", shape=SLUG)
    return ChecklistItem(
        code,
        row.text("section", choices=sections),
        row.words("text"),
        row.words("good"),
        row.text("category", choices=categories),
        likelihood,
        severity,
        packs.pin(table, code),
    )
