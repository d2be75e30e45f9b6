"""Checklists on paper: a round, an empty list, the red tags; each as a PDF in the reader's language."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language

from fairfloor.checklists import paper
from fairfloor.checklists.catalog import checklist_of
from fairfloor.checklists.labels import area_names
from fairfloor.checklists.models import RedTag
from fairfloor.checklists.selectors import course_of
from fairfloor.checklists.web.pages import checklist_or_404, sections_of
from fairfloor.checklists.web.rounds import course_sentence, round_context, round_or_404
from fairfloor.checklists.workflow import Kind
from fairfloor.core.access import page
from fairfloor.core.documents import download
from fairfloor.organisations.public import enterprise_name, local_day

# Tags taken down longer ago are history.
DONE_WITHIN = timedelta(days=90)
MOST_TAGS = 500


def _name(request) -> str:
    return enterprise_name(request.enterprise, get_language() or "en")


@page("checklists.view")
def result(request, slug, code):
    """A round on paper."""
    walked = round_or_404(code)
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    course = []
    if walked.kind == Kind.FIVE_S:
        course = [each for each in course_of(walked.area_code) if each.finished_date <= walked.finished_date]
    content = paper.round_pdf(
        enterprise=_name(request),
        context=round_context(request, slug, walked),
        sections=sections_of(checklist) if checklist else [],
        course=course,
        course_sentence=course_sentence(course),
        at=timezone.now(),
    )
    return download(content, f"round-{walked.code}.pdf", to_look=True)


@page("checklists.view")
def blank(request, slug, code):
    """A list on paper, to walk with a pen."""
    checklist = checklist_or_404(code)
    at = timezone.now()
    content = paper.form_pdf(
        enterprise=_name(request),
        checklist=checklist,
        sections=sections_of(checklist),
        day=local_day(request.enterprise, at),
        at=at,
    )
    return download(content, f"checklist-{checklist.code}.pdf", to_look=True)


@page("checklists.view")
def tags(request, slug):
    """The red tags that hang, for the wall."""
    at = timezone.now()
    day = local_day(request.enterprise, at)
    content = paper.tags_pdf(
        enterprise=_name(request),
        hanging=RedTag.objects.filter(done_date=None).order_by("due_date", "id")[:MOST_TAGS],
        done=RedTag.objects.filter(done_date__gte=day - DONE_WITHIN).order_by("-done_date", "id")[:MOST_TAGS],
        areas=area_names(),
        day=day,
        at=at,
    )
    return download(content, "red-tags.pdf", to_look=True)
