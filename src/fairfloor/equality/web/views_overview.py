"""Equality at a glance: the six areas, women in management over time, job advertisements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core import charts
from fairfloor.core.access import page
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.equality.selectors import areas_with_evidence
from fairfloor.indicators.public import Figure, figure, split
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import local_day

# Before any register of a factory begins.
_SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class Table:
    """Numbers behind a chart; see core/includes/chart_figure.html."""

    headings: list[str]
    rows: list[list[str]]


def _day_words(item: str) -> str:
    return formats.date_format(date.fromisoformat(item), "DATE_FORMAT")


def women_in_management(period: Period) -> dict[str, Any] | None:
    """The chart of women in management over all snapshots, with a sentence from the first to the last."""
    shown: list[tuple[str, Figure]] = [
        (item, found)
        for item, found in sorted(split("workforce.women_in_management", period, "item").items())
        if found.value is not None
    ]
    if not shown:
        return None
    first, last = shown[0][1], shown[-1][1]
    values = {
        "first": format_share(first.value, 1),
        "first_numerator": format_number(first.numerator),
        "first_denominator": format_number(first.denominator),
        "last": format_share(last.value, 1),
        "numerator": format_number(last.numerator),
        "denominator": format_number(last.denominator),
        "since": _day_words(shown[0][0]),
        "day": _day_words(shown[-1][0]),
    }
    if len(shown) == 1:
        sentence = _("%(last)s of managers are women: %(numerator)s of %(denominator)s on %(day)s.") % values
    else:
        sentence = (
            _(
                "Women in management: from %(first)s (%(first_numerator)s of %(first_denominator)s) on %(since)s "
                "to %(last)s (%(numerator)s of %(denominator)s) on %(day)s."
            )
            % values
        )
    rows = [
        charts.Row(
            _day_words(item),
            [found.value],
            [found.lower] if found.lower is not None else (),
            [found.upper] if found.upper is not None else (),
        )
        for item, found in shown
    ]
    table = Table(
        [_("Day"), _("Women"), _("Managers"), _("Share")],
        [
            [
                _day_words(item),
                format_number(found.numerator),
                format_number(found.denominator),
                format_share(found.value, 1),
            ]
            for item, found in shown
        ],
    )
    svg = charts.bars("women-in-management", sentence, rows, format=lambda value: format_share(value, 1))
    basis = _("Managers and top managers whose sex is known; lines show the 95 % interval.")
    return {"sentence": sentence, "svg": svg, "table": table, "basis": basis}


@page("equality.view")
def overview(request, slug):
    """The six areas in their order, what is recorded in each, and what is empty."""
    language = get_language() or "en"
    period = Period(_SINCE, local_day(request.enterprise, timezone.now()))
    may_write = request.actor.may("equality.write")
    areas = [
        {
            "letter": each.area.letter,
            "name": translate(each.area.name, language),
            "description": translate(each.area.description, language),
            "practices": [
                {
                    "title": practice.title,
                    "day": practice.practice_date,
                    "url": reverse("equality:practice", kwargs={"slug": slug, "code": practice.pk}),
                }
                for practice in each.practices[:5]
            ],
            "more": max(0, len(each.practices) - 5),
            "count": len(each.practices),
        }
        for each in areas_with_evidence()
    ]
    context = {
        "areas": areas,
        "empty_count": sum(1 for area in areas if not area["count"]),
        "women": women_in_management(period),
        "ads": figure("job_ads.clean", period),
        "ads_url": reverse("equality:job_ads", kwargs={"slug": slug}),
        "add_url": reverse("equality:practice_add", kwargs={"slug": slug}) if may_write else "",
    }
    return render(request, "equality/overview.html", context)
