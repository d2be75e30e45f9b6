"""The monthly form: only the numbers this person reports, three minutes, all of it or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.content import Indicator, translate
from fairfloor.core.access import page
from fairfloor.core.ui.records import see_other
from fairfloor.indicators.drafts import (
    DraftChanged,
    DraftRefused,
    draft_of,
    drop_draft,
    keep_draft,
    seen_of_draft,
)
from fairfloor.indicators.models import MonthDraft, Reading
from fairfloor.indicators.periods import month_before
from fairfloor.indicators.plans import reading_indicators, value_of
from fairfloor.indicators.reporting import owed, own_plans
from fairfloor.indicators.sayings import QUALITY_LABELS, SAID_LABELS, month_words, value_words
from fairfloor.indicators.services import MonthRefused, Report, report_month
from fairfloor.indicators.web.sentences import draft_refusal_words, refusal_words
from fairfloor.indicators.web.views_plans import month_of_address
from fairfloor.organisations.public import local_day

NUMBER = {"max_digits": 20, "decimal_places": 4, "min_value": Decimal(0), "required": False}


class PartForm(forms.Form):
    """One indicator's month."""

    together = ("numerator", "denominator", "quality", "explanation")
    numerator = forms.DecimalField(**NUMBER)
    denominator = forms.DecimalField(**NUMBER)
    quality = forms.ChoiceField(
        label=gettext_lazy("How good is the number?"),
        required=False,
        choices=list(QUALITY_LABELS.items()),
        widget=forms.RadioSelect,
    )
    said = forms.ChoiceField(
        label=gettext_lazy("Did it get better since the month before?"),
        required=False,
        choices=list(SAID_LABELS.items()),
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=gettext_lazy("Why you see it differently"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, indicator: Indicator, *args: Any, asks_why: bool = False, **kwargs: Any):
        super().__init__(*args, prefix=indicator.code, **kwargs)
        language = get_language() or "en"
        self.indicator = indicator
        self.name = translate(indicator.name, language)
        self.fields["numerator"].label = translate(indicator.numerator_name, language)
        self.fields["denominator"].label = translate(indicator.denominator_name, language)
        for name in ("numerator", "denominator"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        self.asks_why = asks_why
        if indicator.direction == "NEUTRAL":
            del self.fields["said"]

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in: this number stays for later."""
        return not any(self.cleaned_data.get(name) not in (None, "") for name in self.fields)

    def report(self) -> Report:
        """The part as the service takes it."""
        values = self.cleaned_data
        return Report(
            self.indicator.code,
            values["quality"],
            values["numerator"],
            values["denominator"],
            values.get("said", ""),
            values["explanation"],
        )


def _before(indicator: Indicator, month: date) -> str:
    rows = Reading.objects.filter(
        indicator=indicator.code, month_date__range=(month_before(month), month_before(month))
    )
    row = rows.first()
    value = row and value_of(indicator, row.numerator, row.denominator)
    return value_words(indicator, value) if row and value is not None else ""


def _parts(
    request, own: list[Indicator], month: date, draft: MonthDraft | None
) -> tuple[list[PartForm], list[dict[str, Any]]]:
    """The forms still to be filled in, and what has been reported already."""
    there = {
        row.indicator: row
        for row in Reading.objects.filter(indicator__in=[each.code for each in own], month_date=month)
    }
    sent = request.POST if request.method == "POST" else (draft.fields if draft else None)
    open_parts, done = [], []
    for indicator in own:
        row = there.get(indicator.code)
        is_sent = request.method == "POST" and "keep" not in request.POST
        if row is None or (is_sent and f"{indicator.code}-numerator" in request.POST):
            why = bool(sent and sent.get(f"{indicator.code}-explanation"))
            if is_sent:
                part = PartForm(indicator, sent, asks_why=why)
            else:
                begun = {
                    name.removeprefix(f"{indicator.code}-"): text
                    for name, text in (sent or {}).items()
                    if name.startswith(f"{indicator.code}-")
                }
                part = PartForm(indicator, initial=begun, asks_why=why)
            open_parts.append(part)
        else:
            value = value_of(indicator, row.numerator, row.denominator)
            done.append(
                {
                    "name": translate(indicator.name, get_language() or "en"),
                    "value": value_words(indicator, value),
                    "id": row.pk,
                    "quality": QUALITY_LABELS.get(row.quality, ""),
                }
            )
    return open_parts, done


def _send(request, month: date, parts: list[PartForm], day: date) -> int | None:
    """How many numbers were kept; ``None`` when something stands in the way and nothing was."""
    # Every part is looked at, so that one round of corrections is enough.
    if not all([part.is_valid() for part in parts]):  # noqa: C419
        return None
    filled = [part for part in parts if not part.is_empty]
    try:
        kept = report_month(
            actor=request.actor,
            month_date=month,
            reports=[part.report() for part in filled],
            day=day,
            at=timezone.now(),
        )
    except MonthRefused as refused:
        for part in filled:
            if problem := refused.problems.get(part.indicator.code):
                part.asks_why = part.asks_why or problem.code == "CONFLICT"
                part.add_error(
                    problem.field if problem.field in part.fields else None,
                    refusal_words(problem.code, problem.field),
                )
        return None
    return len(kept)


def _asked_month(request, day: date) -> tuple[date, bool]:
    """The month of a page, and whether it could be read; a form for a month nobody can read is for none."""
    text = request.POST.get("month", "") if request.method == "POST" else request.GET.get("month", "")
    month = month_of_address(text, day)
    return month, request.method != "POST" or f"{month:%Y-%m}" == text


def _kept_words(draft: MonthDraft | None) -> str:
    if draft is None or draft.kept_at is None:
        return ""
    kept = timezone.localtime(draft.kept_at)
    if kept.date() == timezone.localdate():
        return _("Saved at %(time)s.") % {"time": f"{kept:%H:%M}"}
    return _("Saved on %(day)s at %(time)s.") % {"day": date_format(kept), "time": f"{kept:%H:%M}"}


def _keep(request, month: date, day: date) -> MonthDraft:
    return keep_draft(
        actor=request.actor,
        month_date=month,
        fields=request.POST.dict(),
        day=day,
        at=timezone.now(),
        seen=request.POST.get("seen", ""),
        window=request.POST.get("window", ""),
    )


def _key(request, month: date) -> str:
    """Under what name a browser keeps what could not be sent yet: one person's, in one factory, of one month."""
    return f"fairfloor-month:{request.user.pk}:{request.enterprise.slug}:{month:%Y-%m}"


def _to_list(slug: str, month: date):
    """The list; its address tells the browser that what it kept of the month has arrived."""
    answer = see_other("readings:list", slug=slug)
    answer["Location"] += f"?sent={month:%Y-%m}"
    return answer


@page("readings.write")
def month_report(request, slug):
    """The person's numbers of one month."""
    day = local_day(request.enterprise, timezone.now())
    month, is_readable = _asked_month(request, day)
    known = reading_indicators()
    own = [known[plan.indicator] for plan in own_plans(request.actor.user_id)]
    draft = draft_of(request.actor, month)
    seen = seen_of_draft(draft)
    parts, done = _parts(request, own, month, draft)
    status, notice = 200, ""
    if request.method == "POST" and not is_readable:
        status, notice = (
            422,
            _("The form did not say which month it is for. Choose the month and send again."),
        )
    elif request.method == "POST" and "keep" in request.POST:
        try:
            _keep(request, month, day)
            messages.success(request, _("Kept as a draft. Nobody else sees it."))
            return _to_list(slug, month)
        except DraftChanged as changed:
            status, seen = 409, changed.seen
            notice = _(
                "This form was saved from another window or phone meanwhile. Below stands what you wrote here. Keep it "
                "again to replace the other one, or open the page anew to see that one."
            )
        except DraftRefused as refused:
            status, notice = 422, draft_refusal_words(refused.code)
    elif request.method == "POST":
        count = _send(request, month, parts, day)
        if count is not None:
            if count:
                drop_draft(request.actor, month)
                text = ngettext(
                    "%(count)s number is kept. Thank you.", "%(count)s numbers are kept. Thank you.", count
                )
                messages.success(request, text % {"count": count})
                return _to_list(slug, month)
            notice = _("No number is filled in yet. Write at least one, or choose D where nobody knows it.")
        status = 422
    months = [each for each in owed(request.actor.user_id, day) if each != month]
    context = {
        "month": month,
        "month_words": month_words(month),
        "parts": [(part, _before(part.indicator, month)) for part in parts],
        "wrong": [part for part in parts if part.is_bound and part.errors],
        "done": done,
        "reports_nothing": not own,
        "is_future": month > day,
        "other_months": [(each, month_words(each)) for each in months],
        "notice": notice,
        "seen": seen,
        "kept_words": _kept_words(draft),
        "key": _key(request, month),
    }
    return render(request, "indicators/month.html", context, status=status)


@page("readings.write")
@require_POST
def month_draft(request, slug):
    """Keep what stands in the form while somebody writes: 200 with the state's name, 409 or 422 with words."""
    day = local_day(request.enterprise, timezone.now())
    month, is_readable = _asked_month(request, day)
    try:
        if not is_readable:
            raise DraftRefused("FUTURE")
        draft = _keep(request, month, day)
    except DraftChanged as changed:
        answer = {"code": "CHANGED", "seen": changed.seen, "message": draft_refusal_words("CHANGED")}
        return JsonResponse(answer, status=409)
    except DraftRefused as refused:
        answer = {"code": refused.code, "message": draft_refusal_words(refused.code)}
        return JsonResponse(answer, status=409 if refused.code == "SENT" else 422)
    return JsonResponse({"seen": seen_of_draft(draft), "message": _kept_words(draft)})
