"""The list of reports, one report as a page, and its files."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from fairfloor.core import audit
from fairfloor.core.access import page
from fairfloor.core.documents import download
from fairfloor.core.ui.listing import ChoiceFilter, Column, Listing, listing_page
from fairfloor.reports.as_html import render_html
from fairfloor.reports.as_json import render_json
from fairfloor.reports.as_pdf import render_pdf
from fairfloor.reports.labels import STATUS_LABELS, state_of, story_entry
from fairfloor.reports.layout import lay_out
from fairfloor.reports.models import ReportSnapshot
from fairfloor.reports.selectors import figures_changed_since, reports_for
from fairfloor.reports.wording import LANGUAGES
from fairfloor.reports.workflow import Status

LANGUAGE_NAMES = {"en": "English", "zh-hans": "简体中文"}
_FORMS = {
    "json": (render_json, "application/json", "json"),
    "html": (render_html, "text/html; charset=utf-8", "html"),
    "pdf": (render_pdf, "application/pdf", "pdf"),
}


def load_report(request, code: str) -> ReportSnapshot:
    """The report of that code, if this person may open it; 404 otherwise."""
    snapshot = reports_for(request.actor).filter(code=code).first()
    if snapshot is None:
        raise Http404
    return snapshot


def language_of(request) -> str:
    """The report's language: the one asked for, or else that of the page."""
    asked = request.GET.get("language") or get_language() or "en"
    return asked if asked in LANGUAGES else "en"


@page("reports.view")
def report_list(request, slug):
    """All reports of the factory."""
    listing = Listing(
        columns=[
            Column("code", gettext_lazy("Report"), "code"),
            Column("from", gettext_lazy("First day"), "from_date", kind="date", sortable_field="from_date"),
            Column("to", gettext_lazy("Last day"), "to_date", kind="date"),
            Column("state", gettext_lazy("State"), state_of, kind="state"),
            Column(
                "made", gettext_lazy("Figures as of"), "created_at", kind="date", sortable_field="created_at"
            ),
            Column("by", gettext_lazy("Made by"), "created_by", is_key=False),
        ],
        filters=[
            ChoiceFilter(
                "status",
                gettext_lazy("State"),
                lambda: STATUS_LABELS.items(),
                lambda rows, value: rows.filter(status=value),
            )
        ],
        search_fields=["code", "created_by"],
        default_sort="-made",
        row_url=lambda row: reverse("reports:detail", kwargs={"slug": slug, "code": row.code}),
    )
    return listing_page(
        request,
        listing,
        reports_for(request.actor).defer("document"),
        "reports/report_list.html",
        {"may_write": request.actor.may("reports.write")},
        file_name="reports",
    )


def detail_page(request, slug, snapshot, *, note="", status=200):
    """One report with what can be done with it."""
    language = language_of(request)
    report = lay_out(snapshot, language)
    is_draft = snapshot.status == Status.DRAFT
    edit_links = []
    if is_draft and request.actor.may("reports.write"):
        edit_links = [
            (
                section.code,
                reverse(
                    "reports:words", kwargs={"slug": slug, "code": snapshot.code, "section": section.code}
                )
                + f"?language={language}",
            )
            for section in report.sections
        ]
    context = {
        "snapshot": snapshot,
        "report": report,
        "state": state_of(snapshot),
        "note": note,
        "language": language,
        "languages": [(code, LANGUAGE_NAMES[code], code == language) for code in LANGUAGES],
        "interface_lang": get_language(),
        "edit_links": edit_links,
        "figure_query": f"from={snapshot.from_date}&to={snapshot.to_date}"
        if request.actor.may("figures.view")
        else "",
        "changed_count": figures_changed_since(snapshot) if snapshot.status != Status.WITHDRAWN else 0,
        "may_write": request.actor.may("reports.write"),
        "may_publish": request.actor.may("reports.publish"),
        "is_draft": is_draft,
        "is_withdrawn": snapshot.status == Status.WITHDRAWN,
        "story": [story_entry(event) for event in reversed(audit.story_of(snapshot))],
    }
    return render(request, "reports/report_detail.html", context, status=status)


@page("reports.view")
def report_detail(request, slug, code):
    """One report, in the language asked for."""
    return detail_page(request, slug, load_report(request, code))


@page("reports.view")
def report_file(request, slug, code, form):
    """One report as a file to keep."""
    snapshot = load_report(request, code)
    if form not in _FORMS:
        raise Http404
    language = language_of(request)
    make, content_type, ending = _FORMS[form]
    name = f"{slug}-{snapshot.from_date}-{snapshot.to_date}-{language}.{ending}"
    return download(make(snapshot, language), name, content_type)
