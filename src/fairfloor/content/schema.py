"""What the packs hold, as typed values that cannot be changed.

`pin` is how records name an item for ever: `pack@version:item`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fairfloor.measure.job_ads import Rule

Unit = Literal["COUNT", "SHARE", "INDEX", "LIST", "MONEY", "RATE", "DAYS"]
Chart = Literal["p", "u", "xmr"]
Aggregation = Literal["SUM", "LAST", "DISTINCT", "LAST_ITEM", "MIN_ITEM", "MEDIAN", "PER_PEOPLE"]
Direction = Literal["UP", "DOWN", "NEUTRAL"]
ClaimKind = Literal["COUNT", "SHARE", "MODULES", "AREAS", "KEYED_SHARE", "RATE", "MONEY", "DAYS"]


@dataclass(frozen=True)
class Indicator:
    """What a figure counts and how it adds up; MIN_ITEM takes the lowest item of the indicator `of`.

    PER_PEOPLE divides what `of` counts by the people employed in the same months, as the workforce counts tell it.
    LAST_ITEM is a stock counted on several days: each day is an item, and the newest one is the figure.
    MEDIAN is the middle of what the facts of the period say, in DAYS; it never comes from other medians.
    """

    code: str
    name: str
    description: str
    unit: Unit
    aggregation: Aggregation
    of: str
    direction: Direction
    decimals: int
    supplier: str
    is_protected: bool
    is_reading: bool
    numerator_name: str
    denominator_name: str
    # A RATE is numerator ÷ denominator × base, and `base_text` stands beside it wherever it is shown.
    base: int
    base_text: str
    # Whether the numerator counts independent events, so that it has an exact Poisson interval (days lost do not).
    is_event_count: bool
    # Which control chart judges its months; see docs/methods/control_charts.md.
    chart: Chart
    version: str
    pin: str

    @property
    def is_fraction(self) -> bool:
        """Whether its value lies between 0 and 1 and is shown as per cent. Only a SHARE has an interval."""
        return self.unit in {"SHARE", "INDEX"}

    @property
    def is_ratio(self) -> bool:
        """Whether it has a denominator, so that months without one have no value rather than 0."""
        return self.is_fraction or self.unit in {"RATE", "DAYS"}


@dataclass(frozen=True)
class TrainingModule:
    """A module by its stable code; `default_label` is its number until a programme gives its own, or ""."""

    code: str
    name: str
    default_label: str
    pin: str


@dataclass(frozen=True)
class Category:
    """A code people choose from a list."""

    code: str
    name: str
    pin: str


@dataclass(frozen=True)
class EqualityArea:
    """One of the six areas; `claim_name` is its fixed English name in machine-readable reports."""

    letter: str
    code: str
    claim_name: str
    name: str
    description: str
    pin: str


@dataclass(frozen=True)
class DeclineReason:
    """A reason not to follow a suggestion: `name` for the list, `text` as a draft answer to the worker."""

    code: str
    name: str
    text: str
    pin: str


@dataclass(frozen=True)
class Dimension:
    """What several items of a questionnaire ask about."""

    code: str
    name: str


@dataclass(frozen=True)
class QuestionnaireItem:
    """One statement people agree with or not."""

    code: str
    dimension: str
    text: str
    pin: str


@dataclass(frozen=True)
class Questionnaire:
    """Items with one scale for all; `scale` holds the labels of 1, 2, 3, 4, 5."""

    code: str
    name: str
    introduction: str
    scale: tuple[str, str, str, str, str]
    dimensions: tuple[Dimension, ...]
    items: tuple[QuestionnaireItem, ...]
    pin: str


ChecklistKind = Literal["HAZARD_HUNT", "FIVE_S"]


@dataclass(frozen=True)
class ChecklistSection:
    """A part of a checklist: a place, a subject, or one of the five S."""

    code: str
    name: str


@dataclass(frozen=True)
class ChecklistItem:
    """One question, what good looks like, and how a finding is rated unless somebody says otherwise.

    `category` is a kind of hazard, `likelihood` and `severity` run from 1 to 5; "" and 0 where points are given.
    """

    code: str
    section: str
    text: str
    good: str
    category: str
    likelihood: int
    severity: int
    pin: str


@dataclass(frozen=True)
class Checklist:
    """Questions in sections: OK or not in a hazard hunt, 0 to 4 points in a 5S audit."""

    code: str
    kind: ChecklistKind
    name: str
    introduction: str
    sections: tuple[ChecklistSection, ...]
    items: tuple[ChecklistItem, ...]
    version: str
    pin: str


@dataclass(frozen=True)
class JobAdRule:
    """A rule of the job-advertisement check; `country` is "" for one used everywhere.

    `like` names the general rule that this one replaces in its country, "" where it replaces none.
    """

    id: str
    level: Literal["UNLAWFUL", "WORDING"]
    country: str
    like: str
    rule: Rule
    catches: str
    source: str
    suggestion: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    pin: str


@dataclass(frozen=True)
class ClaimDefinition:
    """A sentence of a report and the figure it states; `sex` narrows the figure to one sex, "" to none.

    Placeholders by kind: COUNT value; SHARE percent, numerator, denominator; KEYED_SHARE the same and key;
    RATE value, numerator, denominator, lower and upper; MONEY value and currency; DAYS value; MODULES modules;
    AREAS areas; n in all. `percent` is filled with its sign ("74 %"). Where an `is_optional` claim has nothing to tell,
    the report is silent about it.
    """

    id: str
    indicator: str
    kind: ClaimKind
    sex: str
    text: str
    text_one: str
    is_optional: bool

    def sentence(self, value: object) -> str:
        """Return the English template for a value: the singular one for exactly 1 where there is one."""
        return self.text_one if self.text_one and value == 1 else self.text


@dataclass(frozen=True)
class ReportSection:
    """A titled group of claims."""

    code: str
    title: str
    claims: tuple[ClaimDefinition, ...]


@dataclass(frozen=True)
class ReportDefinition:
    """A report as data: ordered sections, warnings by code, and what to say where there are no records.

    Placeholders of warnings: key, percent, numerator, denominator, n, count, minimum.
    """

    code: str
    title: str
    no_records: str
    sections: tuple[ReportSection, ...]
    warnings: Mapping[str, str]
    pin: str

    def claims(self) -> tuple[ClaimDefinition, ...]:
        """Return the claims of all sections, in order."""
        return tuple(claim for section in self.sections for claim in section.claims)
