"""Which days a page of figures looks at, as its address asks. Pure but for the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairfloor.measure.cells import Period, month_of


@dataclass(frozen=True)
class PeriodChoice:
    """One choice above the figures."""

    label: str
    query: str
    is_current: bool


def month_before(day: date) -> date:
    """The first day of the month before a day's.

    >>> month_before(date(2026, 1, 9))
    datetime.date(2025, 12, 1)
    """
    place = day.year * 12 + day.month - 2
    return date(place // 12, place % 12 + 1, 1)


def last_twelve_months(day: date) -> Period:
    """The month of ``day`` and the eleven before it, as whole months, which the kept cells answer."""
    months = day.year * 12 + day.month - 12
    return Period(date(months // 12, months % 12 + 1, 1), month_of(day).end_date)


def _asked(query: Mapping[str, str]) -> Period | None:
    try:
        return Period(date.fromisoformat(query.get("from", "")), date.fromisoformat(query.get("to", "")))
    except ValueError:
        return None


def chosen_period(query: Mapping[str, str], day: date) -> Period:
    """The period an address asks for; the last twelve months when it asks for none or for nonsense."""
    asked = _asked(query)
    # A longer look would compute hundreds of months one by one.
    if asked is None or (asked.end_date - asked.start_date).days > 366 * 12:
        return last_twelve_months(day)
    return asked


def period_query(period: Period) -> str:
    """The part of an address that asks for a period."""
    return urlencode({"from": period.start_date.isoformat(), "to": period.end_date.isoformat()})


def period_words(period: Period) -> str:
    """ "April 2025 – March 2026" for whole months, else both days."""
    is_whole = period.start_date.day == 1 and month_of(period.end_date).end_date == period.end_date
    form = "YEAR_MONTH_FORMAT" if is_whole else "DATE_FORMAT"
    start, end = date_format(period.start_date, form), date_format(period.end_date, form)
    if start == end:
        return start
    return _("%(start)s – %(end)s") % {"start": start, "end": end}


def period_choices(enterprise, period: Period, day: date) -> list[PeriodChoice]:
    """The last twelve months, the report period where there is one, and what the address asks beside these."""
    offered = [(_("Last 12 months"), last_twelve_months(day))]
    if enterprise.report_from_date and enterprise.report_to_date:
        report = Period(enterprise.report_from_date, enterprise.report_to_date)
        offered.append((_("Report period"), report))
    if period not in [each for _label, each in offered]:
        offered.append((period_words(period), period))
    return [PeriodChoice(label, period_query(each), each == period) for label, each in offered]
