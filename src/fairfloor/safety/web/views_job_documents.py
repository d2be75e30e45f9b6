"""Documents about job risks: workstation card, register, action plan, sheet to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.core.documents import download, in_parts, typst_pdf
from fairfloor.core.ui.records import day_words
from fairfloor.organisations.public import (
    active_worker_link,
    department_names,
    enterprise_name,
    local_day,
)
from fairfloor.safety import job_documents as documents
from fairfloor.safety.job_selectors import live_risks
from fairfloor.safety.labels import LEVEL_WORDS
from fairfloor.safety.web.views_jobs import job_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Some seventy pages; a longer list comes as several PDFs in one ZIP file, made one after the other.
LINES_IN_ONE_PDF = 800

TYPST = Path(__file__).parents[1] / "typst"


def _languages(request: HttpRequest) -> tuple[str, str]:
    """The two languages of a card: as asked for, else the factory's own, else English and Chinese."""
    known = dict(settings.LANGUAGES)
    asked = [code for code in request.GET.get("languages", "").split(",") if code in known]
    own = [code for code in request.enterprise.languages.split(";") if code in known]
    found = list(dict.fromkeys([*asked, *own, "en", "zh-hans"]))
    return found[0], found[1]


def _address(request: HttpRequest) -> str:
    link = active_worker_link()
    if link is None:
        return ""
    path = f"/w/{link.token}/"
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _made(request: HttpRequest) -> str:
    return _("As of %(day)s") % {"day": day_words(local_day(request.enterprise, timezone.now()))}


@page("safety.view")
def card(request, slug, code):
    """One page to hang up where the job is done."""
    job = job_or_404(code)
    languages = _languages(request)
    names = department_names(languages[0])
    value = documents.card_value(
        job,
        languages,
        enterprise=enterprise_name(request.enterprise, languages[0]),
        department=names.get(job.department_code, job.department_code),
        address=_address(request),
        made=_made(request),
    )
    return download(typst_pdf(TYPST / "card.typ", value, languages[0], timezone.now()), "card.pdf")


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _list(request, form: str, name: str, title: str, sentence: str, headings, widths, rows) -> HttpResponse:
    if form == "xlsx":
        return download(documents.workbook(title, headings, widths, rows), f"{name}.xlsx", XLSX)
    if form != "pdf":
        raise Http404
    language = get_language() or "en"
    value = {
        "title": title,
        "enterprise": enterprise_name(request.enterprise, language),
        "made": _made(request),
        "sentence": sentence,
        # The template puts the numbers in.
        "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
        "headings": headings,
        "widths": widths,
    }
    parts = list(_batched(rows, LINES_IN_ONE_PDF)) or [()]
    at = timezone.now()
    if len(parts) == 1:
        content = typst_pdf(TYPST / "list.typ", {**value, "rows": parts[0]}, language, at)
        return download(content, f"{name}.pdf")
    words = _("%(title)s · part %(part)s of %(parts)s")
    found = (
        (
            f"{name}-{number:02}.pdf",
            typst_pdf(
                TYPST / "list.typ",
                {
                    **value,
                    "title": words % {"title": title, "part": number, "parts": len(parts)},
                    "rows": rows,
                },
                language,
                at,
            ),
        )
        for number, rows in enumerate(parts, 1)
    )
    return download(in_parts(found), f"{name}.zip", "application/zip")


@page("safety.view")
def register(request, slug, form):
    """The register of job risks, whole or narrowed by department, job and colour."""
    names = department_names(get_language() or "en")
    narrowed = {name: request.GET.get(name, "") for name in ("department", "job", "level")}
    headings, widths = documents.register_headings()
    rows = documents.register_table(names, **narrowed)
    title = _("Register of job risks")
    return _list(request, form, "job-risks", title, documents.register_sentence(), headings, widths, rows)


@page("safety.view")
def action_plan(request, slug, form):
    """What is planned against job risks, by whom and when."""
    names = department_names(get_language() or "en")
    headings, widths = documents.plan_headings()
    rows = list(documents.plan_table(names, local_day(request.enterprise, timezone.now())))
    sentence = _("Measures planned and not in place: %(count)s.") % {"count": len(rows)}
    title = _("Action plan against job risks")
    return _list(request, form, "action-plan", title, sentence, headings, widths, rows)


@page("safety.view")
def consultation_sheet(request, slug, code):
    """A sheet for names and signatures of workers who were asked about a job."""
    job = job_or_404(code)
    language = get_language() or "en"
    risks = live_risks().filter(job_step__job=job).order_by("-level_now", "hazard", "id")
    value = {
        "title": _("Asked about the risks of: %(job)s") % {"job": job.title},
        "enterprise": enterprise_name(request.enterprise, language),
        "made": _made(request),
        "lead": _("We went through these dangers together. I could say what I think, and what is missing."),
        "risks": [{"text": risk.hazard, "word": str(LEVEL_WORDS.get(risk.level_now, ""))} for risk in risks],
        "words_title": _("What we said"),
        "headings": [_("Name"), _("Worker number"), _("Date"), _("Signature")],
        "page_of": _("Page %(page)s of %(total)s") % {"page": "{page}", "total": "{total}"},
    }
    return download(typst_pdf(TYPST / "sheet.typ", value, language, timezone.now()), "sheet.pdf")
