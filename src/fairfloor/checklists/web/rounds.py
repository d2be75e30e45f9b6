"""What the pages of one round share: its score, what it found, and what became of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.actions.public import possible_owners
from fairfloor.checklists.catalog import checklist_of, find_checklist
from fairfloor.checklists.labels import KIND_LABELS, ROUND_LABELS, area_name, in_words, standing_words
from fairfloor.checklists.models import Area, Finding, WalkRound
from fairfloor.checklists.outcomes import Outcome, outcomes_of
from fairfloor.checklists.selectors import compare, findings_of, previous_round
from fairfloor.checklists.workflow import TO_TAKE_UP, FindingStatus, Kind, RoundStatus, Standing
from fairfloor.core.ui.formatting import format_share
from fairfloor.core.ui.records import day_words
from fairfloor.organisations.public import local_day
from fairfloor.projects.public import OPEN
from fairfloor.projects.public import STATUS_KINDS as PROJECT_KINDS
from fairfloor.projects.public import STATUS_LABELS as PROJECT_LABELS

# An action made in one tap is due in two weeks.
ACTION_DAYS = 14
_OUTCOME_PAGES = {
    FindingStatus.HAZARD: "safety:hazard",
    FindingStatus.ACTION: "actions:detail",
    FindingStatus.PROJECT: "projects:detail",
}


def round_or_404(code: str) -> WalkRound:
    """A round of the factory."""
    walked = WalkRound.objects.filter(code=code).first()
    if walked is None:
        raise Http404
    return walked


def round_url(slug: str, code: str, finding: str = "") -> str:
    """The address of a round, at one of its findings."""
    url = reverse("checklists:round", kwargs={"slug": slug, "code": code})
    return f"{url}#{finding}" if finding else url


def form_version(request: HttpRequest) -> int | None:
    """The version a small form without fields of its own saw."""
    value = request.POST.get("version", "")
    return int(value) if value.isdigit() and len(value) < 10 else None


def percent(points: int, possible: int) -> str:
    """Points of points possible as a share."""
    return format_share(points / possible if possible else None)


def compared(walked: WalkRound) -> str:
    """How a round stands against the one before it, in a sentence."""
    found = compare(walked, previous_round(walked))
    if found is None:
        return _("This is the first round here with this list.")
    return _("Against %(day)s: sections better %(better)s, worse %(worse)s, the same %(same)s.") % {
        "day": day_words(found.before.finished_date),
        "better": found.better,
        "worse": found.worse,
        "same": found.same,
    }


def course_sentence(rounds: Sequence[WalkRound]) -> str:
    """Where the 5S score of an area stands and where it began; empty without an audit."""
    if not rounds:
        return ""
    first, last = rounds[0], rounds[-1]
    now, before = percent(last.points, last.points_possible), percent(first.points, first.points_possible)
    if len(rounds) == 1:
        return _("One 5S audit so far: %(now)s.") % {"now": now}
    return _("5S score %(now)s, %(before)s at the first of %(count)s audits.") % {
        "now": now,
        "before": before,
        "count": len(rounds),
    }


def who_by_when(finding: Finding, outcome: Outcome) -> str:
    """Who sees to what a finding became and by when; says so when nobody does."""
    if outcome.standing not in {Standing.UNDER_WAY, Standing.LATE}:
        return ""
    if outcome.owner and outcome.due_date:
        return _("%(name)s, by %(day)s") % {"name": outcome.owner, "day": day_words(outcome.due_date)}
    if outcome.owner:
        return _("%(name)s, no day set") % {"name": outcome.owner}
    return _("Nobody is named for it yet") if finding.status != FindingStatus.OPEN else ""


def owner_of(place: Area | None, day: date) -> tuple[str, int | None]:
    """Who looks after an area, as (name, login); somebody who left is nobody."""
    if place is None:
        return "", None
    if place.owner_user_id is None:
        return place.owner_name, None
    name = possible_owners(day).get(place.owner_user_id, "")
    return name, place.owner_user_id if name else None


def finding_views(request: HttpRequest, walked: WalkRound, day: date) -> list[dict[str, Any]]:
    """What a round found, in the order of its questions, with what became of it."""
    slug, may = request.enterprise.slug, request.actor.may
    findings = findings_of(walked.code)
    outcomes = outcomes_of(findings, day)
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    order = {item.code: number for number, item in enumerate(checklist.items if checklist else (), 1)}
    may_act = may("checklists.run") and walked.status == RoundStatus.FINISHED
    views = []
    for finding in sorted(findings, key=lambda each: (order.get(each.item, 999), each.item)):
        status, outcome = FindingStatus(finding.status), outcomes[finding.pk]
        kind, label = standing_words(status, outcome.standing)
        is_shown = status in _OUTCOME_PAGES and status != FindingStatus.PROJECT and finding.outcome_code
        kwargs = {"slug": slug, "code": walked.code, "finding": finding.code}
        views.append(
            {
                "finding": finding,
                "number": order.get(finding.item, finding.item),
                "question": in_words(finding.question),
                "kind": kind,
                "label": label,
                "who": who_by_when(finding, outcome),
                "outcome_url": reverse(
                    _OUTCOME_PAGES[status], kwargs={"slug": slug, "code": finding.outcome_code}
                )
                if is_shown
                else "",
                "projects": [
                    {
                        "url": reverse("projects:detail", kwargs={"slug": slug, "code": project.code}),
                        "code": project.code,
                        "title": project.title,
                        "kind": PROJECT_KINDS[project.status],
                        "label": PROJECT_LABELS[project.status],
                        "may_unlink": may_act and may("projects.write") and project.status in OPEN,
                    }
                    for project in (outcome.projects if may("projects.view") else ())
                ],
                "photo_url": reverse("stored_file", kwargs={"slug": slug, "file_id": finding.photo_id})
                if finding.photo_id
                else "",
                "may_act": may_act and outcome.standing in TO_TAKE_UP,
                "action_url": reverse("checklists:finding_action", kwargs=kwargs)
                if may_act and may("actions.write")
                else "",
                "project_url": reverse("checklists:finding_project", kwargs=kwargs)
                if may_act
                and may("projects.write")
                and outcome.standing not in {Standing.NOTHING, Standing.DEALT_WITH}
                else "",
            }
        )
    return views


def round_context(request: HttpRequest, slug: str, walked: WalkRound) -> dict[str, Any]:
    """What the page of a round and its sheet of paper show."""
    day = local_day(request.enterprise, timezone.now())
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    current = checklist or find_checklist(walked.checklist_code)
    place = Area.objects.filter(code=walked.area_code).first()
    names = {section.code: in_words(section.name) for section in current.sections} if current else {}
    sections = [
        {
            "name": names.get(code) or code,
            "points": points,
            "possible": possible,
            "percent": percent(points, possible),
            "findings": found,
        }
        for code, (points, possible, found) in walked.sections.items()
    ]
    return {
        "walked": walked,
        "list_name": in_words(current.name) if current else walked.checklist_code,
        "place": place,
        "area_name": area_name(place) if place else walked.area_code,
        "area_url": reverse("checklists:area", kwargs={"slug": slug, "code": place.code}) if place else "",
        "state": ROUND_LABELS[RoundStatus(walked.status)],
        "is_withdrawn": walked.status == RoundStatus.WITHDRAWN,
        "kind_label": KIND_LABELS[Kind(walked.kind)],
        "percent": percent(walked.points, walked.points_possible),
        "sections": sections,
        "compared": compared(walked),
        "findings": finding_views(request, walked, day),
        "facts": [
            (_("Code"), walked.code),
            (_("Checklist"), in_words(current.name) if current else walked.checklist_code),
            (_("Version of the questions"), walked.checklist_pin.partition(":")[0].rpartition("@")[2]),
            (_("Walked by"), walked.auditor_name),
            (_("Begun on"), day_words(walked.started_date)),
            (_("Finished on"), day_words(walked.finished_date)),
            (_("Reason"), walked.reason),
        ],
        "day": day,
        "back_url": reverse("checklists:hub", kwargs={"slug": slug}),
        "print_url": reverse("checklists:result", kwargs={"slug": slug, "code": walked.code}),
    }


def round_page(
    request: HttpRequest, slug: str, walked: WalkRound, status: int = 200, notice: str = ""
) -> HttpResponse:
    """The page of a round, perhaps with what is to be put right first."""
    context = round_context(request, slug, walked)
    name, user_id = owner_of(context["place"], context["day"])
    context |= {
        "notice": notice,
        "may_report": request.actor.may("safety.report"),
        "may_withdraw": request.actor.may("checklists.manage") and walked.status == RoundStatus.FINISHED,
        "owner_name": name,
        "owner_user_id": user_id,
        "action_day": context["day"] + timedelta(days=ACTION_DAYS),
    }
    return render(request, "checklists/round.html", context, status=status)
