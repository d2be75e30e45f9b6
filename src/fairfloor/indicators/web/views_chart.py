"""One indicator: the sentence, the control chart, and the months around a project."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.access import page
from fairfloor.core.charts import Mark, Series, line
from fairfloor.core.ui.pins import pin_words
from fairfloor.indicators.courses import Course, Month, around, course_of
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.indicators.plans import has_new_definition, plans, reading_indicators
from fairfloor.indicators.sayings import (
    CHART_LABELS,
    QUALITY_LABELS,
    RULE_LABELS,
    month_words,
    said_around,
    said_of,
    value_words,
    window_words,
)
from fairfloor.indicators.suppliers import milestones

Words = Callable[[Decimal | float | None], str]


def _words(course: Course) -> Words:
    """Values in words, each once: picture and table say most of them twice."""
    return cache(lambda value: value_words(course.indicator, value, with_base=False))


def _drawing(course: Course, plan: IndicatorPlan | None, sentence: str, words: Words) -> str:
    # Limits from a handful of months would call some of them strange that nobody can judge yet.
    points = [month.point if course.is_judged else None for month in course.months]
    baseline = target = None
    if plan is not None and plan.baseline is not None and course.chart is not None:
        scale = course.indicator.base if course.indicator.unit == "RATE" else 1
        baseline = Mark(course.chart.centre * scale, _("Baseline"))
        target = Mark(plan.target, _("Target")) if plan.target is not None else None
    return line(
        "control-chart",
        sentence,
        [f"{month.start:%Y-%m}" for month in course.months],
        [Series("", [month.value for month in course.months])],
        lower_limit=[point.lower if point else None for point in points],
        upper_limit=[point.upper if point else None for point in points],
        limit_label=_("Limits"),
        flags=[bool(point and point.signals) for point in points],
        baseline=baseline,
        target=target,
        format=words,
    )


def _marks(month: Month) -> str:
    return _("; ").join(str(RULE_LABELS[code]) for code in month.point.signals) if month.point else ""


def _table(course: Course, words: Words) -> dict[str, Any]:
    indicator, language = course.indicator, get_language() or "en"
    rows = []
    for month in reversed(course.months):
        name = month_words(month.start)
        numbers = [month.numerator, month.denominator]
        shown = ["–" if n is None else f"{n.normalize():f}" for n in numbers]
        is_judged = month.point is not None and course.is_judged
        ends = [month.point.lower, month.point.upper] if month.point and is_judged else [None, None]
        rows.append(
            [
                f"{name} · {_('baseline')}" if month.is_baseline else name,
                words(month.value),
                *map(words, ends),
                *shown,
                month.quality or "–",
                (is_judged and _marks(month)) or "–",
            ]
        )
    headings = [
        _("Month"),
        _("Value"),
        _("Lower limit"),
        _("Upper limit"),
        translate(indicator.numerator_name, language),
        translate(indicator.denominator_name, language),
        _("Grade"),
        _("Stands out"),
    ]
    return {"headings": headings, "rows": rows}


def _facts(course: Course, plan: IndicatorPlan | None) -> list[tuple[str, str]]:
    indicator = course.indicator
    facts = []
    if plan is not None:
        if plan.baseline_start_date and plan.baseline_end_date:
            window = window_words(plan.baseline_start_date, plan.baseline_end_date)
            facts.append((_("Baseline"), f"{value_words(indicator, plan.baseline)} · {window}"))
        if plan.target is not None:
            facts.append((_("Target"), value_words(indicator, plan.target)))
        if plan.endline_start_date and plan.endline_end_date:
            window = window_words(plan.endline_start_date, plan.endline_end_date)
            if course.compares(plan.endline_start_date, plan.endline_end_date):
                value = value_words(indicator, course.over(plan.endline_start_date, plan.endline_end_date))
            else:
                value = _("not comparable: what is counted was defined anew")
            facts.append((_("Compared with"), f"{value} · {window}"))
        facts.append((_("Reported by"), plan.reporter_name or _("nobody yet")))
    better = {"UP": _("Higher is better"), "DOWN": _("Lower is better"), "NEUTRAL": _("Neither is better")}
    facts += [(_("Direction"), better[indicator.direction]), (_("Definition"), pin_words(indicator.pin))]
    return facts


def _projects(course: Course, plan: IndicatorPlan | None, slug: str, wanted: str) -> list[dict[str, Any]]:
    shown = []
    for each in milestones(plan.projects) if plan else []:
        if wanted and each.code != wanted:
            continue
        said = None
        if each.finish_date is not None:
            said = said_around(
                around(course, each.finish_date), course.indicator, each.title, each.finish_date
            )
        url = reverse(each.url_name, kwargs={"slug": slug, "code": each.code})
        shown.append({"title": each.title, "url": url, "said": said})
    if wanted and not shown:
        raise Http404
    return shown


@page("readings.view")
def indicator_detail(request, slug, code):
    """What may be said of an indicator, its chart, and the numbers behind it; ``?project=`` narrows to one project."""
    indicator = reading_indicators().get(code)
    if indicator is None:
        raise Http404
    plan = plans().get(code)
    course = course_of(indicator, plan)
    said, words = said_of(course, plan), _words(course)
    language = get_language() or "en"
    context = {
        "indicator": indicator,
        "name": translate(indicator.name, language),
        "description": translate(indicator.description, language),
        "base_text": translate(indicator.base_text, language) if indicator.base_text else "",
        "said": said,
        "course": course,
        "svg": _drawing(course, plan, said.sentence, words) if course.months else "",
        "table": _table(course, words) if course.months else None,
        "marked": [
            (month_words(month.start), _marks(month)) for month in reversed(course.months) if _marks(month)
        ][:12]
        if course.is_judged
        else [],
        "chart_words": CHART_LABELS[indicator.chart],
        "facts": _facts(course, plan),
        "grades": QUALITY_LABELS.items(),
        "projects": _projects(course, plan, slug, request.GET.get("project", "")),
        "is_defined_anew": plan is not None and has_new_definition(plan),
        "may_plan": request.actor.may("readings.plan"),
        "add_url": f"{reverse('readings:add', kwargs={'slug': slug})}?indicator={code}"
        if request.actor.may("readings.write")
        else "",
        "is_provisional": course.chart is not None and course.chart.is_provisional,
    }
    return render(request, "indicators/indicator_detail.html", context)
