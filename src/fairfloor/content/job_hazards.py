"""Job-hazard packs: what commonly can hurt people in a job, step by step, with usual measures and a first rating."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .nodes import Table

CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TYPES = ("ELIMINATION", "SUBSTITUTION", "ENGINEERING", "ADMINISTRATIVE", "PPE")


@dataclass(frozen=True)
class HazardMeasure:
    """A usual measure, with its place in the hierarchy of controls."""

    type: str
    text: str


@dataclass(frozen=True)
class HazardLine:
    """One way to get hurt in a step; rated 1 to 5 without the measures (`first`) and with them (`after`).

    `exposure` is the value LEC would take: 10 all day, 6 daily, 3 weekly, 2 monthly, 1 a few times a year.
    """

    code: str
    kind: str
    text: str
    first: tuple[int, int]
    after: tuple[int, int]
    exposure: int
    is_pregnancy: bool
    is_breastfeeding: bool
    measures: tuple[HazardMeasure, ...]
    pin: str


@dataclass(frozen=True)
class HazardStep:
    """A step of a job."""

    name: str
    lines: tuple[HazardLine, ...]


@dataclass(frozen=True)
class JobTemplate:
    """A job with its steps; `group` names the pack it stands in."""

    code: str
    name: str
    group: str
    steps: tuple[HazardStep, ...]
    pin: str


class Packs(Protocol):
    """What the loader offers while it reads a folder."""

    def folder(self, name: str) -> list: ...
    def open(self, path: Path, required: Collection[str], optional: Collection[str] = ()) -> Table: ...
    def pin(self, table: Table, item: str) -> str: ...
    def close(self, table: Table) -> None: ...


def read_job_hazards(packs: Packs, kinds: Mapping[str, object]) -> dict[str, JobTemplate]:
    """All job templates by code; raises ContentError for the first thing that does not fit."""
    found: dict[str, JobTemplate] = {}
    for path in packs.folder("job_hazards"):
        table = packs.open(path, ("code", "name", "jobs"))
        table.text("code", shape=CODE)
        group = table.words("name")
        for row in table.tables("jobs", ("code", "name", "steps")):
            code = row.text("code", shape=CODE)
            if code in found:
                raise row.fail("code", f"{code!r} is given twice")
            name = row.words("name")
            seen: set[str] = set()
            steps = tuple(
                HazardStep(step.words("name"), tuple(_lines(packs, table, step, code, kinds, seen)))
                for step in row.tables("steps", ("name", "risks"))
            )
            found[code] = JobTemplate(code, name, group, steps, packs.pin(table, code))
        packs.close(table)
    return found


def _lines(
    packs: Packs, table: Table, step: Table, job: str, kinds: Mapping[str, object], seen: set[str]
) -> Iterator[HazardLine]:
    required = ("code", "kind", "text", "first", "after", "exposure", "measures")
    for row in step.tables("risks", required, ("is_pregnancy", "is_breastfeeding")):
        code = row.text("code", shape=CODE)
        if code in seen:
            raise row.fail("code", f"{code!r} is given twice in this job")
        seen.add(code)
        first, after = _rating(row, "first"), _rating(row, "after")
        if after[0] * after[1] > first[0] * first[1]:
            raise row.fail("after", "measures do not make a risk greater")
        exposure = row.whole("exposure", largest=10)
        if exposure not in (1, 2, 3, 6, 10):
            raise row.fail("exposure", "must be one of 1, 2, 3, 6, 10")
        measures = tuple(
            HazardMeasure(each.text("type", choices=TYPES), each.words("text"))
            for each in row.tables("measures", ("type", "text"))
        )
        yield HazardLine(
            code,
            row.text("kind", choices=tuple(kinds)),
            row.words("text"),
            first,
            after,
            exposure,
            row.flag("is_pregnancy"),
            row.flag("is_breastfeeding"),
            measures,
            packs.pin(table, f"{job}.{code}"),
        )


def _rating(row: Table, key: str) -> tuple[int, int]:
    rating = row.table(key, ("likelihood", "severity"))
    values = rating.whole("likelihood", largest=5), rating.whole("severity", largest=5)
    if 0 in values:
        raise row.fail(key, "the scales begin at 1")
    return values
