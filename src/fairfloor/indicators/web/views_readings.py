"""The numbers a factory measures itself, month by month: list, a new one, one with its correction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.formatting import format_share
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.indicators.models import Reading
from fairfloor.indicators.services import ReadingRefused, seen_of, write_reading
from fairfloor.organisations.public import local_day

QUALITY_LABELS = {
    "A": gettext_lazy("A – measured"),
    "B": gettext_lazy("B – worked out from partial records"),
    "C": gettext_lazy("C – estimated"),
    "D": gettext_lazy("D – missing"),
}
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
    """One month of one indicator."""

    field_order = ("indicator", "month")

    indicator = forms.ChoiceField(label=gettext_lazy("What is measured?"))
    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-03"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["indicator"].choices = indicator_choices()
        lines = [
            _("%(indicator)s: %(numerator)s, out of %(denominator)s.")
            % {
                "indicator": translate(each.name, language),
                "numerator": translate(each.numerator_name, language),
                "denominator": translate(each.denominator_name, language),
            }
            for each in load_content().indicators.values()
            if each.is_reading
        ]
        self.fields["numerator"].help_text = " ".join(lines)


def month_words(day: date) -> str:
    """A month as the page's language writes it."""
    return formats.date_format(day, "YEAR_MONTH_FORMAT")


def _explain(form: forms.Form, refused: ReadingRefused) -> None:
    sentences = {
        "FUTURE": _("This month has not begun. Choose this month or an earlier one."),
        "NEGATIVE": _("A count cannot be below 0."),
        "ABOVE_DENOMINATOR": _("More was counted than there is altogether. Check both numbers."),
        "ALREADY_THERE": _("This month has a value already. Open it in the list to correct it."),
        "UNKNOWN": _("Choose one from the list."),
    }
    form.add_error(refused.field if refused.field in form.fields else None, sentences[refused.code])


def _listing(slug: str, may_write: bool) -> Listing:
    names = dict(indicator_choices())
    decimals = {i.code: i.decimals for i in load_content().indicators.values()}

    def value(row: Reading) -> str:
        if not row.denominator:
            return ""
        return format_share(row.numerator / row.denominator, decimals.get(row.indicator, 1))

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


@page("readings.view")
def reading_list(request, slug):
    """All readings."""
    may_write = request.actor.may("readings.write")
    context = {"add_url": reverse("readings:add", kwargs={"slug": slug}) if may_write else ""}
    rows = Reading.objects.all()
    return listing_page(
        request,
        _listing(slug, may_write),
        rows,
        "indicators/reading_list.html",
        context,
        file_name="readings",
    )


@page("readings.write")
def reading_add(request, slug):
    """Write down one month's value."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    form = ReadingForm(request.POST or None, initial={"month": day.replace(day=1)})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            write_reading(actor=request.actor, month_date=values.pop("month"), day=day, at=at, **values)
            return see_other("readings:list", slug=slug)
        except ReadingRefused as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Write down a month"),
        back_url=reverse("readings:list", kwargs={"slug": slug}),
        back_label=_("Measured numbers"),
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
