"""Making a report, writing its words, publishing and withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.core.access import page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import local_day
from fairfloor.reports.layout import lay_out
from fairfloor.reports.selectors import default_period, narratives_of
from fairfloor.reports.services import make_snapshot, publish_snapshot, withdraw_snapshot, write_narrative
from fairfloor.reports.web.forms import PeriodForm, WithdrawForm, WordsForm
from fairfloor.reports.web.views_read import LANGUAGE_NAMES, detail_page, language_of, load_report
from fairfloor.reports.workflow import Status


def _to(slug: str, code: str, query: str = "", anchor: str = ""):
    address = reverse("reports:detail", kwargs={"slug": slug, "code": code})
    response = redirect(address + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else ""))
    response.status_code = 303
    return response


def _changed_meanwhile() -> str:
    return _("Somebody changed this report since you opened it. Look at it as it is now, then try again.")


@page("reports.write")
def report_new(request, slug):
    """Choose a period and freeze its figures."""
    period = default_period(request.enterprise, local_day(request.enterprise, timezone.now()))
    form = PeriodForm(request.POST or None, initial={"start": period.start_date, "end": period.end_date})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        snapshot = make_snapshot(
            actor=request.actor,
            enterprise=request.enterprise,
            period=Period(form.cleaned_data["start"], form.cleaned_data["end"]),
            at=now,
        )
        if snapshot.created_at == now:
            messages.success(request, _("The report is made. Its figures stay as they are now."))
        else:
            messages.info(request, _("This report exists already and every figure is still the same."))
        return _to(slug, snapshot.code)
    return render(
        request, "reports/report_new.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@page("reports.write")
def report_words(request, slug, code, section):
    """Write the factory's own words for one section, in one language."""
    snapshot = load_report(request, code)
    language = language_of(request)
    titles = {view.code: view.title for view in lay_out(snapshot, language).sections}
    if section not in titles:
        raise Http404
    if snapshot.status != Status.DRAFT:
        note = _(
            "This report is not a draft any more, so its words stay as they are. Make a new report to change them."
        )
        return detail_page(request, slug, snapshot, note=note, status=409)
    narrative = narratives_of(snapshot, language).get(section)
    version = narrative.version if narrative else 0
    form = WordsForm(
        request.POST or None, initial={"text": narrative.text if narrative else "", "version": version}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write_narrative(
                    actor=request.actor,
                    snapshot_id=snapshot.pk,
                    section_code=section,
                    language=language,
                    text=form.cleaned_data["text"],
                    version=form.cleaned_data["version"],
                    at=timezone.now(),
                )
            except StaleEdit:
                status = 409
                form.add_error(
                    None,
                    _(
                        "Somebody else wrote here meanwhile. Their words stand below yours; save again to keep yours."
                    ),
                )
                form.data = form.data.copy()
                form.data["version"] = version
            except MoveNotAllowed:
                return detail_page(
                    request, slug, load_report(request, code), note=_changed_meanwhile(), status=409
                )
            else:
                return _to(slug, code, f"language={language}", section)
    context = {
        "form": form,
        "title": titles[section],
        "language_name": LANGUAGE_NAMES[language],
        "language": language,
        "theirs": narrative.text if narrative and status == 409 else "",
        "back_url": reverse("reports:detail", kwargs={"slug": slug, "code": code}) + f"?language={language}",
    }
    return render(request, "reports/report_words.html", context, status=status)


def _version(request) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


@page("reports.publish")
@require_POST
def report_publish(request, slug, code):
    """Publish a draft."""
    snapshot = load_report(request, code)
    try:
        publish_snapshot(
            actor=request.actor, snapshot_id=snapshot.pk, at=timezone.now(), version=_version(request)
        )
    except (MoveNotAllowed, StaleEdit):
        return detail_page(request, slug, load_report(request, code), note=_changed_meanwhile(), status=409)
    messages.success(request, _("The report is published. Its words and figures stay as they are."))
    return _to(slug, code)


@page("reports.publish")
def report_withdraw(request, slug, code):
    """Take a report back, with a reason."""
    snapshot = load_report(request, code)
    form = WithdrawForm(request.POST or None, initial={"version": snapshot.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_snapshot(
                actor=request.actor,
                snapshot_id=snapshot.pk,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                at=timezone.now(),
            )
        except (MoveNotAllowed, StaleEdit):
            return detail_page(
                request, slug, load_report(request, code), note=_changed_meanwhile(), status=409
            )
        messages.success(request, _("The report is withdrawn."))
        return _to(slug, code)
    return render(
        request,
        "reports/report_withdraw.html",
        {"form": form, "snapshot": snapshot},
        status=422 if request.method == "POST" else 200,
    )
