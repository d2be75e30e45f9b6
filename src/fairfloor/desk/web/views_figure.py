"""One figure and everything behind it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from fairfloor.content import load
from fairfloor.core.access import page
from fairfloor.desk.figure_page import ROWS_SHOWN, FactRow, figure_page, rows_behind
from fairfloor.indicators.public import chosen_period, period_choices, period_query, period_words
from fairfloor.organisations.public import local_day


@page("figures.view")
def figure_detail(request, slug, code):
    """Value, ground, course, groups, and for those who may see them the rows."""
    definition = load().indicators.get(code)
    if definition is None:
        raise Http404
    day = local_day(request.enterprise, timezone.now())
    period = chosen_period(request.GET, day)
    language = get_language() or "en"
    rows: list[FactRow] = []
    currency = request.enterprise.currency
    may_see_rows = request.actor.may("figures.view_rows")
    if may_see_rows and not definition.is_protected:
        rows = rows_behind(code, slug, period, language, currency)
    shown = figure_page(code, period, day, language, currency)
    # A figure's n is the number of its facts, so nothing has to be counted again.
    row_count = (shown.figure.n or 0) if rows and shown.figure else 0
    equity_url = ""
    if code.startswith("suggestions.") and request.actor.may("suggestions.view"):
        equity_url = f"{reverse('suggestions:equity', kwargs={'slug': slug})}?{period_query(period)}"
    context = {
        "page": shown,
        "is_protected": definition.is_protected,
        "of": definition.of if definition.aggregation == "MIN_ITEM" else "",
        "may_see_rows": may_see_rows,
        "rows": rows,
        # No column for what no row says.
        "has_days": any(row.when != row.label for row in rows),
        "has_departments": any(row.department for row in rows),
        "has_parts": any(row.part for row in rows),
        "row_count": row_count,
        "rows_left": max(0, row_count - ROWS_SHOWN),
        "equity_url": equity_url,
        "period_words": period_words(period),
        "period_query": period_query(period),
        "period_choices": period_choices(request.enterprise, period, day),
    }
    return render(request, "desk/figure_detail.html", context)
