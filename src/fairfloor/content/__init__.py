"""Content packs: immutable, versioned data read from files, with translations beside them.

Use `load()` for the packs shipped with the program and `translate(text, language)` for what people see.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .job_hazards import HazardLine, HazardMeasure, HazardStep, JobTemplate
from .loader import Content, load_from
from .nodes import ContentError
from .schema import (
    Category,
    ClaimDefinition,
    DeclineReason,
    EqualityArea,
    Indicator,
    JobAdRule,
    Questionnaire,
    QuestionnaireItem,
    ReportDefinition,
    ReportSection,
    TrainingModule,
)

__all__ = [
    "PACKS",
    "Category",
    "ClaimDefinition",
    "Content",
    "ContentError",
    "DeclineReason",
    "EqualityArea",
    "HazardLine",
    "HazardMeasure",
    "HazardStep",
    "Indicator",
    "JobAdRule",
    "JobTemplate",
    "Questionnaire",
    "QuestionnaireItem",
    "ReportDefinition",
    "ReportSection",
    "TrainingModule",
    "load",
    "load_from",
    "translate",
]

PACKS = Path(__file__).parent / "packs"


@cache
def load() -> Content:
    """Return the shipped packs, read once. Raises ContentError when one of them is bad."""
    return load_from(PACKS)


def translate(text: str, language: str) -> str:
    """Return a pack's text in the language (`zh-hans`), or in English where it has none."""
    return load().translate(text, language)
