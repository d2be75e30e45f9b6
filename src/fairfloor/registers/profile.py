"""The Enterprise sheet: a list of fields and values that describes the factory itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale

from fairfloor.core.sheets import Row
from fairfloor.organisations.public import Enterprise
from fairfloor.registers.headings import normal
from fairfloor.registers.values import Unreadable, parse_day, parse_number, plain_text

SHEET = "Enterprise"
# Field of the sheet → field of the model, in the order of an exported workbook.
FIELDS = {
    "slug": "slug",
    "name": "name",
    "name_zh": "name_zh",
    "country": "country",
    "sector": "sector",
    "languages": "languages",
    "founded": "founded",
    "currency": "currency",
    "time_zone": "time_zone",
    "report_from": "report_from_date",
    "report_to": "report_to_date",
}
_LENGTHS = {"slug": 80, "name": 200, "name_zh": 200, "sector": 20, "languages": 80}
_LANGUAGES = {
    "english": "en",
    "英语": "en",
    "英文": "en",
    "chinese": "zh-hans",
    "中文": "zh-hans",
    "zh": "zh-hans",
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("en", "zh"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"):
                found[normal(name)] = code
                found[normal(code)] = code
    return found


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    found = {"rmb": "CNY", "人民币": "CNY", "元": "CNY"}
    for code, name in Locale("en").currencies.items():
        found[normal(name)] = code
        found[normal(code)] = code
    return found


@lru_cache(maxsize=1)
def _time_zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def parse_field(field: str, value: Any) -> Any:
    """The value of one field of the model. Raises :class:`Unreadable` with what to write instead."""
    if field in ("report_from", "report_to"):
        return parse_day(value)
    text = plain_text(value)
    if field == "founded":
        number = parse_number(value)
        if number is None:
            return None
        if number != number.to_integral_value() or not 1000 <= number <= 2200:
            raise Unreadable("NOT_A_YEAR", text=text)
        return int(number)
    if len(text) > _LENGTHS.get(field, 200):
        raise Unreadable("TOO_LONG", limit=_LENGTHS.get(field, 200), length=len(text))
    if not text:
        return "UTC" if field == "time_zone" else "en" if field == "languages" else ""
    if field == "slug":
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
            raise Unreadable("NOT_A_SLUG", text=text)
        return text
    known = {"country": (_countries, "NO_SUCH_COUNTRY"), "currency": (_currencies, "NO_SUCH_CURRENCY")}
    if field in known:
        table, code = known[field]
        if normal(text) not in table():
            raise Unreadable(code, text=text)
        return table()[normal(text)]
    if field == "time_zone":
        if text.casefold() not in _time_zones():
            raise Unreadable("NO_SUCH_TIME_ZONE", text=text)
        return _time_zones()[text.casefold()]
    if field == "languages":
        parts = (part.strip() for part in re.split(r"[;；,，、]", text))
        return ";".join(dict.fromkeys(_language(part) for part in parts if part))
    return text


def _language(text: str) -> str:
    code = _LANGUAGES.get(text.casefold(), text.casefold().replace("_", "-"))
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code):
        raise Unreadable("NO_SUCH_LANGUAGE", text=text)
    return code


def rows_of(enterprise: Enterprise) -> Iterator[Row]:
    """The rows of an enterprise's own sheet."""
    for field, name in FIELDS.items():
        value = getattr(enterprise, name)
        yield {"field": field, "value": value if isinstance(value, (date, int)) else value or ""}
