"""Findings as what led to a project, for the project's own page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairfloor.checklists.labels import in_words, standing_words
from fairfloor.checklists.models import Finding, FindingProject
from fairfloor.checklists.outcomes import outcomes_of
from fairfloor.checklists.workflow import FindingStatus
from fairfloor.projects.public import ImprovementProject, Origin, OriginSource

_SHOWN_WORDS = 90


def findings_behind(project: ImprovementProject, slug: str, day: date) -> list[Origin]:
    """The findings behind a project, linked or naming it in an imported register; oldest first."""
    linked = FindingProject.objects.filter(project=project).values("finding_id")
    named = Q(status=FindingStatus.PROJECT, outcome_code=project.code)
    found = list(Finding.objects.filter(Q(pk__in=linked) | named).order_by("found_date", "id"))
    outcomes = outcomes_of(found, day)
    told = []
    for each in found:
        # The project's own page says how the project stands; worth telling is what else a finding became.
        kind, label = (
            ("", "")
            if each.status == FindingStatus.PROJECT
            else standing_words(each.status, outcomes[each.pk].standing)
        )
        url = reverse("checklists:round", kwargs={"slug": slug, "code": each.round_code})
        words = each.words or in_words(each.question)
        told.append(Origin(f"{url}#{each.code}", each.code, words[:_SHOWN_WORDS], kind, label))
    return told


def findings_counted(projects: Sequence[ImprovementProject]) -> dict[int, int]:
    """How many findings are behind each of these projects, in two queries."""
    behind: dict[int, set[int]] = defaultdict(set)
    for project, finding in FindingProject.objects.filter(project__in=projects).values_list(
        "project_id", "finding_id"
    ):
        behind[project].add(finding)
    by_code = {project.code: project.pk for project in projects}
    named = Finding.objects.filter(status=FindingStatus.PROJECT, outcome_code__in=by_code)
    for code, finding in named.values_list("outcome_code", "id"):
        behind[by_code[code]].add(finding)
    return {project: len(found) for project, found in behind.items()}


def findings_in_words(count: int) -> str:
    """ "2 findings"."""
    return ngettext("%(count)s finding", "%(count)s findings", count) % {"count": count}


FINDINGS = OriginSource(
    title=_("Findings behind it"),
    permission="checklists.view",
    of_project=findings_behind,
    count=findings_counted,
    count_words=findings_in_words,
    add_url_name="checklists:project_findings",
    add_label=_("Add findings"),
)
