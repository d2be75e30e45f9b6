"""Columns, scales and keys that the sheets of job risks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from fairfloor.core.sheets import Column, ColumnKind, Problem, Row
from fairfloor.measure.risk import LEC_EXPOSURES, LEC_LIKELIHOODS, LEC_SEVERITIES, MATRIX_VALUES
from fairfloor.safety.models import JobRisk
from fairfloor.safety.workflow import Method

# What each method allows, by column.
SCALES: dict[str, dict[str, frozenset[Decimal]]] = {
    Method.MATRIX: {"likelihood": MATRIX_VALUES, "severity": MATRIX_VALUES},
    Method.LEC: {"likelihood": LEC_LIKELIHOODS, "exposure": LEC_EXPOSURES, "severity": LEC_SEVERITIES},
}
RATED = ("method", "likelihood", "exposure", "severity")
TRIPLE = ("job", "step", "hazard")
KEY_COLUMNS = (
    Column("job", required=True, max_length=120),
    Column("step", required=True),
    Column("hazard", required=True),
)
RATING_COLUMNS = (
    Column("method", required=True, choices=tuple(Method)),
    Column("likelihood", ColumnKind.NUMBER, required=True),
    Column("exposure", ColumnKind.NUMBER),
    Column("severity", ColumnKind.NUMBER, required=True),
)


def scale_words(values: Iterable[Decimal]) -> str:
    """The values of a scale, rising, as people write them."""
    return ", ".join(format(value, "f") for value in sorted(values))


def rating_problems(row: Row) -> Iterator[Problem]:
    """Values off the scale of the row's method."""
    scales = SCALES.get(row["method"])
    if scales is None:
        return
    for column in ("likelihood", "exposure", "severity"):
        value, allowed = row[column], scales.get(column)
        if allowed is None:
            if value is not None:
                yield Problem(column, "NOT_FOR_METHOD", {"method": row["method"]})
        elif value is not None and value not in allowed:
            yield Problem(column, "OUTSIDE_SCALE", {"values": scale_words(allowed)})
        elif value is None and column == "exposure":
            yield Problem(column, "MISSING_FOR_METHOD", {"method": row["method"]})


def live_risks() -> dict[Any, JobRisk]:
    return {
        (risk.job, risk.step, risk.hazard): risk
        for risk in JobRisk.objects.filter(withdrawn_date__isnull=True).iterator(chunk_size=2000)
    }
