"""The numbers a factory measures itself, month by month: list, a new one, one with its correction."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import Indicator, translate
from fairfloor.content import load as load_content
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.indicators.courses import courses_of
from fairfloor.indicators.models import Reading
from fairfloor.indicators.plans import plans, reading_indicators, value_of
from fairfloor.indicators.reporting import months_to
from fairfloor.indicators.sayings import QUALITY_LABELS, month_words, said_of, value_words
from fairfloor.indicators.services import ReadingRefused, seen_of, write_reading
from fairfloor.indicators.web.sentences import refusal_words
from fairfloor.organisations.public import local_day

# What changed stands before what did not.
_FIRST = ("WORSE", "IMPROVED", "CHANGED", "NO_DETECTABLE_CHANGE", "NOT_ENOUGH_DATA")
# A course has at most sixty months; these years hold them also where many were never written down.
YEARS_LOOKED_AT = 10

VERB_LABELS = {
    "recorded": gettext_lazy("Recorded"),
    "corrected": gettext_lazy("Corrected"),
    "imported": gettext_lazy("Imported from a register"),
    "changed_by_import": gettext_lazy("Changed by an import"),
}
FIELD_LABELS = {
    "numerator": gettext_lazy("Counted"),
    "denominator": gettext_lazy("Out of"),
    "quality": gettext_lazy("Quality"),
}


def indicator_choices() -> list[tuple[str, str]]:
    """The indicators a factory measures itself."""
    language = get_language() or "en"
    return [(i.code, translate(i.name, language)) for i in load_content().indicators.values() if i.is_reading]


class ValueForm(forms.Form):
    """Numerator and denominator of one month."""

    numerator = forms.DecimalField(
        label=gettext_lazy("Counted"), min_value=Decimal(0), max_digits=20, decimal_places=4
    )
    denominator = forms.DecimalField(
        label=gettext_lazy("Out of"), min_value=Decimal(0), max_digits=20, decimal_places=4
    )
    quality = forms.ChoiceField(
        label=gettext_lazy("How good is the number?"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *QUALITY_LABELS.items()],
    )


class CorrectForm(ValueForm):
    """The same, for a month that has a value."""

    seen = forms.CharField(widget=forms.HiddenInput(), max_length=100)


class ReadingForm(ValueForm):
    """One month of one indicator, which the address or the form names: the two numbers are called what they are."""

    field_order = ("indicator", "month")

    indicator = forms.ChoiceField(widget=forms.HiddenInput())
    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-03"}),
    )

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices()
        name_parts(self, indicator)


def name_parts(form: forms.Form, indicator: Indicator) -> None:
    """Call the two numbers of a form what this indicator counts."""
    language = get_language() or "en"
    form.fields["numerator"].label = translate(indicator.numerator_name, language)
    form.fields["denominator"].label = translate(indicator.denominator_name, language)


def _explain(form: forms.Form, refused: ReadingRefused) -> None:
    shown = {bound.name for bound in form.visible_fields()}
    form.add_error(refused.field if refused.field in shown else None, refusal_words(refused.code))


def _listing(slug: str, may_write: bool) -> Listing:
    names = dict(indicator_choices())
    known = load_content().indicators

    def value(row: Reading) -> str:
        definition = known.get(row.indicator)
        found = definition and value_of(definition, row.numerator, row.denominator)
        return value_words(definition, found) if definition and found is not None else ""

    return Listing(
        columns=[
            Column("indicator", _("What is measured"), lambda row: names.get(row.indicator, row.indicator)),
            Column("month", _("Month"), lambda row: month_words(row.month_date), sortable_field="month_date"),
            Column("value", _("Value"), value, "number"),
            Column("numerator", _("Counted"), "numerator", "number"),
            Column("denominator", _("Out of"), "denominator", "number"),
            Column("quality", _("Quality"), lambda row: QUALITY_LABELS.get(row.quality, ""), is_key=False),
        ],
        filters=[
            ChoiceFilter(
                "indicator",
                _("What is measured"),
                indicator_choices,
                lambda rows, v: rows.filter(indicator=v),
            )
        ],
        default_sort="-month",
        row_url=(lambda row: reverse("readings:reading", kwargs={"slug": slug, "code": row.pk}))
        if may_write
        else None,
    )


def _changes(day: date, language: str) -> list[dict[str, Any]]:
    """Of each number in use what its months allow to say, those that changed first."""
    known = load_content().indicators
    planned = {known[code]: plan for code, plan in plans().items() if plan.is_in_use}
    since = date(day.year - YEARS_LOOKED_AT, day.month, 1)
    found = []
    for course in courses_of(planned, since):
        said = said_of(course, planned[course.indicator])
        name = translate(course.indicator.name, language)
        found.append({"code": course.indicator.code, "name": name, "said": said, "verdict": course.verdict})
    return sorted(found, key=lambda each: _FIRST.index(each["verdict"]))


@page("readings.view")
def reading_list(request, slug):
    """All readings."""
    may_write = request.actor.may("readings.write")
    language = get_language() or "en"
    context = {
        "add_url": reverse("readings:add", kwargs={"slug": slug}) if may_write else "",
        "may_write": may_write,
        "changes": _changes(local_day(request.enterprise, timezone.now()), language),
    }
    if re.fullmatch(r"\d{4}-\d{2}", sent := request.GET.get("sent", "")):
        # What a browser kept of a month's form can go: the month was sent.
        context["sent_key"] = f"fairfloor-month:{request.user.pk}:{slug}:{sent}"
    rows = Reading.objects.all()
    return listing_page(
        request,
        _listing(slug, may_write),
        rows,
        "indicators/reading_list.html",
        context,
        file_name="readings",
    )


def _choose(request, slug: str, *, status: int) -> HttpResponse:
    """Which number is to be written down: those in use first."""
    language, made = get_language() or "en", plans()
    here = reverse("readings:add", kwargs={"slug": slug})
    used, others = [], []
    for code, each in reading_indicators().items():
        is_used = code in made and made[code].is_in_use
        (used if is_used else others).append(
            {
                "url": f"{here}?indicator={code}",
                "name": translate(each.name, language),
                "description": translate(each.description, language),
            }
        )
    return render(request, "indicators/reading_choose.html", {"used": used, "others": others}, status=status)


@page("readings.write")
def reading_add(request, slug):
    """Write down one month's value; without a known indicator, choose one first."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    sent = request.POST if request.method == "POST" else request.GET
    indicator = reading_indicators().get(sent.get("indicator", ""))
    if indicator is None:
        return _choose(request, slug, status=422 if request.method == "POST" else 200)
    initial = {"indicator": indicator.code, "month": months_to(day, 1)[0]}
    form = ReadingForm(indicator, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            write_reading(actor=request.actor, month_date=values.pop("month"), day=day, at=at, **values)
            return see_other("readings:indicator", slug=slug, code=indicator.code)
        except ReadingRefused as refused:
            _explain(form, refused)
    language = get_language() or "en"
    return form_page(
        request,
        form,
        _("%(indicator)s: a month") % {"indicator": translate(indicator.name, language)},
        lead=translate(indicator.description, language),
        back_url=reverse("readings:add", kwargs={"slug": slug}),
        back_label=_("Another number"),
        submit_label=_("Save it"),
    )


@page("readings.write")
def reading_detail(request, slug, code):
    """One month's value with its story, and its correction."""
    reading = Reading.objects.filter(pk=code).first()
    if reading is None:
        raise Http404
    at = timezone.now()
    initial = {
        "numerator": reading.numerator.normalize(),
        "denominator": reading.denominator.normalize(),
        "quality": reading.quality,
        "seen": seen_of(reading),
    }
    for name in ("numerator", "denominator"):
        initial[name] = format(initial[name], "f")
    form = CorrectForm(request.POST or None, initial=initial)
    indicator = reading_indicators().get(reading.indicator)
    if indicator is not None:
        name_parts(form, indicator)
    entries = story(reading, VERB_LABELS, FIELD_LABELS, QUALITY_LABELS)
    here = reverse("readings:reading", kwargs={"slug": slug, "code": code})
    if request.method == "POST" and form.is_valid():
        try:
            write_reading(
                actor=request.actor,
                indicator=reading.indicator,
                month_date=reading.month_date,
                day=local_day(request.enterprise, at),
                at=at,
                **form.cleaned_data,
            )
            return see_other("readings:list", slug=slug)
        except StaleEdit:
            return stale_page(request, entries, here)
        except ReadingRefused as refused:
            _explain(form, refused)
    names = dict(indicator_choices())
    return form_page(
        request,
        form,
        _("%(indicator)s, %(month)s")
        % {
            "indicator": names.get(reading.indicator, reading.indicator),
            "month": month_words(reading.month_date),
        },
        back_url=reverse("readings:list", kwargs={"slug": slug}),
        back_label=_("Measured numbers"),
        submit_label=_("Save the correction"),
        lead=_("What was written before stays in its story."),
        story=entries,
    )
