"""Who is heard, in words, a picture and a table for each way to look at the factory."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.charts import Row, bars
from fairfloor.core.ui.formatting import format_number
from fairfloor.indicators.public import chosen_period, period_choices, period_words
from fairfloor.measure.rates import Rate
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day
from fairfloor.suggestions.equity import Group, Question, equity


@dataclass(frozen=True)
class Table:
    """Numbers behind a chart; see core/includes/chart_figure.html."""

    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Part:
    """One question as the page shows it."""

    title: str
    sentence: str
    more: list[str]
    basis: str
    svg: str
    table: Table


def _rate_words(rate: Rate | None) -> str:
    if rate is None:
        return "–"
    number = format_number(rate.value, 1)
    if rate.lower is None or rate.upper is None:
        return number
    ends = {"rate": number, "low": format_number(rate.lower, 1), "high": format_number(rate.upper, 1)}
    return _("%(rate)s (%(low)s to %(high)s)") % ends


def _wait_words(group: Group) -> str:
    wait = group.wait
    if wait is None or wait.value is None:
        return "–"
    number = format_number(wait.value, 0 if wait.value == int(wait.value) else 1)
    if wait.lower is None:
        return _("%(days)s (n = %(n)s)") % {"days": number, "n": format_number(wait.n, 0)}
    return _("%(days)s (%(low)s to %(high)s)") % {
        "days": number,
        "low": format_number(wait.lower, 0),
        "high": format_number(wait.upper, 0),
    }


def _sentences(question: Question, names: dict[str, str]) -> list[str]:
    """What the data say about voice and waiting; only differences that chance hardly makes."""
    groups = [group for group in question.groups if not group.is_hidden]
    told = []
    for group in groups:
        values = {"group": names[group.key], "rate": _rate_words(group.rates[0])}
        if group.voice == "LESS":
            told.append(
                _("Fewer ideas come from this group than from the others: %(group)s, %(rate)s per 100.")
                % values
            )
        elif group.voice == "MORE" and len(groups) > 2:
            told.append(
                _("More ideas come from this group than from the others: %(group)s, %(rate)s per 100.")
                % values
            )
    if not told:
        is_enough = any(group.voice == "NO_DIFFERENCE" for group in groups)
        told.append(
            _("How many ideas come from each group differs no more than chance could explain.")
            if is_enough
            else _("Not enough data to say whether one group is heard less.")
        )
    longer = [group for group in groups if group.waits == "MORE"]
    for group in longer:
        told.append(
            _(
                "This group waits longer for an answer than the others: %(group)s, half of it over %(days)s days."
            )
            % {"group": names[group.key], "days": format_number(group.wait.value, 0) if group.wait else "–"}
        )
    if not longer:
        is_enough = any(group.waits in {"NO_DIFFERENCE", "LESS"} for group in groups)
        told.append(
            _("No group is seen to wait longer than the others.")
            if is_enough
            else _("Not enough data to say whether one group waits longer.")
        )
    return told


def _part(question: Question, title: str, names: dict[str, str]) -> Part:
    names = {group.key: str(names.get(group.key, group.key)) for group in question.groups}
    told = _sentences(question, names)
    shown = [group for group in question.groups if group.rates[0] is not None]
    svg = ""
    if shown:
        svg = bars(
            f"voice-{question.kind}",
            _("Ideas per 100 workers"),
            [
                Row(names[g.key], (g.rates[0].value,), (g.rates[0].lower,), (g.rates[0].upper,))
                for g in shown
                if g.rates[0] is not None
            ],
            description=told[0],
            format=lambda value: format_number(value, 1),
        )
    hidden = sum(group.is_hidden for group in question.groups)
    basis = _("%(known)s of %(all)s ideas tell the group; 95 %% ranges in brackets.") % {
        "known": format_number(question.received - question.unknown, 0),
        "all": format_number(question.received, 0),
    }
    if hidden:
        basis += " " + _("Some groups are not shown, so that nobody can be recognised.")
    rows = []
    for group in question.groups:
        people = "–" if group.is_hidden else format_number(group.people, 0)
        rows.append(
            [names[group.key], people, *(_rate_words(rate) for rate in group.rates), _wait_words(group)]
        )
    headings = [
        _("Group"),
        _("Workers"),
        _("Submitted"),
        _("With an answer"),
        _("Accepted"),
        _("Carried out"),
        _("Median days to an answer"),
    ]
    return Part(title, told[0], told[1:], basis, svg, Table(headings, rows))


@page("suggestions.view")
def equity_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Submitted, answered, accepted and carried out per 100 workers, and who waits longer."""
    day = local_day(request.enterprise, timezone.now())
    period = chosen_period(request.GET, day)
    found = equity(period)
    names = (
        (_("Women and men"), SEX_LABELS),
        (_("Levels"), LEVEL_LABELS),
        (_("Departments"), department_names(get_language() or "en")),
    )
    context = {
        "parts": [_part(q, title, known) for q, (title, known) in zip(found.questions, names, strict=True)],
        "snapshot_date": found.snapshot_date,
        "period_words": period_words(period),
        "period_choices": period_choices(request.enterprise, period, day),
    }
    return render(request, "suggestions/suggestion_equity.html", context)
