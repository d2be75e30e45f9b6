"""Draw a control chart from a table: centre, limits and the run rules each point meets."""

from __future__ import annotations

import json
from pathlib import Path

from fairfloor.config.cli import Refusal
from fairfloor.measure.control_chart_file import TableRefused, read_observations
from fairfloor.measure.control_charts import KINDS, ChartRefused, ControlChart, control_chart

LARGEST = 10_000_000

_TABLE = {
    "EMPTY": "The file is empty. It needs a first row with the names of its columns, then one row for each point.",
    "NOT_TEXT": "The file is not a CSV table in UTF-8. Save it as “CSV UTF-8” and try again.",
    "NO_LABEL": "There is no column `label`. The first row must name the columns: label, and value or "
    "numerator and denominator.",
    "NO_VALUES": "This chart needs the columns {columns} beside label. Add what is missing to the first row.",
    "COLUMN_TWICE": "The column {column} is there twice. Keep one of them.",
    "NO_ROWS": "There is no row below the names of the columns. Add one row for each point.",
    "LABEL_MISSING": "The label is missing. Write a month, a day or a number of the sample.",
    "LABEL_TWICE": "The label “{label}” is there already, in line {other}. Each point needs a label of its own.",
    "CELL_MISSING": "{column} is empty. Write the number, or take the row out.",
    "NOT_A_NUMBER": "“{text}” in {column} is not a number. Write digits, with a point before decimals.",
    "GROUPED": "“{text}” in {column} has a mark between its digits that may mean thousands or decimals. "
    "Write 1234.5 without marks for thousands.",
    "TOO_MANY_CELLS": "The row has more cells than the first row has names. Take the comma out of the number or label.",
    "NEGATIVE": "{column} is {text}; what is counted cannot be below 0.",
    "ZERO_DENOMINATOR": "The denominator is 0, and nothing can be divided by it. Take the row out.",
    "ABOVE_DENOMINATOR": "The numerator {text} is above the denominator {other}. A share cannot be more than all; "
    "for faults per unit take --kind u.",
}


def configure(parser) -> None:
    """Options of `control-chart`."""
    parser.add_argument(
        "file", type=Path, metavar="FILE.csv", help="columns label and value, or numerator, denominator"
    )
    parser.add_argument(
        "--kind", choices=KINDS, required=True, help="xmr: single values; p: shares; u: faults per unit"
    )
    parser.add_argument("--format", choices=["json", "text"], default="text", help="how to print it")
    parser.add_argument("--baseline", type=int, metavar="N", help="centre and limits from the first N points")


def as_json(chart: ControlChart) -> str:
    """The chart as one JSON document."""
    points = []
    for point in chart.points:
        entry = {
            "label": point.label,
            "value": point.value,
            "lower": point.lower,
            "upper": point.upper,
            "signals": list(point.signals),
        }
        if point.moving_range is not None:
            entry |= {"moving_range": point.moving_range, "is_range_beyond": point.is_range_beyond}
        points.append(entry)
    document: dict[str, object] = {
        "kind": chart.kind,
        "centre": chart.centre,
        "baseline": chart.baseline,
        "is_provisional": chart.is_provisional,
    }
    if chart.range_upper is not None:
        document |= {"range_centre": chart.range_centre, "range_upper": chart.range_upper}
    return json.dumps(document | {"points": points}, ensure_ascii=False, indent=1)


def _as_text(chart: ControlChart) -> str:
    lines = [f"centre {chart.centre:.4f}, from the first {chart.baseline} points"]
    if chart.is_provisional:
        lines.append("Fewer than 12 points: these limits will still move.")
    lines += [
        f"{point.label}\t{point.value:.4f}\t{point.lower:.4f} to {point.upper:.4f}\t{', '.join(point.signals)}".rstrip()
        for point in chart.points
    ]
    return "\n".join(lines)


def _chart_words(refused: ChartRefused, count: int) -> str:
    if refused.code == "BASELINE":
        return f"--baseline must lie between 2 and {count}, the number of points in the file."
    return "A chart needs at least 2 points; from 12 on its limits hold still."


def run(options) -> int:
    """Print the chart; nothing is printed where the table cannot be read."""
    path: Path = options.file
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"{path} is larger than 10 MB; a chart has one row for each point.")
        content = path.read_bytes()
    except OSError as failed:
        raise Refusal(f"{path} cannot be read: {failed.strerror}. Check the name of the file.") from failed
    try:
        observations = read_observations(content, options.kind)
    except TableRefused as refused:
        where = f"line {refused.line}: " if refused.line else ""
        raise Refusal(f"{path.name}: {where}{_TABLE[refused.code].format(**refused.values)}") from refused
    try:
        chart = control_chart(options.kind, observations, options.baseline)
    except ChartRefused as refused:
        raise Refusal(f"{path.name}: {_chart_words(refused, len(observations))}") from refused
    print(as_json(chart) if options.format == "json" else _as_text(chart))
    return 0
