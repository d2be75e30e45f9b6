"""Write the pages under ``docs/reference/`` that can be read off the program.

``python -m scripts.reference`` writes them; a test compares them with what the program would write now.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "*Written by `python -m scripts.reference`; change the program, not this page.*"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Lines of a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


def _limits(column) -> str:
    parts = []
    if column.ref:
        parts.append(f"a code that stands in {column.ref[0]}.{column.ref[1]}")
    if column.choices:
        parts.append("one of " + ", ".join(f"`{choice}`" for choice in column.choices))
    if column.minimum is not None and column.maximum is not None:
        parts.append(f"{column.minimum} to {column.maximum}")
    elif column.minimum is not None:
        parts.append(f"{column.minimum} or more")
    elif column.maximum is not None:
        parts.append(f"{column.maximum} or less")
    if not column.choices and not column.ref and column.kind.value in {"text", "long text"}:
        parts.append(f"up to {column.max_length} characters")
    return "; ".join(parts)


def workbook() -> str:
    """Every sheet of the workbook with its columns."""
    from fairfloor.config.wiring import SHEETS
    from fairfloor.registers.labels import sheet_label
    from fairfloor.registers.profile import FIELDS

    lines = [
        "# The workbook",
        "",
        NOTE,
        "",
        "One Excel file (`.xlsx`) holds all registers of one factory, one sheet each. The first row names the columns.",
        "Days are written as 2026-02-28, a month as its first day, several codes in one cell with `;` between.",
        "A sheet or column you do not keep may be missing. To use your own names for columns and words, see",
        "[Bring your registers in](../howto/import-registers.md).",
        "",
    ]
    lines += [
        "## Enterprise",
        "",
        f"On the pages: {sheet_label('Enterprise')}. One field a row: its name in the first column, its value in the",
        "second.",
        "Only `name` must be there. These fields are known: "
        + ", ".join(f"`{field}`" for field in FIELDS)
        + ".",
        "",
    ]
    for sheet in SHEETS:
        lines += [f"## {sheet.name}", "", f"On the pages: {sheet_label(sheet.name)}.", ""]
        if sheet.key:
            lines += ["A row is known by " + ", ".join(f"`{code}`" for code in sheet.key) + ".", ""]
        elif sheet.replace_by:
            lines += [
                f"Rows have no code of their own; all rows of one `{sheet.replace_by}` are replaced together.",
                "",
            ]
        rows = [
            (f"`{column.code}`", column.kind.value, "yes" if column.required else "", _limits(column))
            for column in sheet.columns
        ]
        lines += [*_table(("column", "holds", "required", "may be"), rows), ""]
    return "\n".join(lines)


def indicators() -> str:
    """Every indicator with its definition."""
    from fairfloor.content import load

    adds_up = {
        "SUM": "added over months and groups",
        "LAST": "as it stands on the last day",
        "DISTINCT": "counted anew for the period, each once",
        "MIN_ITEM": "the lowest of its items",
        "LAST_ITEM": "the latest item",
        "MEDIAN": "the middle value, computed for the period",
        "PER_PEOPLE": "divided by the months of all people employed",
    }
    rows = []
    for indicator in load().indicators.values():
        better = {"UP": "more", "DOWN": "less", "NEUTRAL": "neither"}[str(indicator.direction)]
        rows.append(
            (
                f"`{indicator.code}`",
                indicator.name,
                indicator.description,
                str(indicator.unit).lower(),
                adds_up[str(indicator.aggregation)],
                better,
                "yes" if indicator.is_protected else "",
                "yes" if indicator.is_reading else "",
            )
        )
    head = (
        "code",
        "name",
        "definition",
        "unit",
        "over a period",
        "what is better",
        "hidden when small",
        "read monthly",
    )
    return "\n".join(
        [
            "# Indicators",
            "",
            NOTE,
            "",
            "What Fairfloor counts, in one place for pages, reports and exports. "
            "[How a number comes to be](../explanation/figures.md) says why it can be trusted.",
            "",
            *_table(head, rows),
            "",
        ]
    )


def permissions() -> str:
    """Who may do what, role by role."""
    from django.utils import translation

    from fairfloor.core.access import permissions as declared
    from fairfloor.organisations.codes import GRANT_ROLES, MEMBER_ROLES, Role
    from fairfloor.organisations.labels import DATA_CLASS_LABELS, ROLE_LABELS
    from fairfloor.organisations.permissions import GRANTED

    with translation.override("en"):
        roles = (Role.WORKER, *MEMBER_ROLES, *GRANT_ROLES, Role.SUPPORT)
        granted = {codename for codenames in GRANTED.values() for codename in codenames}
        rows = [
            (
                f"`{codename}`",
                *(
                    "yes"
                    if role in holders
                    else "by grant"
                    if role in GRANT_ROLES and codename in granted
                    else ""
                    for role in roles
                ),
            )
            for codename, holders in sorted(declared().items())
        ]
        grants = [
            (str(DATA_CLASS_LABELS[kind]), ", ".join(f"`{codename}`" for codename in sorted(codenames)))
            for kind, codenames in GRANTED.items()
        ]
        head = ("permission", *(str(ROLE_LABELS[role]) for role in roles))
    return "\n".join(
        [
            "# Permissions",
            "",
            NOTE,
            "",
            "A role holds in one factory only. What is not granted here is refused: a forbidden act of one's own",
            "factory with 403, anything of another factory with 404, as if it did not exist.",
            "",
            *_table(head, rows),
            "",
            "## What a grant opens",
            "",
            "A factory gives a training provider, a programme or a buyer a grant for a class of records, from a day",
            "to a day, and can take it back at any time. Workers' words and survey answers are in no class.",
            "",
            *_table(("class", "permissions"), grants),
            "",
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "workbook.md": workbook,
    "indicators.md": indicators,
    "permissions.md": permissions,
}


def main() -> None:
    """Write all pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairfloor.config.settings")
    import django

    django.setup()
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
