"""Job advertisements: list, one with its flagged words, add, change, withdraw."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import translate
from fairfloor.core.access import page
from fairfloor.core.edits import StaleEdit
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.core.ui.pins import pin_words
from fairfloor.core.ui.records import form_page, see_other, stale_page, story
from fairfloor.equality import services
from fairfloor.equality.checking import Finding, check_ad
from fairfloor.equality.labels import FIELD_LABELS, LANGUAGE_LABELS, LEVEL_LABELS, VERB_LABELS
from fairfloor.equality.models import JobAd
from fairfloor.equality.web.forms import CorrectJobAdForm, JobAdForm, ReasonForm
from fairfloor.organisations.public import local_day


@dataclass(frozen=True)
class Piece:
    """A stretch of an advertisement; ``number`` of the remark it belongs to, 0 for plain words."""

    text: str
    number: int = 0


def pieces_of(text: str, findings: tuple[Finding, ...], first_number: int = 1) -> list[Piece]:
    """A text cut at its flagged places, in order; the template escapes each piece. Overlaps keep the first."""
    pieces, place = [], 0
    for number, finding in enumerate(findings, first_number):
        start, end = max(finding.hit.start, place), finding.hit.end
        if start >= end:
            continue
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(text[start:end], number))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return pieces


def _result(row: JobAd) -> tuple[str, str]:
    return ("good", _("Nothing flagged")) if row.is_clean else ("stop", _("Words to change"))


def _listing(slug: str) -> Listing:
    return Listing(
        columns=[
            Column("title", _("Title"), "title"),
            Column("code", _("Code"), "code", sortable_field="code"),
            Column("result", _("Check"), _result, "state"),
            Column("posted", _("Posted on"), "posted_date", "date", sortable_field="posted_date"),
            Column(
                "language",
                _("Language"),
                lambda row: LANGUAGE_LABELS.get(row.language, row.language),
                is_key=False,
            ),
        ],
        filters=[
            ChoiceFilter(
                "result",
                _("Check"),
                lambda: [("clean", _("Nothing flagged")), ("flagged", _("Words to change"))],
                lambda rows, value: rows.filter(is_clean=value == "clean"),
            )
        ],
        search_fields=["code", "title", "text"],
        default_sort="-posted",
        row_url=lambda row: _url(slug, row.code),
    )


def _url(slug: str, code: str) -> str:
    return reverse("equality:job_ad", kwargs={"slug": slug, "code": code})


def _ad(code: str) -> JobAd:
    # A withdrawn code can be used again: the live advertisement comes first.
    ad = JobAd.objects.filter(code=code).order_by(F("withdrawn_date").desc(nulls_first=True), "id").first()
    if ad is None:
        raise Http404
    return ad


def _live(code: str) -> JobAd:
    ad = _ad(code)
    if ad.withdrawn_date is not None:
        raise Http404
    return ad


def _story(ad: JobAd):
    return story(ad, VERB_LABELS, FIELD_LABELS, LANGUAGE_LABELS)


@page("equality.view")
def job_ad_list(request, slug):
    """All advertisements."""
    may_write = request.actor.may("equality.write")
    context = {
        "add_url": reverse("equality:job_ad_add", kwargs={"slug": slug}) if may_write else "",
        "back_url": reverse("equality:overview", kwargs={"slug": slug}),
    }
    rows = JobAd.objects.filter(withdrawn_date__isnull=True)
    return listing_page(
        request, _listing(slug), rows, "equality/job_ad_list.html", context, file_name="job-ads"
    )


@page("equality.view")
def job_ad_detail(request, slug, code):
    """One advertisement with the words to change, and what to write instead."""
    ad = _ad(code)
    language = get_language() or "en"
    checked = check_ad(title=ad.title, text=ad.text, language=ad.language, country=request.enterprise.country)
    remarks = [
        {
            "number": number,
            "words": finding.hit.text,
            "kind": "stop" if finding.rule.level == "UNLAWFUL" else "watch",
            "level": LEVEL_LABELS[finding.rule.level],
            "catches": translate(finding.rule.catches, language),
            "suggestion": translate(finding.rule.suggestion, language),
            "source": translate(finding.rule.source, language),
        }
        for number, finding in enumerate((*checked.in_title, *checked.in_text), 1)
    ]
    may_write = ad.withdrawn_date is None and request.actor.may("equality.write")
    context = {
        "ad": ad,
        "title_pieces": pieces_of(ad.title, checked.in_title),
        "text_pieces": pieces_of(ad.text, checked.in_text, len(checked.in_title) + 1),
        "remarks": remarks,
        "rules": "; ".join(map(pin_words, ad.rules.split(";"))),
        "is_older_check": ad.rules != checked.rules,
        "language": LANGUAGE_LABELS.get(ad.language, ad.language),
        "story": _story(ad),
        "back_url": reverse("equality:job_ads", kwargs={"slug": slug}),
        "correct_url": reverse("equality:job_ad_correct", kwargs={"slug": slug, "code": code})
        if may_write
        else "",
        "withdraw_url": reverse("equality:job_ad_withdraw", kwargs={"slug": slug, "code": code})
        if may_write
        else "",
    }
    return render(request, "equality/job_ad_detail.html", context)


@page("equality.write")
def job_ad_add(request, slug):
    """Check an advertisement and keep it."""
    at = timezone.now()
    initial = {"posted_date": local_day(request.enterprise, at)}
    form = JobAdForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ad = services.add_job_ad(actor=request.actor, at=at, **form.cleaned_data)
        return see_other("equality:job_ad", slug=slug, code=ad.code)
    return form_page(
        request,
        form,
        _("Check a job advertisement"),
        back_url=reverse("equality:job_ads", kwargs={"slug": slug}),
        back_label=_("Job advertisements"),
        submit_label=_("Check and keep it"),
        lead=_("Paste it as it will be posted. Words that shut people out are shown at once."),
    )


@page("equality.write")
def job_ad_correct(request, slug, code):
    """Change an advertisement; it is checked again."""
    ad = _live(code)
    initial = {name: getattr(ad, name) for name in ("title", "text", "language", "posted_date", "version")}
    form = CorrectJobAdForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            services.correct_job_ad(
                actor=request.actor, job_ad_id=ad.pk, values=values, at=timezone.now(), version=version
            )
            return see_other("equality:job_ad", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(ad), _url(slug, code))
    return form_page(
        request,
        form,
        _("Change the advertisement"),
        back_url=_url(slug, code),
        back_label=ad.title,
        submit_label=_("Save and check again"),
    )


@page("equality.write")
def job_ad_withdraw(request, slug, code):
    """Withdraw an advertisement that was entered by mistake."""
    ad = _live(code)
    at = timezone.now()
    form = ReasonForm(request.POST or None, initial={"version": ad.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_job_ad(
                actor=request.actor,
                job_ad_id=ad.pk,
                reason=form.cleaned_data["reason"],
                day=local_day(request.enterprise, at),
                at=at,
                version=form.cleaned_data["version"],
            )
            return see_other("equality:job_ad", slug=slug, code=code)
        except StaleEdit:
            return stale_page(request, _story(ad), _url(slug, code))
    return form_page(
        request,
        form,
        _("Withdraw a wrong entry"),
        back_url=_url(slug, code),
        back_label=ad.title,
        submit_label=_("Withdraw it"),
        lead=_("It then counts nowhere and stays to be seen."),
    )
