"""What ``config`` and ``desk`` may use of registers."""

from fairfloor.registers.catalog import all_sheets, set_sheets
from fairfloor.registers.exporting import export_workbook
from fairfloor.registers.messages import refusal, sentence
from fairfloor.registers.reading import FileRefused
from fairfloor.registers.services import (
    ImportOutcome,
    Preview,
    WorkbookRefused,
    apply_workbook,
    check_workbook,
    import_workbook,
)

__all__ = [
    "FileRefused",
    "ImportOutcome",
    "Preview",
    "WorkbookRefused",
    "all_sheets",
    "apply_workbook",
    "check_workbook",
    "export_workbook",
    "import_workbook",
    "refusal",
    "sentence",
    "set_sheets",
]
