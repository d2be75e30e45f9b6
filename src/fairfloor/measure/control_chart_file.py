"""Reading a control chart's points from a table of text, with one clear sentence for whatever is wrong."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from .control_charts import Observation

# ASCII digits, at most 30 signs, exponents of two digits: everything else would not fit a float in the end.
_PLAIN = re.compile(r"(?=.{1,30}$)[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([ ,'\u00a0\u202f][0-9]{3})+(\.[0-9]+)?|[+-]?[0-9]+,[0-9]+")


class TableRefused(ValueError):
    """The table cannot be read. `code` says why; `line` counts from 1 with the header; `values` fill a sentence.

    Codes: EMPTY, NOT_TEXT, NO_LABEL, NO_VALUES, COLUMN_TWICE, NO_ROWS, LABEL_MISSING, LABEL_TWICE, CELL_MISSING,
    NOT_A_NUMBER, GROUPED (thousands marks), TOO_MANY_CELLS, NEGATIVE, ZERO_DENOMINATOR, ABOVE_DENOMINATOR.
    """

    def __init__(self, code: str, line: int | None = None, **values: str) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


def _number(text: str, line: int, column: str) -> Decimal:
    if not text:
        raise TableRefused("CELL_MISSING", line, column=column)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    # 1,234 is a thousand and more to some and one and a bit to others: neither is guessed.
    if _GROUPED.fullmatch(text):
        raise TableRefused("GROUPED", line, column=column, text=text)
    raise TableRefused("NOT_A_NUMBER", line, column=column, text=text[:40])


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise TableRefused("NOT_TEXT") from problem
    if "\0" in text:
        raise TableRefused("NOT_TEXT")
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise TableRefused("EMPTY")
    first = next(line for line in lines if line.strip())
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as problem:
        raise TableRefused("NOT_TEXT") from problem
    return [(line, row) for line, row in rows if any(row)]


def read_observations(content: bytes, kind: str) -> list[Observation]:
    """Points from CSV text (UTF-8, with or without byte order mark; comma, semicolon or tab between the cells).

    An XmR chart takes `label` and `value`, or numerator ÷ denominator where `value` is missing; p and u take `label`,
    `numerator` and `denominator`. Raises `TableRefused`.
    """
    rows = _rows(content)
    header = [name.lower() for name in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    for name in ("label", "value", "numerator", "denominator"):
        if header.count(name) > 1:
            raise TableRefused("COLUMN_TWICE", rows[0][0], column=name)
    if "label" not in header:
        raise TableRefused("NO_LABEL", rows[0][0])
    has_value, has_counts = "value" in header, {"numerator", "denominator"} <= set(header)
    has_value = has_value and kind == "xmr"
    if not has_counts and not has_value:
        needed = "value" if kind == "xmr" else "numerator, denominator"
        raise TableRefused("NO_VALUES", rows[0][0], columns=needed)
    if len(rows) == 1:
        raise TableRefused("NO_ROWS")
    found: list[Observation] = []
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        if len([cell for cell in cells[len(header) :] if cell]):
            raise TableRefused("TOO_MANY_CELLS", line)
        row = dict(zip(header, cells + [""] * len(header), strict=False))
        label = row["label"]
        if not label:
            raise TableRefused("LABEL_MISSING", line)
        if label in seen:
            raise TableRefused("LABEL_TWICE", line, label=label, other=str(seen[label]))
        seen[label] = line
        if has_value:
            found.append(Observation(label, _number(row["value"], line, "value")))
            continue
        above, below = (_number(row[name], line, name) for name in ("numerator", "denominator"))
        for name, value in (("numerator", above), ("denominator", below)):
            if value < 0:
                raise TableRefused("NEGATIVE", line, column=name, text=row[name])
        if below == 0:
            raise TableRefused("ZERO_DENOMINATOR", line)
        if kind == "p" and above > below:
            raise TableRefused("ABOVE_DENOMINATOR", line, text=row["numerator"], other=row["denominator"])
        found.append(Observation(label, above / below) if kind == "xmr" else Observation(label, above, below))
    return found
