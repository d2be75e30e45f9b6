"""Which numbers are in use, who reports them, who has not; and the plan of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import Indicator, translate
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit, plain
from fairfloor.core.ui.records import Entry, form_page, see_other, stale_page, story, version_field
from fairfloor.indicators.figures import figure
from fairfloor.indicators.models import IndicatorPlan
from fairfloor.indicators.periods import period_query
from fairfloor.indicators.plans import (
    PlanRefused,
    has_new_definition,
    plan_indicator,
    plans,
    reading_indicators,
    reporters,
)
from fairfloor.indicators.reporting import MONTHS_IN_GRID, completeness, months_to, own_plans
from fairfloor.indicators.sayings import month_words, value_words
from fairfloor.indicators.suppliers import milestones
from fairfloor.indicators.web.sentences import plan_refusal_words
from fairfloor.measure.cells import Period, month_of
from fairfloor.organisations.public import local_day

VERB_LABELS = {"made": gettext_lazy("Taken into use"), "changed": gettext_lazy("Changed")}
FIELD_LABELS = {
    "reporter_name": gettext_lazy("Reported by"),
    "baseline_start_date": gettext_lazy("First month of the baseline"),
    "baseline_end_date": gettext_lazy("Last month of the baseline"),
    "target": gettext_lazy("Target"),
    "endline_start_date": gettext_lazy("First month to compare with"),
    "endline_end_date": gettext_lazy("Last month to compare with"),
    "is_in_use": gettext_lazy("We measure this"),
    "definition": gettext_lazy("Definition"),
    "project_codes": gettext_lazy("Projects"),
}


def month_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A month as the browser's own chooser; 2026-03 where there is none."""
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-03"}),
    )


class PlanForm(forms.Form):
    """How an indicator is used here."""

    is_in_use = forms.BooleanField(label=gettext_lazy("We measure this"), required=False)
    reporter = forms.TypedChoiceField(
        label=gettext_lazy("Who reports it every month?"), required=False, coerce=int, empty_value=None
    )
    baseline_start = month_field(
        gettext_lazy("First month of the baseline"),
        gettext_lazy("How it was before: at least eight months, better twelve."),
    )
    baseline_end = month_field(gettext_lazy("Last month of the baseline"))
    target = forms.DecimalField(label=gettext_lazy("Target"), required=False, max_digits=16, decimal_places=6)
    endline_start = month_field(gettext_lazy("First month to compare with"))
    endline_end = month_field(gettext_lazy("Last month to compare with"))
    project_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Projects it shall show"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    version = version_field()

    def __init__(self, indicator: Indicator, day: date, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["reporter"].choices = [("", _("Nobody yet")), *reporters(day).items()]
        chosen = self.initial.get("project_codes") or []
        every = {each.code: each for each in [*milestones(chosen), *milestones()]}
        self.fields["project_codes"].choices = [
            (code, f"{code} · {each.title[:80]}") for code, each in every.items()
        ]
        self.fields["version"].required = False
        self.fields["target"].help_text = (
            _("In per cent, for example 2.5.")
            if indicator.is_fraction
            else translate(indicator.base_text, get_language() or "en")
        )

    def clean_target(self) -> Decimal | None:
        """The target as the service takes it: a share as a fraction."""
        target = self.cleaned_data["target"]
        return target / 100 if target is not None and self.indicator.is_fraction else target


def _initial(indicator: Indicator, plan: IndicatorPlan | None) -> dict[str, Any]:
    if plan is None:
        return {"is_in_use": True}
    target = plan.target
    if target is not None:
        target = plain(target * 100 if indicator.is_fraction else target)
    return {
        "is_in_use": plan.is_in_use,
        "reporter": plan.reporter_user_id,
        "baseline_start": plan.baseline_start_date,
        "baseline_end": plan.baseline_end_date,
        "target": target,
        "endline_start": plan.endline_start_date,
        "endline_end": plan.endline_end_date,
        "project_codes": list(plan.projects),
        "version": plan.version,
    }


@page("readings.view")
def plan_list(request, slug):
    """The indicators in use with their last twelve months, and those that could be."""
    day = local_day(request.enterprise, timezone.now())
    language = get_language() or "en"
    known, made = reading_indicators(), plans()
    lines = [
        {
            "code": line.plan.indicator,
            "name": translate(known[line.plan.indicator].name, language),
            "reporter": line.plan.reporter_name,
            "target": value_words(known[line.plan.indicator], line.plan.target),
            "marks": line.marks,
            "coverage": line.coverage,
            "is_defined_anew": has_new_definition(line.plan),
        }
        for line in completeness(day)
    ]
    months = months_to(day, MONTHS_IN_GRID)
    shown = Period(months[0], month_of(months[-1]).end_date)
    context = {
        "lines": lines,
        "months": months,
        "complete": figure("reporting.complete", shown),
        "complete_query": period_query(shown),
        "others": [
            (code, translate(each.name, language), translate(each.description, language))
            for code, each in known.items()
            if code not in made or not made[code].is_in_use
        ],
        "may_plan": request.actor.may("readings.plan"),
        "reports_something": bool(own_plans(request.actor.user_id)),
    }
    return render(request, "indicators/plan_list.html", context)


def _story(indicator: Indicator, plan: IndicatorPlan) -> list[Entry]:
    def month(value: str) -> str:
        return month_words(date.fromisoformat(value))

    def projects(value: str) -> str:
        titles = {each.code: each.title for each in milestones(value.split(";"))}
        return _(", ").join(titles.get(code, code) for code in value.split(";"))

    months = ("baseline_start_date", "baseline_end_date", "endline_start_date", "endline_end_date")
    told: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(months, month),
        "target": lambda value: value_words(indicator, Decimal(value)),
        "project_codes": projects,
    }
    return story(plan, VERB_LABELS, FIELD_LABELS, {True: _("Yes"), False: _("No")}, told)


@page("readings.plan")
def plan_detail(request, slug, code):
    """The plan of one indicator."""
    indicator = reading_indicators().get(code)
    if indicator is None:
        raise Http404
    at = timezone.now()
    day = local_day(request.enterprise, at)
    plan = plans().get(code)
    form = PlanForm(indicator, day, request.POST or None, initial=_initial(indicator, plan))
    entries = _story(indicator, plan) if plan else []
    here = reverse("readings:plan", kwargs={"slug": slug, "code": code})
    chart = reverse("readings:indicator", kwargs={"slug": slug, "code": code})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["reporter_user_id"] = values.pop("reporter")
        values["version"] = values["version"] or 0
        try:
            plan_indicator(actor=request.actor, indicator=code, day=day, at=at, **values)
            return see_other("readings:indicator", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, entries, here)
        except PlanRefused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None,
                plan_refusal_words(refused.code, value_words(indicator, refused.baseline)),
            )
    language = get_language() or "en"
    notes = [
        (
            "plain",
            _("%(above)s ÷ %(below)s")
            % {
                "above": translate(indicator.numerator_name, language),
                "below": translate(indicator.denominator_name, language),
            },
        )
    ]
    if plan is not None and has_new_definition(plan):
        text = _(
            "What this number counts was defined anew. Read it, and choose a baseline measured that way."
        )
        notes.append(("warning", text))
    return form_page(
        request,
        form,
        translate(indicator.name, language),
        lead=translate(indicator.description, language),
        notes=notes,
        back_url=chart,
        back_label=translate(indicator.name, language),
        submit_label=_("Save the plan"),
        story=entries,
    )


def month_of_address(text: str, day: date) -> date:
    """The month an address names; the last one that has ended where it names none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return months_to(day, 1)[0]
