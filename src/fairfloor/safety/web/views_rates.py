"""Hours worked and the rates made with them; who took part in the work for safety."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.access import page
from fairfloor.core.ui.formatting import NO_FIGURE, format_number
from fairfloor.core.ui.records import day_words, form_page, see_other
from fairfloor.indicators.public import Figure
from fairfloor.measure.cells import Period
from fairfloor.measure.rates import HUNDRED_FULL_TIMERS, MILLION_HOURS
from fairfloor.organisations.public import SEX_LABELS, department_names, local_day
from fairfloor.safety.incident_labels import BASE_LABELS
from fairfloor.safety.incident_selectors import (
    COUNT_CODES,
    rates_page,
    twelve_months,
)
from fairfloor.safety.models import HoursWorked
from fairfloor.safety.services.hours import choose_base, hour_base, write_hours
from fairfloor.safety.services.incidents import IncidentRefused
from fairfloor.safety.web.incident_forms import BaseForm, HoursForm
from fairfloor.safety.web.views_hazards import safety_tabs
from fairfloor.safety.web.views_incidents import explain


def chosen_year(request, day: date) -> Period:
    """Twelve whole months; ``?year=2025`` asks for a calendar year."""
    text = request.GET.get("year", "")
    if text.isdecimal() and 1990 <= int(text) <= day.year:
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    return twelve_months(day)


def _rate_words(figure: Figure | None, base: int) -> str:
    """A rate at a base, with its base and range; what to do where it cannot be said."""
    if figure is None or figure.value is None:
        return _("cannot be said")
    scale = Decimal(base) / figure.indicator.base
    places = figure.indicator.decimals
    value = format_number(figure.value * scale, places)
    per = (
        BASE_LABELS[base]
        if figure.indicator.is_event_count
        else translate(figure.indicator.base_text, get_language() or "en")
    )
    if figure.lower is None or figure.upper is None:
        return f"{value} {per}"
    return _("%(value)s %(per)s (95 %% range %(lower)s to %(upper)s)") % {
        "value": value,
        "per": per,
        "lower": format_number(figure.lower * scale, places),
        "upper": format_number(figure.upper * scale, places),
    }


def _range_words(figure: Figure | None, base: int) -> str:
    """A rate in a column whose heading states the base."""
    if figure is None or figure.value is None or figure.lower is None or figure.upper is None:
        return NO_FIGURE
    scale, places = Decimal(base) / figure.indicator.base, figure.indicator.decimals
    return _("%(value)s (%(lower)s to %(upper)s)") % {
        "value": format_number(figure.value * scale, places),
        "lower": format_number(figure.lower * scale, places),
        "upper": format_number(figure.upper * scale, places),
    }


def _figure_url(slug: str, code: str) -> str:
    """The page of one figure with its course, its groups and the rows behind it."""
    return reverse("desk:figure", kwargs={"slug": slug, "code": code})


def _verdict_words(verdict: str) -> str:
    return {
        "IMPROVED": _(
            "Fewer accidents with lost days for the hours worked than in the twelve months before; more than chance."
        ),
        "WORSE": _(
            "More accidents with lost days for the hours worked than in the twelve months before; more than chance."
        ),
        "NO_DETECTABLE_CHANGE": _("No change can be told from chance against the twelve months before."),
    }.get(
        verdict,
        _("Too few accidents or hours are known to speak of a change; that is usual for one factory."),
    )


@page("safety.view_incidents")
def rates(request, slug):
    """Frequency, recordable cases, incidence and severity, month by month, with base and range."""
    day = local_day(request.enterprise, timezone.now())
    period = chosen_year(request, day)
    found = rates_page(period, day)
    base = hour_base()
    names = department_names(get_language() or "en")
    cards = [
        (
            _("Accidents with lost days"),
            _rate_words(found.figures["incidents.ltifr"], base),
            _figure_url(slug, "incidents.ltifr"),
        ),
        (
            _("Cases beyond first aid"),
            _rate_words(found.figures["incidents.trir"], HUNDRED_FULL_TIMERS),
            _figure_url(slug, "incidents.trir"),
        ),
        (
            _("Days lost"),
            _rate_words(found.figures["incidents.severity"], MILLION_HOURS),
            _figure_url(slug, "incidents.severity"),
        ),
        (_("Incidence"), _incidence(found), ""),
        (
            _("Near misses"),
            _rate_words(found.figures["incidents.near_misses_per_accident"], 1),
            _figure_url(slug, "incidents.near_misses_per_accident"),
        ),
    ]
    rows = [
        [
            row.month.start_date.strftime("%Y\u2011%m"),
            *(format_number(row.counts[code]) for code in COUNT_CODES if code != "incidents.hours_worked"),
            _hours_words(row.hours, row.is_estimate),
            _range_words(row.ltifr, base) if row.hours else NO_FIGURE,
        ]
        for row in found.months
    ]
    groups = [
        (
            title,
            [(words(key), _rate_words(figure, HUNDRED_FULL_TIMERS)) for key, figure in found.by[by].items()],
        )
        for by, title, words in (
            ("department", _("By department"), lambda key: names.get(key, key) or _("Not told apart")),
            ("sex", _("By sex"), lambda key: str(SEX_LABELS.get(key, "")) or _("Not told apart")),
        )
        if any(found.by[by])
    ]
    return render(
        request,
        "safety/rates.html",
        {
            "tabs": safety_tabs(slug, "safety:incidents", request.actor),
            "period": f"{day_words(period.start_date)} – {day_words(period.end_date)}",
            "cards": cards,
            "rows": rows,
            "base_words": BASE_LABELS[base],
            "back_label": _("Incidents"),
            "missing": ", ".join(month.start_date.strftime("%Y\u2011%m") for month in found.missing),
            "estimated": ", ".join(month.start_date.strftime("%Y\u2011%m") for month in found.estimated),
            "groups": groups,
            "verdict": _verdict_words(found.verdict),
            "first_aid": format_number(found.figures["incidents.first_aid"].value),
            "years": [day.year, day.year - 1, day.year - 2],
            "back_url": reverse("safety:incidents", kwargs={"slug": slug}),
            "here": reverse("safety:rates", kwargs={"slug": slug}),
            "hours_url": reverse("safety:hours", kwargs={"slug": slug})
            if request.actor.may("safety.write")
            else "",
            "base_url": reverse("safety:rate_base", kwargs={"slug": slug})
            if request.actor.may("safety.correct")
            else "",
        },
    )


def _incidence(found) -> str:
    if found.incidence is None:
        return _("cannot be said: write the average number of people beside each month's hours")
    return _("%(value)s per 1,000 workers (95 %% range %(lower)s to %(upper)s)") % {
        "value": format_number(Decimal(str(found.incidence.value)), 1),
        "lower": format_number(Decimal(str(found.incidence.lower)), 1),
        "upper": format_number(Decimal(str(found.incidence.upper)), 1),
    }


def _hours_words(hours: Decimal | None, is_estimate: bool) -> str:
    if hours is None:
        return _("missing")
    words = format_number(hours)
    return _("%(hours)s (estimate)") % {"hours": words} if is_estimate else words


@page("safety.write")
def hours(request, slug):
    """Write the hours of a month; the newest lines stand below."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = HoursForm(request.POST or None, day=day, initial={"month_date": twelve_months(day).end_date})
    if request.method == "POST" and form.is_valid():
        try:
            write_hours(actor=request.actor, day=day, at=at, **form.cleaned_data)
            return see_other("safety:hours", slug=slug)
        except IncidentRefused as refused:
            explain(form, refused)
    names = department_names(get_language() or "en")
    lines = [
        [
            row.month_date.strftime("%Y\u2011%m"),
            names.get(row.department_code, row.department_code) or _("The whole factory"),
            str(SEX_LABELS.get(row.sex, "")) or _("All"),
            _hours_words(row.hours, row.is_estimate),
            format_number(row.workers) if row.workers is not None else NO_FIGURE,
        ]
        for row in HoursWorked.objects.order_by("-month_date", "department_code", "sex", "id")[:60]
    ]
    return render(
        request,
        "safety/hours.html",
        {
            "form": form,
            "lines": lines,
            "back_url": reverse("safety:rates", kwargs={"slug": slug}),
            "back_label": _("Rates and hours"),
        },
        status=422 if form.is_bound else 200,
    )


@page("safety.correct")
def rate_base(request, slug):
    """Choose the base of the frequency rate."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = BaseForm(request.POST or None, day=day, initial={"base": hour_base()})
    if request.method == "POST" and form.is_valid():
        choose_base(actor=request.actor, base=form.cleaned_data["base"], at=at)
        return see_other("safety:rates", slug=slug)
    return form_page(
        request,
        form,
        _("Base of the frequency rate"),
        back_url=reverse("safety:rates", kwargs={"slug": slug}),
        back_label=_("Rates"),
        submit_label=_("Save it"),
        notes=[("info", _("The base stands beside every rate. Compare rates of one base only."))],
    )
