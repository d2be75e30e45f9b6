"""Gender practices: one of them, add, correct, withdraw."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.records import day_words, form_page, see_other, stale_page, story
from fairfloor.equality import services
from fairfloor.equality.labels import (
    FIELD_LABELS,
    VERB_LABELS,
    area_choices,
    area_label,
    type_choices,
    type_label,
)
from fairfloor.equality.models import GenderPractice
from fairfloor.equality.web.forms import CorrectPracticeForm, PracticeForm, ReasonForm
from fairfloor.organisations.public import local_day


def _practice(key: int, *, is_live: bool = False) -> GenderPractice:
    practice = GenderPractice.objects.filter(pk=key).first()
    if practice is None or (is_live and practice.withdrawn_date is not None):
        raise Http404
    return practice


def _url(slug: str, key: int) -> str:
    return reverse("equality:practice", kwargs={"slug": slug, "code": key})


def _story(practice: GenderPractice):
    words = {**dict(area_choices()), **dict(type_choices())}
    return story(practice, VERB_LABELS, FIELD_LABELS, words)


def _explain(form: PracticeForm, refused: services.EntryRefused) -> None:
    if refused.code == "ALREADY_RECORDED":
        form.add_error("title", _("This practice is recorded already for this area and day."))
    else:
        form.add_error(refused.field, _("Please fill this in."))


@page("equality.view")
def practice_detail(request, slug, code):
    """One practice."""
    practice = _practice(code)
    may_write = practice.withdrawn_date is None and request.actor.may("equality.write")
    context = {
        "practice": practice,
        "area": area_label(practice.area),
        "facts": [
            (_("Since"), day_words(practice.practice_date)),
            (_("Kind"), type_label(practice.type)),
            (_("Project"), practice.project_code),
        ],
        "story": _story(practice),
        "back_url": reverse("equality:overview", kwargs={"slug": slug}),
        "correct_url": reverse("equality:practice_correct", kwargs={"slug": slug, "code": code})
        if may_write
        else "",
        "withdraw_url": reverse("equality:practice_withdraw", kwargs={"slug": slug, "code": code})
        if may_write
        else "",
    }
    return render(request, "equality/practice_detail.html", context)


@page("equality.write")
def practice_add(request, slug):
    """Record a practice."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    initial = {"practice_date": day, "area": request.GET.get("area", "A")}
    form = PracticeForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_practice(actor=request.actor, at=at, **form.cleaned_data)
            return see_other("equality:overview", slug=slug)
        except services.EntryRefused as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Record a practice"),
        back_url=reverse("equality:overview", kwargs={"slug": slug}),
        back_label=_("Equality"),
        submit_label=_("Save it"),
    )


@page("equality.write")
def practice_correct(request, slug, code):
    """Correct a practice."""
    practice = _practice(code, is_live=True)
    at = timezone.now()
    initial = {name: getattr(practice, name) for name in (*services.PRACTICE_FIELDS, "version")}
    form = CorrectPracticeForm(request.POST or None, day=local_day(request.enterprise, at), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.correct_practice(
                actor=request.actor, practice_id=practice.pk, values=values, at=at, version=version
            )
            return see_other("equality:practice", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(practice), _url(slug, code))
        except services.EntryRefused as refused:
            _explain(form, refused)
    return form_page(
        request,
        form,
        _("Correct the practice"),
        back_url=_url(slug, code),
        back_label=practice.title,
        submit_label=_("Save the correction"),
        lead=_("What was written before stays in its story."),
    )


@page("equality.write")
def practice_withdraw(request, slug, code):
    """Withdraw a practice that was entered by mistake."""
    practice = _practice(code, is_live=True)
    at = timezone.now()
    form = ReasonForm(request.POST or None, initial={"version": practice.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_practice(
                actor=request.actor,
                practice_id=practice.pk,
                reason=form.cleaned_data["reason"],
                day=local_day(request.enterprise, at),
                at=at,
                version=form.cleaned_data["version"],
            )
            return see_other("equality:practice", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(practice), _url(slug, code))
    return form_page(
        request,
        form,
        _("Withdraw a wrong entry"),
        back_url=_url(slug, code),
        back_label=practice.title,
        submit_label=_("Withdraw it"),
        lead=_("It then counts nowhere and stays to be seen."),
    )
