"""Indicators in words. The verdict's code chooses the sentence; no sentence names a cause."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import Indicator, translate
from fairfloor.core.ui.formatting import NO_FIGURE, format_number, format_share
from fairfloor.indicators.courses import Course
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.measure.control_charts import (
    BEYOND_LIMITS,
    FOUR_OF_FIVE,
    RUN_OF_EIGHT,
    TREND_OF_SIX,
    TWO_OF_THREE,
)
from fairfloor.measure.interrupted import MINIMUM_EACH_SIDE, Interruption
from fairfloor.measure.verdict import MINIMUM_BASELINE

QUALITY_LABELS = {
    "A": gettext_lazy("A – measured"),
    "B": gettext_lazy("B – worked out from partial records"),
    "C": gettext_lazy("C – estimated"),
    "D": gettext_lazy("D – missing"),
}
MARK_LABELS = {
    **QUALITY_LABELS,
    "GIVEN": gettext_lazy("reported without a grade"),
    "MISSING": gettext_lazy("not reported"),
}
SAID_LABELS = {
    "BETTER": gettext_lazy("Better"),
    "SAME": gettext_lazy("About the same"),
    "WORSE": gettext_lazy("Worse"),
    "UNSURE": gettext_lazy("Cannot say"),
}
RULE_LABELS = {
    BEYOND_LIMITS: gettext_lazy("beyond the limits"),
    TWO_OF_THREE: gettext_lazy("two of three months far out on one side"),
    FOUR_OF_FIVE: gettext_lazy("four of five months out on one side"),
    RUN_OF_EIGHT: gettext_lazy("eight months in a row on one side"),
    TREND_OF_SIX: gettext_lazy("six months in a row going one way"),
}
CHART_LABELS = {
    "p": gettext_lazy("p chart: each month's limits follow from how many were looked at"),
    "u": gettext_lazy("u chart: each month's limits follow from how much there was to count in"),
    "xmr": gettext_lazy("XmR chart: the limits follow from how far neighbouring months lie apart"),
}
# Code → (kind of the dot, word).
VERDICT_STATES = {
    "IMPROVED": ("good", gettext_lazy("Improved")),
    "WORSE": ("watch", gettext_lazy("Worse")),
    "CHANGED": ("plain", gettext_lazy("Changed")),
    "NO_DETECTABLE_CHANGE": ("plain", gettext_lazy("No detectable change")),
    "NOT_ENOUGH_DATA": ("quiet", gettext_lazy("Not enough data")),
}


@dataclass(frozen=True)
class Said:
    """What may be said of a course: a sentence, its state as dot and word."""

    sentence: str
    kind: str
    label: str


def month_words(day: date) -> str:
    """A month as the page's language writes it."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def value_words(indicator: Indicator, value: Decimal | float | None, *, with_base: bool = True) -> str:
    """A value of an indicator as people read it, with its unit."""
    if value is None:
        return NO_FIGURE
    if indicator.is_fraction:
        return format_share(value, indicator.decimals)
    words = format_number(value, indicator.decimals)
    if indicator.unit == "RATE" and with_base:
        return f"{words} {translate(indicator.base_text, get_language() or 'en')}"
    return words


def difference_words(indicator: Indicator, value: float) -> str:
    """How far two values lie apart; two shares in percentage points, since a share of a share is another thing."""
    if not indicator.is_fraction:
        return value_words(indicator, value, with_base=False)
    return _("%(number)s percentage points") % {"number": format_number(value * 100, indicator.decimals)}


def window_words(start: date, end: date) -> str:
    """ "March 2026 to August 2026", or the one month."""
    if (start.year, start.month) == (end.year, end.month):
        return month_words(start)
    return _("%(first)s to %(last)s") % {"first": month_words(start), "last": month_words(end)}


@dataclass(frozen=True)
class Change:
    """What a course comes down to, without any language: the verdict, what it lacks, and both sides of it.

    ``start`` and ``end``: first days of the baseline's first and last month. ``is_mixed``: all months since taken
    together went the other way than the newest that stand out.
    """

    verdict: str
    why: str
    before: Decimal | None
    after: Decimal | None
    points_before: int
    start: date | None
    end: date | None
    is_mixed: bool

    def as_plain(self) -> dict[str, Any]:
        """For JSON; :func:`change_from` reads it."""
        return {
            name: str(value) if isinstance(value, Decimal | date) else value
            for name, value in asdict(self).items()
        }


def change_from(plain: dict[str, Any]) -> Change:
    """The change that :meth:`Change.as_plain` wrote down."""
    numbers = {name: None if plain[name] is None else Decimal(plain[name]) for name in ("before", "after")}
    days = {
        name: None if plain[name] is None else date.fromisoformat(plain[name]) for name in ("start", "end")
    }
    return Change(**{**plain, **numbers, **days})


