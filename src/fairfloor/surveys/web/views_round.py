"""One survey round: how many answered, what they said, and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core import charts
from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.core.ui.records import day_field, form_page, see_other, stale_page, story, version_field
from fairfloor.indicators.public import Figure, splits
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import LEVEL_LABELS, SEX_LABELS, department_names, local_day
from fairfloor.surveys.labels import STATUS_KINDS, STATUS_LABELS, VERB_LABELS, flag_words
from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.selectors import ItemResult, closed_rounds, round_result
from fairfloor.surveys.services import RoundRefused, cancel_round, close_round
from fairfloor.surveys.workflow import MINIMUM_ANSWERS, Status


class CloseForm(forms.Form):
    """The last day of a round."""

    closed_date = day_field(gettext_lazy("Last day of the round"))
    version = version_field()


class CancelForm(forms.Form):
    """No more words are needed."""

    version = version_field()


@dataclass(frozen=True)
class Table:
    """Numbers behind a chart; see core/includes/chart_figure.html."""

    headings: list[str]
    rows: list[list[str]]


def _round(number: int) -> SurveyRound:
    survey_round = SurveyRound.objects.filter(number=number).first()
    if survey_round is None:
        raise Http404
    return survey_round


def _result_chart(chart_id: str, title: str, results: tuple[ItemResult, ...]) -> dict[str, Any]:
    """Bars of favourable shares; results of too few people stay words in the table."""
    language = get_language() or "en"
    shown = [result for result in results if result.denominator]
    rows = [
        charts.Row(translate(result.name, language), [result.numerator / result.denominator])
        for result in shown
    ]
    table = Table(
        [_("Question"), _("Favourable"), _("Valid answers"), _("Share")],
        [
            [
                translate(result.name, language),
                format_number(result.numerator),
                format_number(result.denominator),
                format_share(result.numerator / result.denominator, 1),
            ]
            if result.denominator
            else [translate(result.name, language), _("not shown"), _("too few"), "–"]
            for result in results
        ],
    )
    svg = charts.bars(chart_id, title, rows, format=lambda value: format_share(value, 1)) if rows else ""
    return {"sentence": _extremes(shown, language) or title, "svg": svg, "table": table}


def _extremes(shown: list[ItemResult], language: str) -> str:
    """The lowest and the highest result in words."""
    if len(shown) < 2:
        return ""
    ranked = sorted(shown, key=lambda each: each.numerator / each.denominator)
    low, high = ranked[0], ranked[-1]
    return _("Lowest: %(lowest)s (%(low)s). Highest: %(highest)s (%(high)s).") % {
        "lowest": translate(low.name, language).rstrip("."),
        "low": format_share(low.numerator / low.denominator, 1),
        "highest": translate(high.name, language).rstrip("."),
        "high": format_share(high.numerator / high.denominator, 1),
    }


def _groups(by: str, figures: dict[str, Figure], names: dict[Any, Any]) -> list[dict[str, str]]:
    """Groups of a split as rows of words; one that is hidden may be larger than five, to hide another."""
    return [
        {
            "name": str(names.get(key, key) or _("Not known")),
            "value": _("not shown") if figure.is_suppressed else format_share(figure.value, 1),
            "n": "" if figure.is_suppressed else format_number(figure.n),
        }
        for key, figure in figures.items()
    ]


def _split_tables(survey_round: SurveyRound) -> list[dict[str, Any]]:
    """Favourable shares by sex, level and department. None where another round closed on the same day."""
    day = Period(survey_round.closed_date, survey_round.closed_date)
    if len(closed_rounds(day)) > 1:
        return []
    labels = (
        ("sex", _("By sex"), SEX_LABELS),
        ("level", _("By level"), LEVEL_LABELS),
        ("department", _("By department"), department_names(get_language() or "en")),
    )
    return [
        {
            "title": title,
            "rows": _groups(by, splits(["surveys.favourable"], day, by)["surveys.favourable"], names),
        }
        for by, title, names in labels
    ]


@page("surveys.view")
def round_detail(request, slug, number):
    """One round. Its results show once it is closed."""
    survey_round = _round(number)
    may_write = request.actor.may("surveys.write")
    context: dict[str, Any] = {
        "round": survey_round,
        # Not "state": the cards below would take it for theirs.
        "round_state": (
            STATUS_KINDS[Status(survey_round.status)],
            STATUS_LABELS[Status(survey_round.status)],
        ),
        "back_url": reverse("surveys:list", kwargs={"slug": slug}),
    }
    for act, status in (("close", Status.OPEN), ("cancel", Status.OPEN)):
        if may_write and survey_round.status == status:
            context[f"{act}_url"] = reverse(f"surveys:{act}", kwargs={"slug": slug, "number": number})
    if survey_round.status == Status.CLOSED:
        context |= _results(survey_round)
    else:
        context["answered"] = survey_round.responses.count()
    return render(request, "surveys/round_detail.html", context)


def _results(survey_round: SurveyRound) -> dict[str, Any]:
    result = round_result(survey_round)
    day = Period(survey_round.closed_date, survey_round.closed_date)
    keyed = splits(["surveys.favourable", "surveys.response_rate"], day, "item")
    item = str(survey_round.number)
    return {
        "answered": result.n,
        "favourable": keyed["surveys.favourable"].get(item),
        "response": keyed["surveys.response_rate"].get(item),
        "minimum": MINIMUM_ANSWERS,
        "doubts": [flag_words(flag) for flag in result.flags],
        "dimensions": _result_chart("by-dimension", _("Favourable answers by subject"), result.dimensions),
        "items": _result_chart("by-item", _("Favourable answers by question"), result.items),
        "splits": _split_tables(survey_round),
    }


def _stale(request, slug: str, number: int, survey_round: SurveyRound):
    entries = story(survey_round, VERB_LABELS, {}, {})
    return stale_page(request, entries, reverse("surveys:round", kwargs={"slug": slug, "number": number}))


@page("surveys.write")
def round_close(request, slug, number):
    """End a round."""
    survey_round = _round(number)
    at = timezone.now()
    today: date = local_day(request.enterprise, at)
    form = CloseForm(request.POST or None, initial={"closed_date": today, "version": survey_round.version})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            close_round(
                actor=request.actor,
                number=number,
                day=values["closed_date"],
                at=at,
                version=values["version"],
            )
            return see_other("surveys:round", slug=slug, number=number)
        except (StaleEdit, MoveNotAllowed):
            return _stale(request, slug, number, survey_round)
        except RoundRefused:
            form.add_error("closed_date", _("The round began later than this day."))
    return form_page(
        request,
        form,
        _("Close round %(number)s") % {"number": number},
        back_url=reverse("surveys:round", kwargs={"slug": slug, "number": number}),
        back_label=_("Round %(number)s") % {"number": number},
        submit_label=_("Close it"),
        lead=_("From then on its results show, and no answer can be added by hand."),
    )


@page("surveys.write")
def round_cancel(request, slug, number):
    """Take a round out of the count."""
    survey_round = _round(number)
    form = CancelForm(request.POST or None, initial={"version": survey_round.version})
    if request.method == "POST" and form.is_valid():
        try:
            cancel_round(
                actor=request.actor, number=number, at=timezone.now(), version=form.cleaned_data["version"]
            )
            return see_other("surveys:round", slug=slug, number=number)
        except (StaleEdit, MoveNotAllowed):
            return _stale(request, slug, number, survey_round)
    return form_page(
        request,
        form,
        _("Cancel round %(number)s") % {"number": number},
        back_url=reverse("surveys:round", kwargs={"slug": slug, "number": number}),
        back_label=_("Round %(number)s") % {"number": number},
        submit_label=_("Cancel the round"),
        lead=_("It then counts nowhere. Its answers are kept and not shown."),
    )
