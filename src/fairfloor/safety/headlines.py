"""The headline figures of safety, each with what it rests on and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.ui.formatting import format_number
from fairfloor.indicators.public import (
    Figure,
    Story,
    basis_words,
    figures,
    last_twelve_months,
    month_words,
    period_query,
    share_story,
    value_words,
)
from fairfloor.measure.cells import Period
from fairfloor.measure.medians import Median
from fairfloor.measure.rates import compare_rates

HAZARDS = (
    *("hazards.reported", "hazards.front_line_share", "hazards.closed_in_time"),
    *("hazards.open_critical", "hazards.recurred"),
)
JOB_RISKS = (
    *("job_risks.identified", "job_risks.high_before", "job_risks.high_after"),
    *("job_risks.high_controlled", "job_risks.measures_overdue"),
)
INCIDENTS = (
    *("incidents.ltifr", "incidents.trir", "incidents.severity"),
    *("incidents.near_misses", "incidents.near_misses_per_accident"),
)


@dataclass(frozen=True)
class Headline:
    """What one card shows; ``state`` is empty without a verdict."""

    label: str
    value: str
    unit: str
    basis: str
    sentence: str
    state: str
    state_label: str
    url: str


def headlines(slug: str, period: Period, codes: tuple[str, ...]) -> list[Headline]:
    """The cards of some figures over a period, held against a period of the same length before it."""
    before = _before(period)
    now, earlier = figures(codes, period), figures(codes, before)
    return [_card(slug, period, code, now[code], earlier[code]) for code in codes]


def _before(period: Period) -> Period:
    end = period.start_date - timedelta(days=1)
    months = list(period.months())
    if len(months) == 12 and period.start_date.day == 1:
        return last_twelve_months(end)
    return Period(end - (period.end_date - period.start_date), end)


def _card(slug: str, period: Period, code: str, now: Figure, before: Figure) -> Headline:
    story = _story(now, before, month_words(period.start_date))
    language = get_language() or "en"
    is_rate = now.indicator.unit == "RATE" and now.value is not None
    return Headline(
        label=translate(now.indicator.name, language),
        # A rate never stands without its base, but the number is what is large.
        value=format_number(now.value, now.indicator.decimals) if is_rate else value_words(now),
        unit=translate(now.indicator.base_text, language) if is_rate else "",
        basis=_basis(now),
        sentence=story.sentence,
        state=story.state,
        state_label=story.state_label,
        url=f"{reverse('desk:figure', kwargs={'slug': slug, 'code': code})}?{period_query(period)}",
    )


def _basis(now: Figure) -> str:
    if now.indicator.unit == "COUNT":
        # A count is its own ground.
        return ""
    if now.value is None and now.indicator.unit == "RATE":
        return ""
    return basis_words(now) if now.denominator else ""


def _story(now: Figure, before: Figure, since: str) -> Story:
    unit = now.indicator.unit
    if unit == "SHARE":
        if not now.denominator:
            return Story(_("There is nothing to count in this time."))
        return share_story(before, now, since)
    if unit == "RATE":
        return _rate_story(now, before)
    if now.indicator.code in _ADVICE and now.value:
        return Story(_ADVICE[now.indicator.code](), "watch", _("Look into it"))
    if now.indicator.aggregation != "SUM" or not before.value:
        return Story()
    return Story(
        _("%(before)s in the same time before.") % {"before": format_number(before.value, 0)},
    )


_ADVICE = {
    "hazards.open_critical": lambda: _("Work stops where one is open."),
    "job_risks.measures_overdue": lambda: _("Give each a new day, or an owner who can see to it."),
    "hazards.recurred": lambda: _("What was done did not hold. Look for the cause behind it."),
}


def _rate_story(now: Figure, before: Figure) -> Story:
    if now.value is None:
        if now.indicator.code == "incidents.near_misses_per_accident":
            return Story(_("No accident beyond first aid in this time."))
        return Story(_("Cannot be said: no hours are written down for this time."))
    if not now.indicator.is_event_count or not before.denominator:
        return Story()
    verdict = compare_rates(
        (int(before.numerator or 0), before.denominator), (int(now.numerator or 0), now.denominator)
    )
    if verdict == "IMPROVED":
        return Story(
            _("Lower than in the same time before (%(before)s); more than chance.")
            % {"before": value_words(before)},
            "good",
            _("Better"),
        )
    if verdict == "WORSE":
        return Story(
            _("Higher than in the same time before (%(before)s); more than chance.")
            % {"before": value_words(before)},
            "watch",
            _("Look into it"),
        )
    if verdict == "NO_DETECTABLE_CHANGE":
        return Story(_("No change from the same time before that chance could not explain."))
    return Story(_("Too few accidents to tell a change from chance; that is usual for one factory."))


def days_card(days: Median | None, url: str) -> Headline:
    """How long hazards stay open: the median with its interval."""
    value, basis = "–", ""
    if days is not None:
        value = format_number(days.value, 0 if days.value == int(days.value) else 1)
        if days.low is None:
            basis = _("n = %(n)s; too few for a range") % {"n": format_number(days.n)}
        else:
            basis = _("n = %(n)s · 95 %% range %(low)s to %(high)s") % {
                "n": format_number(days.n),
                "low": format_number(days.low),
                "high": format_number(days.high),
            }
    sentence = (
        _("Half of the closed hazards took longer.")
        if days is not None
        else _("No hazard of this time is closed yet.")
    )
    return Headline(_("Median days to close a hazard"), value, "", basis, sentence, "", "", url)