def change_of(course: Course, plan: IndicatorPlan | None) -> Change:
    """What a course comes down to."""
    is_mixed = False
    directed = course.verdict in {"IMPROVED", "WORSE"} and course.indicator.direction != "NEUTRAL"
    if directed and course.before is not None and course.after is not None:
        rose, wants_rise = course.after > course.before, course.indicator.direction == "UP"
        is_mixed = (course.verdict == "IMPROVED") != (rose == wants_rise)
    start, end = (plan.baseline_start_date, plan.baseline_end_date) if plan else (None, None)
    why = course.why or ("" if start and end else "NO_BASELINE")
    return Change(
        course.verdict, why, course.before, course.after, course.points_before, start, end, is_mixed
    )


def _missing(change: Change) -> str:
    values = {
        "needed": MINIMUM_BASELINE,
        "found": change.points_before,
        "window": window_words(change.start, change.end) if change.start and change.end else "",
    }
    sentences = {
        "NO_PLAN": _("Not enough data: no baseline has been chosen yet, so nothing can be held against it."),
        "NO_BASELINE": _(
            "Not enough data: no baseline has been chosen yet, so nothing can be held against it."
        ),
        "NEW_DEFINITION": _(
            "Not enough data: what is counted was defined anew since the baseline. Choose a new baseline."
        ),
        "SHORT_BASELINE": _(
            "Not enough data: of %(needed)s months needed, the baseline %(window)s has %(found)s with a value."
        ),
        "NOTHING_AFTER": _("Not enough data: no month after the baseline %(window)s has a value yet."),
        "FLAT": _(
            "Not enough data: all months of the baseline %(window)s are the same, so nothing says how much chance "
            "would do."
        ),
        "TOO_FEW": _("Not enough data: a chart needs at least two months with a value."),
        "NO_CHART": _("Not enough data: one of the months cannot be drawn. Check the numbers below."),
    }
    return sentences[change.why] % values


def say(indicator: Indicator, change: Change) -> Said:
    """The one sentence about a change. Only the verdict chooses it."""
    kind, label = VERDICT_STATES[change.verdict]
    if change.why or change.start is None or change.end is None:
        return Said(_missing(change), kind, str(label))
    values = {
        "before": value_words(indicator, change.before, with_base=False),
        "after": value_words(indicator, change.after),
        "window": window_words(change.start, change.end),
    }
    if change.is_mixed:
        sentences = {
            "IMPROVED": _(
                "Improved in the newest months that stand out; over all months since the baseline %(window)s it is "
                "%(after)s after %(before)s."
            ),
            "WORSE": _(
                "Worse in the newest months that stand out; over all months since the baseline %(window)s it is "
                "%(after)s after %(before)s."
            ),
        }
    else:
        sentences = {
            "IMPROVED": _("Improved: %(before)s in %(window)s, %(after)s since; more than chance."),
            "WORSE": _("Worse: %(before)s in %(window)s, %(after)s since; more than chance."),
            "CHANGED": _("Changed: %(before)s in %(window)s, %(after)s since; more than chance."),
            "NO_DETECTABLE_CHANGE": _(
                "No detectable change: %(before)s in %(window)s, %(after)s since; chance alone could explain it."
            ),
        }
    return Said(sentences[change.verdict] % values, kind, str(label))


def said_of(course: Course, plan: IndicatorPlan | None) -> Said:
    """The one sentence about a course."""
    return say(course.indicator, change_of(course, plan))


def said_around(found: Interruption, indicator: Indicator, title: str, finished: date) -> Said:
    """The one sentence about a series before and after a project's last day. It never says that one made the other."""
    kind, label = VERDICT_STATES[found.verdict]
    values = {
        "title": title,
        "month": month_words(finished),
        "before": found.before,
        "after": found.after,
        "needed": MINIMUM_EACH_SIDE,
    }
    if found.verdict == "NOT_ENOUGH_DATA":
        text = _(
            "Not enough data around “%(title)s”, finished in %(month)s: %(needed)s months in a row are needed before "
            "and after, and there are %(before)s and %(after)s."
        )
        return Said(text % values, kind, str(label))
    difference, low, high = found.difference or 0.0, found.lower or 0.0, found.upper or 0.0
    for name, number in (("size", abs(difference)), ("low", low), ("high", high)):
        values[name] = difference_words(indicator, number)
    if found.verdict == "NO_DETECTABLE_CHANGE":
        text = _(
            "No detectable change after “%(title)s”, finished in %(month)s: the months since lie between %(low)s and "
            "%(high)s from the line the months before had drawn."
        )
    elif difference > 0:
        text = _(
            "Since “%(title)s” was finished in %(month)s, the months lie %(size)s above the line the months before had "
            "drawn; more than chance. Other things happened in these months too."
        )
    else:
        text = _(
            "Since “%(title)s” was finished in %(month)s, the months lie %(size)s below the line the months before had "
            "drawn; more than chance. Other things happened in these months too."
        )
    return Said(text % values, kind, str(label))
