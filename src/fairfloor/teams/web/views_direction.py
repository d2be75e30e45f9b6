"""The direction: a vision and a few goals a year, each with its indicator, baseline, target and projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import Indicator, load, translate
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.formatting import format_number, format_share
from fairfloor.core.ui.records import day_words, form_page, stale_page
from fairfloor.indicators.public import Figure, figures
from fairfloor.measure.cells import Period
from fairfloor.projects.public import ImprovementProject
from fairfloor.teams.labels import GOAL_REASONS
from fairfloor.teams.models import Goal, Vision
from fairfloor.teams.services import GoalRefused, change_goal, drop_goal, set_goal, write_vision
from fairfloor.teams.web.forms_direction import GoalForm, ReasonForm, VisionForm
from fairfloor.teams.web.places import see_other, today
from fairfloor.teams.workflow import is_better, way_gone

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class GoalLine:
    """One goal as the page and the wall show it."""

    goal: Goal
    indicator: str
    baseline: str
    baseline_days: str
    now: str
    basis: str
    target: str
    way: str
    kind: str
    label: str
    projects: list[tuple[str, str]]
    has_changed: bool


def _number(indicator: Indicator, value: Decimal | None) -> str:
    if value is None:
        return "–"
    if indicator.is_fraction:
        return format_share(value, max(1, indicator.decimals))
    return format_number(value, indicator.decimals)


def _basis(found: Figure) -> str:
    counts = {"count": format_number(found.numerator), "total": format_number(found.denominator)}
    return _("%(count)s of %(total)s") % counts


def _lines(goals: list[Goal], year: int, day: date) -> list[GoalLine]:
    known = load().indicators
    language = get_language() or "en"
    period = Period(date(year, 1, 1), min(day, date(year, 12, 31))) if day >= date(year, 1, 1) else None
    now = (
        figures({goal.indicator for goal in goals if goal.indicator in known}, period)
        if period and goals
        else {}
    )
    codes = {code for goal in goals for code in goal.projects}
    titles = dict(ImprovementProject.objects.filter(code__in=codes).values_list("code", "title"))
    return [_line(goal, known, now, titles, language) for goal in goals]


def _line(goal: Goal, known, now, titles, language: str) -> GoalLine:
    indicator = known.get(goal.indicator)
    found = now.get(goal.indicator)
    value = found.value if found is not None and found.n else None
    way, kind, label = "", "plain", _("Nothing recorded yet")
    if indicator is None:
        return GoalLine(
            goal, goal.indicator, "–", "", "–", "", "–", "", "stop", _("The indicator is gone"), [], True
        )
    if value is not None:
        gone = way_gone(goal.baseline, value, goal.target)
        way = _("%(share)s of the way") % {"share": format_share(max(Decimal(0), min(Decimal(1), gone)))}
        if gone >= 1:
            kind, label = "good", _("Reached")
        elif is_better(value, goal.baseline, indicator.direction):
            kind, label = "brand", _("On the way")
        else:
            kind, label = "watch", _("Not better than the baseline")
    return GoalLine(
        goal=goal,
        indicator=translate(indicator.name, language),
        baseline=_number(indicator, goal.baseline),
        baseline_days=f"{day_words(goal.baseline_start_date)} – {day_words(goal.baseline_end_date)}",
        now=_number(indicator, value),
        basis=_("%(count)s of %(total)s")
        % {"count": format_number(found.numerator), "total": format_number(found.denominator)}
        if value is not None and indicator.is_fraction
        else "",
        target=_number(indicator, goal.target),
        way=way,
        kind=kind,
        label=label,
        projects=[(code, titles[code]) for code in goal.projects if code in titles],
        has_changed=goal.definition != indicator.pin,
    )


def _year_of(request: HttpRequest, year: int | None) -> int:
    year = year or today(request).year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def _context(request: HttpRequest, year: int) -> dict[str, Any]:
    goals = list(Goal.objects.filter(year=year).order_by("title", "id"))
    return {
        "year": year,
        "vision": Vision.objects.filter(year=year).first(),
        "lines": _lines([goal for goal in goals if not goal.dropped_reason], year, today(request)),
        "dropped": [goal for goal in goals if goal.dropped_reason],
        "may_manage": request.actor.may("teams.manage"),
    }


@page("teams.view")
def direction(request, slug, year=None):
    """The vision and the goals of a year."""
    year = _year_of(request, year)
    years = sorted(
        {*Goal.objects.values_list("year", flat=True), *Vision.objects.values_list("year", flat=True), year}
    )
    return render(request, "teams/direction.html", {**_context(request, year), "years": years})


@page("teams.view")
def direction_wall(request, slug, year):
    """The same on one page for the wall."""
    return render(request, "teams/direction_wall.html", _context(request, _year_of(request, year)))


@page("teams.manage")
def vision_write(request, slug, year):
    """Write the vision of a year."""
    year = _year_of(request, year)
    found = Vision.objects.filter(year=year).first()
    initial = {"text": found.text, "version": found.version} if found else {}
    form = VisionForm(request.POST or None, initial=initial)
    back = reverse("teams:direction_year", kwargs={"slug": slug, "year": year})
    if request.method == "POST" and form.is_valid():
        try:
            write_vision(actor=request.actor, year=year, at=timezone.now(), **form.cleaned_data)
        except StaleEdit:
            return stale_page(request, [], back)
        return see_other("teams:direction_year", slug=slug, year=year)
    return form_page(
        request, form, _("The vision for %(year)s") % {"year": year}, submit_label=_("Save"), back_url=back,
        back_label=_("Direction"),
    )  # fmt: skip


def _goal_page(
    request, slug, shown_year: int, form: GoalForm, verb, heading: str, **values: Any
) -> HttpResponse:
    back = reverse("teams:direction_year", kwargs={"slug": slug, "year": shown_year})
    if request.method == "POST" and form.is_valid():
        try:
            verb(actor=request.actor, day=today(request), at=timezone.now(), **form.values(), **values)
        except GoalRefused as refused:
            sentence = str(GOAL_REASONS[refused.code])
            if refused.code == "WRONG_DIRECTION":
                sentence = sentence % {"baseline": _baseline_words(form)}
            form.add_error(refused.field if refused.field in form.fields else None, sentence)
        except StaleEdit:
            return stale_page(request, [], back)
        else:
            messages.success(request, _("The goal is set."))
            return see_other("teams:direction_year", slug=slug, year=shown_year)
    lead = _(
        "Few goals are kept in mind. Choose a number that is counted anyway, and say by how much it shall change."
    )
    return form_page(
        request, form, heading, lead=lead, submit_label=_("Save"), back_url=back, back_label=_("Direction")
    )


def _baseline_words(form: GoalForm) -> str:
    indicator = load().indicators[form.cleaned_data["indicator"]]
    period = Period(form.cleaned_data["baseline_start_date"], form.cleaned_data["baseline_end_date"])
    return _number(indicator, figures([indicator.code], period)[indicator.code].value)


@page("teams.manage")
def goal_new(request, slug, year):
    """Set a goal."""
    year = _year_of(request, year)
    last = date(year - 1, 12, 31)
    initial = {"baseline_start_date": date(year - 1, 1, 1), "baseline_end_date": min(last, today(request))}
    form = GoalForm(request.POST or None, initial=initial)
    return _goal_page(
        request, slug, year, form, set_goal, _("A goal for %(year)s") % {"year": year}, year=year
    )


def _find(code: str) -> Goal:
    goal = Goal.objects.filter(code=code).first()
    if goal is None:
        raise Http404
    return goal


@page("teams.manage")
def goal_change(request, slug, code):
    """Write a goal anew."""
    goal = _find(code)
    is_share = goal.indicator in load().indicators and load().indicators[goal.indicator].is_fraction
    initial = {name: getattr(goal, name) for name in GoalForm.base_fields if hasattr(goal, name)}
    initial |= {
        "project_codes": goal.projects,
        "target": (goal.target * (100 if is_share else 1)).normalize(),
    }
    form = GoalForm(request.POST or None, goal=goal, initial=initial)
    version = {"version": form.cleaned_data.get("version")} if form.is_bound and form.is_valid() else {}
    return _goal_page(request, slug, goal.year, form, change_goal, goal.title, goal_id=goal.pk, **version)


@page("teams.manage")
def goal_drop(request, slug, code):
    """Give a goal up."""
    goal = _find(code)
    form = ReasonForm(request.POST or None, initial={"version": goal.version})
    back = reverse("teams:direction_year", kwargs={"slug": slug, "year": goal.year})
    if request.method == "POST" and form.is_valid():
        try:
            drop_goal(actor=request.actor, goal_id=goal.pk, at=timezone.now(), **form.cleaned_data)
        except StaleEdit:
            return stale_page(request, [], back)
        except GoalRefused as refused:
            form.add_error(None, str(GOAL_REASONS[refused.code]))
        else:
            messages.success(request, _("The goal is dropped; it stays on record."))
            return see_other("teams:direction_year", slug=slug, year=goal.year)
    return form_page(
        request, form, _("Drop “%(title)s”") % {"title": goal.title}, submit_label=_("Drop it"), back_url=back,
        back_label=_("Direction"),
    )  # fmt: skip
