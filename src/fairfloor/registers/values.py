"""Makes a value of one cell, by the kind of its column. Pure; every failure says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from fairfloor.core.sheets import Column, ColumnKind
from fairfloor.registers.headings import normal
from fairfloor.registers.reading import OddCell

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
_SERIAL_ZERO = date(1899, 12, 30)  # Excel counts days from here, its leap-year mistake of 1900 included


class Unreadable(Exception):
    """The cell cannot be taken as it is. ``code`` and ``values`` make the sentence."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code, self.values = code, values


# Characters a cell may not hold: controls but tab and line feed.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


def plain_text(value: Any) -> str:
    """A cell as text: whole numbers without ``.0``, days as ISO, line ends and odd spaces made plain, ends trimmed."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value.strip()
        return _CONTROLS.sub("", _LINE_ENDS.sub("\n", value)).replace("\xa0", " ").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time() == value.time().min else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, OddCell):
        if value.kind == "ERROR":
            raise Unreadable("SHOWS_ERROR", text=value.text)
        return value.text.strip()
    return "" if value is None else str(value).strip()


_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$")
_MONTH_ONLY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_WITH_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$", re.IGNORECASE)
_DAY_AND_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?$", re.IGNORECASE)
_NAME_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")


def _month_number(name: str) -> int:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _make_day(text: str, year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Unreadable("DAY_FAR_OFF", text=text)
    if not 1 <= month <= 12:
        raise Unreadable("NO_SUCH_MONTH", text=text)
    try:
        return date(year, month, day)
    except ValueError:
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        last = first_of_next - timedelta(days=1)
        raise Unreadable("NO_SUCH_DAY", text=text, example=last.isoformat()) from None


def parse_day(value: Any, *, is_month: bool = False) -> date | None:
    """A day from a date cell, an Excel serial number or text; with ``is_month`` also ``2023-04`` and ``2023年4月``.

    ``2.3.2023`` could be two days and is refused; ``13.3.2023`` can be one only. "31 February" is refused with the
    last day of that month as an example.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _make_day(value.isoformat(), value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_number(value)
    text = plain_text(value)
    if not text:
        return None
    wide = _TIME.sub("", unicodedata.normalize("NFKC", text)).strip()
    if match := _YEAR_FIRST.match(wide) or _COMPACT.match(wide):
        return _make_day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_ONLY.match(wide):
        if is_month:
            return _make_day(text, int(match[1]), int(match[2]), 1)
        raise Unreadable("DAY_MISSING", text=text, example=f"{match[1]}-{int(match[2]):02d}-01")
    if match := _YEAR_LAST.match(wide):
        return _day_of_year_last(text, int(match[1]), int(match[2]), int(match[3]))
    for pattern, day_at, month_at in ((_WITH_NAME, 1, 2), (_NAME_FIRST, 2, 1)):
        if (match := pattern.match(wide)) and (month := _month_number(match[month_at])):
            return _make_day(text, int(match[3]), month, int(match[day_at]))
    if (match := _DAY_AND_NAME.match(wide)) and (month := _month_number(match[2])):
        if int(match[1]) > (29 if month == 2 else 30 + (month in (1, 3, 5, 7, 8, 10, 12))):
            raise Unreadable("NO_SUCH_DAY", text=text, example=f"2026-{month:02d}-28")
        raise Unreadable("YEAR_MISSING", text=text, example=f"2026-{month:02d}-{int(match[1]):02d}")
    if wide.isdigit() and len(wide) == 5:
        return _day_of_number(int(wide))
    raise Unreadable("NOT_A_DAY", text=text)


def _day_of_number(value: float) -> date:
    compact = _COMPACT.match(str(int(value)))
    if compact and float(value).is_integer():
        return _make_day(str(int(value)), int(compact[1]), int(compact[2]), int(compact[3]))
    if not 1 <= value < 110_000:
        raise Unreadable("NOT_A_DAY", text=plain_text(value))
    return _SERIAL_ZERO + timedelta(days=int(value))


def _day_of_year_last(text: str, first: int, second: int, year: int) -> date:
    if first > 12 or first == second:
        return _make_day(text, year, second, first)
    if second > 12:
        return _make_day(text, year, first, second)
    one, other = f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}"
    raise Unreadable("AMBIGUOUS_DAY", text=text, first=one, second=other)


_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")


