"""The lists people can walk with: those of the packs, and the factory's own beside them."""

from __future__ import annotations

from fairfloor.checklists.models import OwnChecklist
from fairfloor.checklists.workflow import Kind
from fairfloor.content import Checklist, ChecklistItem, ChecklistSection
from fairfloor.content import load as load_content

OWN = "own-"
# A finding of an own list is rated in the middle until somebody says otherwise.
OWN_RATING = ("OTHER", 3, 3)


def _own(row: OwnChecklist) -> Checklist:
    pin = f"{row.code}@{row.number}"
    category, likelihood, severity = OWN_RATING if row.kind == Kind.HAZARD_HUNT else ("", 0, 0)
    items = [
        ChecklistItem(
            each["code"],
            each["section"],
            each["text"],
            each["good"],
            category,
            likelihood,
            severity,
            f"{pin}:{each['code']}",
        )
        for each in row.document["items"]
    ]
    sections = [ChecklistSection(each["code"], each["name"]) for each in row.document["sections"]]
    kind = Kind(row.kind).value
    return Checklist(
        row.code, kind, row.name, "", tuple(sections), tuple(items), str(row.number), f"{pin}:{row.code}"
    )


def checklists() -> dict[str, Checklist]:
    """Code → list: the packs' first, then the factory's own in their current version."""
    own = OwnChecklist.objects.filter(is_current=True).order_by("name", "id")
    return {**load_content().checklists, **{row.code: _own(row) for row in own}}


def find_checklist(code: str) -> Checklist | None:
    """A list in its current version."""
    if not code.startswith(OWN):
        return load_content().checklists.get(code)
    row = OwnChecklist.objects.filter(code=code, is_current=True).first()
    return _own(row) if row else None


def checklist_of(pin: str, code: str) -> Checklist | None:
    """The list as a round knew it; ``None`` where the pack has moved on."""
    if code.startswith(OWN):
        number = pin.partition("@")[2].partition(":")[0]
        row = OwnChecklist.objects.filter(code=code, number=int(number) if number.isdigit() else 0).first()
        return _own(row) if row else None
    found = load_content().checklists.get(code)
    return found if found is not None and found.pin == pin else None
