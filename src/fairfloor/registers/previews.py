"""What an upload would do or did, as plain JSON to keep and as objects for the page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fairfloor.registers.checking import Checked, Found
from fairfloor.registers.merging import Difference, SheetPlan
from fairfloor.registers.reading import FileRefused

SHOWN_DIFFERENCES = 200


def differences_in(plans: list[SheetPlan], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for plan in plans:
        for each in getattr(plan, name):
            difference: Difference = each
            if len(found) >= SHOWN_DIFFERENCES:
                return found
            found.append({"sheet": plan.sheet.name, **asdict(difference)})
    return found


def sheet_counts(plans: list[SheetPlan]) -> list[dict[str, Any]]:
    """Counts per sheet."""
    return [
        {
            "name": plan.sheet.name,
            "created": plan.created_count,
            "updated": len(plan.updated),
            "unchanged": plan.unchanged,
            "skipped": len(plan.skipped),
            "conflicts": len(plan.conflicts),
            "replaced": sorted(str(group) for group in plan.replaced),
        }
        for plan in plans
    ]


def to_json(checked: Checked, plans: list[SheetPlan]) -> dict[str, Any]:
    """All that the preview and the result page show."""
    unknown = checked.unknown
    return {
        "sheets": sheet_counts(plans),
        "read": [
            {"name": name, "their_name": read.their_name, "rows": len(read.rows)}
            for name, read in checked.sheets.items()
        ],
        "problems": [asdict(found) for found in checked.problems.kept],
        "problem_total": checked.problems.total,
        "notes": [asdict(found) for found in checked.notes.kept[:SHOWN_DIFFERENCES]],
        "unknown": {
            "sheets": [[name, near] for name, near in unknown.sheets.items()][:100],
            "headings": [[*where, near] for where, near in unknown.headings.items()][:500],
            "words": [[*where, near] for where, near in unknown.words.items()][:500],
        },
        "changes": differences_in(plans, "changes"),
        "skipped": differences_in(plans, "skipped"),
        "conflicts": differences_in(plans, "conflicts"),
    }


def file_to_json(refused: FileRefused) -> dict[str, Any]:
    """Why a file was not opened."""
    return {"file": {"code": refused.code, "values": refused.values}}


def problems_of(result: dict[str, Any]) -> list[Found]:
    """The problems kept in a result."""
    return [Found(**each) for each in result.get("problems", ())]


def notes_of(result: dict[str, Any]) -> list[Found]:
    """The notes kept in a result."""
    return [Found(**each) for each in result.get("notes", ())]


def refusal_of(result: dict[str, Any]) -> FileRefused | None:
    """Why the file was not opened, if it was not."""
    file = result.get("file")
    return FileRefused(file["code"], **file["values"]) if file else None


def has_unknown(result: dict[str, Any]) -> bool:
    """Whether there is a heading or word to ask about."""
    return any(result.get("unknown", {}).values())


def writes(result: dict[str, Any]) -> bool:
    """Whether the import changes anything."""
    return any(each["created"] or each["updated"] for each in result.get("sheets", ()))