def parse_number(value: Any) -> Decimal | None:
    """A number from a number cell or text with spaces, full-width digits or thousands separators."""
    if isinstance(value, bool):
        raise Unreadable("NOT_A_NUMBER", text=plain_text(value))
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):
            raise Unreadable("NOT_A_NUMBER", text=str(value))
        return Decimal(repr(value)) if not float(value).is_integer() else Decimal(int(value))
    text = plain_text(value)
    if not text:
        return None
    narrow = re.sub(r"[\s'’_]", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    if _GROUPED.match(narrow):
        narrow = narrow.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", narrow) or len(narrow) > 30:
        raise Unreadable("NOT_A_NUMBER", text=text)
    try:
        return Decimal(narrow)
    except InvalidOperation:
        raise Unreadable("NOT_A_NUMBER", text=text) from None


def _number(value: Any, column: Column) -> int | Decimal | None:
    number = parse_number(value)
    if number is None:
        return None
    if column.minimum is not None and number < column.minimum:
        if column.minimum == 0:
            raise Unreadable("NEGATIVE", text=plain_text(value))
        raise Unreadable("BELOW", text=plain_text(value), minimum=str(column.minimum))
    if column.maximum is not None and number > column.maximum:
        raise Unreadable("ABOVE", text=plain_text(value), maximum=str(column.maximum))
    if column.kind is ColumnKind.WHOLE:
        if number != number.to_integral_value():
            raise Unreadable("NOT_WHOLE", text=plain_text(value))
        # What the database takes for a whole number.
        if abs(number) > 2_147_483_647:
            raise Unreadable("ABOVE", text=plain_text(value), maximum="2147483647")
        return int(number)
    if abs(number) >= Decimal(10) ** 14:
        raise Unreadable("ABOVE", text=plain_text(value), maximum="99999999999999")
    exponent = number.as_tuple().exponent
    # So many decimals are kept; a computed cell such as 0.1 + 0.2 carries more.
    if isinstance(exponent, int) and exponent < -column.decimals:
        return number.quantize(Decimal(1).scaleb(-column.decimals))
    return number


_HOUR = re.compile(r"(\d{1,2})\s*[:.时h]\s*(\d{2})?\s*分?(?::\d{2})?$", re.IGNORECASE)


def parse_hour(value: Any) -> str:
    """A time of day as ``09:05``, from a time cell, a part of a day or text such as ``9:05`` or ``9时05分``."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        value = value.total_seconds() / 86_400
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1:
        minutes = min(round(value * 1440), 1439)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    text = plain_text(value)
    match = _HOUR.match(unicodedata.normalize("NFKC", text))
    if not text:
        return ""
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise Unreadable("NOT_AN_HOUR", text=text[:80])
    return f"{int(match[1]):02d}:{int(match[2] or 0):02d}"


_SEPARATORS = re.compile(r"[;；,，、\n]")


def parse_cell(value: Any, column: Column, words: Mapping[str, str]) -> Any:
    """The value of a cell as :mod:`core.sheets` rows hold it. ``words`` are normal forms → codes of this column.

    Raises :class:`Unreadable`. A text that begins with ``=`` is a text like any other.
    """
    kind = column.kind
    if kind is ColumnKind.DAY or kind is ColumnKind.MONTH:
        day = parse_day(value, is_month=kind is ColumnKind.MONTH)
        return day.replace(day=1) if day and kind is ColumnKind.MONTH else day
    if kind is ColumnKind.WHOLE or kind is ColumnKind.NUMBER:
        return _number(value, column)
    if kind is ColumnKind.HOUR:
        return parse_hour(value)
    text = plain_text(value)
    if kind is ColumnKind.CODES:
        parts = (part.strip() for part in _SEPARATORS.split(text))
        codes = tuple(dict.fromkeys(part for part in parts if part))
        if column.choices:
            codes = tuple(_code(part, column, words) for part in codes)
        text = ";".join(codes)
        _check_length(text, column)
        return codes
    if not text:
        return ""
    if column.choices:
        return _code(text, column, words)
    _check_length(text, column)
    return text if kind is ColumnKind.LONG_TEXT else text.replace("\n", " ").replace("\t", " ")


def _check_length(text: str, column: Column) -> None:
    if len(text) > column.max_length:
        raise Unreadable("TOO_LONG", limit=column.max_length, length=len(text))


def _code(text: str, column: Column, words: Mapping[str, str]) -> str:
    code = words.get(normal(text))
    if code is None:
        raise Unreadable("UNKNOWN_CODE", text=text[:80], choices=", ".join(map(str, column.choices)))
    return code
