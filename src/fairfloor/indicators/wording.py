"""Figures in words: values, what they rest on, and what changed. No word here claims a cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.ui.formatting import NO_FIGURE, format_number, format_share
from fairfloor.indicators.figures import Figure
from fairfloor.measure.trend import compare_shares


@dataclass(frozen=True)
class Story:
    """One sentence about a change, and its state as dot and word (both empty without a verdict)."""

    sentence: str = ""
    state: str = ""
    state_label: str = ""


def value_words(figure: Figure | None) -> str:
    """A figure's value as people read it; a dash where there is none."""
    if figure is None or figure.value is None:
        return NO_FIGURE
    places = figure.indicator.decimals
    if figure.indicator.is_fraction:
        return format_share(figure.value, places)
    words = format_number(figure.value, places)
    if figure.indicator.unit == "RATE":
        # A rate never stands without its base: 1.45 and 7.27 can be the same accidents.
        return f"{words} {translate(figure.indicator.base_text, get_language() or 'en')}"
    if figure.indicator.unit == "DAYS":
        return _("%(days)s days") % {"days": words}
    return words


def with_currency(amount: str, currency: str) -> str:
    """An amount in words with its currency; no figure stays no figure."""
    if not currency or amount == NO_FIGURE:
        return amount
    return _("%(amount)s %(currency)s") % {"amount": amount, "currency": currency}


def basis_words(figure: Figure | None) -> str:
    """What a figure rests on: its parts and the range chance leaves open, or how many records."""
    if figure is None or figure.n is None:
        return ""
    if figure.indicator.unit == "DAYS" and figure.lower is not None and figure.upper is not None:
        return _("n = %(n)s · 95 %% range %(lower)s to %(upper)s days") % {
            "n": format_number(figure.n),
            "lower": format_number(figure.lower, 0),
            "upper": format_number(figure.upper, 0),
        }
    if not figure.denominator:
        return _("n = %(n)s") % {"n": format_number(figure.n)}
    parts = {"numerator": format_number(figure.numerator), "denominator": format_number(figure.denominator)}
    if figure.indicator.unit == "RATE" and figure.lower is None:
        return _("%(numerator)s against %(denominator)s") % parts
    if figure.lower is None or figure.upper is None:
        return _("%(numerator)s of %(denominator)s") % parts
    places = figure.indicator.decimals
    if figure.indicator.unit == "RATE" and figure.indicator.is_reading:
        return _("%(numerator)s against %(denominator)s · 95 %% range %(lower)s to %(upper)s") % {
            **parts,
            "lower": format_number(figure.lower, places),
            "upper": format_number(figure.upper, places),
        }
    if figure.indicator.unit == "RATE":
        of_people = _("%(numerator)s in %(denominator)s months of work · 95 %% range %(lower)s to %(upper)s")
        of_hours = _("%(numerator)s in %(denominator)s hours · 95 %% range %(lower)s to %(upper)s")
        return (of_people if figure.indicator.aggregation == "PER_PEOPLE" else of_hours) % {
            **parts,
            "lower": format_number(figure.lower, places),
            "upper": format_number(figure.upper, places),
        }
    return _("%(numerator)s of %(denominator)s · 95 %% range %(lower)s to %(upper)s") % {
        **parts,
        "lower": format_share(figure.lower, places),
        "upper": format_share(figure.upper, places),
    }


def range_words(figure: Figure | None) -> str:
    """Both ends of the 95 % interval in the figure's own unit; empty without one."""
    if figure is None or figure.lower is None or figure.upper is None:
        return ""
    if figure.indicator.is_fraction:
        places = figure.indicator.decimals
        ends = format_share(figure.lower, places), format_share(figure.upper, places)
    else:
        places = 0 if figure.indicator.unit == "DAYS" else figure.indicator.decimals
        ends = format_number(figure.lower, places), format_number(figure.upper, places)
    return _("%(lower)s to %(upper)s") % {"lower": ends[0], "upper": ends[1]}


_VERDICTS = {"IMPROVED": "good", "WORSE": "watch"}


def share_story(before: Figure | None, after: Figure | None, since: str) -> Story:
    """How a share moved between two times; ``since`` names the start of the later one."""
    if before is None or after is None or not before.denominator or not after.denominator:
        return Story()
    try:
        change = compare_shares(
            (before.numerator, before.denominator),
            (after.numerator, after.denominator),
            after.indicator.direction,
        )
    except ValueError:
        return Story()
    words = {"before": value_words(before), "after": value_words(after), "since": since}
    if change.verdict == "NOT_ENOUGH_DATA":
        return Story(_("Too few records yet to speak of a change."))
    if change.verdict == "NO_DETECTABLE_CHANGE" and words["before"] == words["after"]:
        return Story(_("%(after)s before and since %(since)s.") % words)
    if change.verdict == "NO_DETECTABLE_CHANGE":
        return Story(
            _("%(before)s before, %(after)s since %(since)s; chance alone could explain it.") % words
        )
    if change.difference > 0:
        sentence = _("Up from %(before)s to %(after)s since %(since)s; more than chance.") % words
    else:
        sentence = _("Down from %(before)s to %(after)s since %(since)s; more than chance.") % words
    labels = {"IMPROVED": _("Better"), "WORSE": _("Look into it")}
    return Story(sentence, _VERDICTS.get(change.verdict, ""), labels.get(change.verdict, ""))


def count_story(before: Figure | None, after: Figure | None, since: str) -> Story:
    """How many came before and after a month. Counts carry no verdict: more can be better or worse."""
    if before is None and after is None:
        return Story()
    return Story(
        _("%(after)s since %(since)s, %(before)s in the same time before.")
        % {
            "before": format_number(before.value if before else 0),
            "after": format_number(after.value if after else 0),
            "since": since,
        }
    )


def month_words(day: date) -> str:
    """ "March 2026"."""
    return date_format(day, "YEAR_MONTH_FORMAT")
