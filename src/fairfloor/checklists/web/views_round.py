"""One round and what becomes of its findings; an area's course; both on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairfloor.checklists.catalog import checklist_of, find_checklist
from fairfloor.checklists.labels import (
    FINDING_KINDS,
    FINDING_LABELS,
    KIND_LABELS,
    ROUND_LABELS,
    VALUE_LABELS,
    area_name,
    in_words,
)
from fairfloor.checklists.models import Area, Finding, WalkRound
from fairfloor.checklists.selectors import compare, course_of, findings_of, outcomes_done, previous_round
from fairfloor.checklists.services import findings as finding_services
from fairfloor.checklists.services.rounds import withdraw_round
from fairfloor.checklists.web.pages import area_or_404, checklist_or_404, sections_of
from fairfloor.checklists.workflow import FindingStatus, Kind, RoundStatus
from fairfloor.core.access import page
from fairfloor.core.charts import Series, line
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.formatting import format_share
from fairfloor.core.ui.records import day_words, see_other, stale_page, story
from fairfloor.organisations.public import local_day

# An action made in one tap is due in two weeks.
ACTION_DAYS = 14


def _round(code: str) -> WalkRound:
    walked = WalkRound.objects.filter(code=code).first()
    if walked is None:
        raise Http404
    return walked


def _percent(points: int, possible: int) -> str:
    return format_share(points / possible if possible else None)


def _compared(walked: WalkRound) -> str:
    found = compare(walked, previous_round(walked))
    if found is None:
        return _("This is the first round here with this list.")
    return _("Against %(day)s: better in %(better)s sections, worse in %(worse)s, the same in %(same)s.") % {
        "day": day_words(found.before.finished_date),
        "better": found.better,
        "worse": found.worse,
        "same": found.same,
    }


def _finding_views(slug: str, walked: WalkRound, may_act: bool) -> list[dict[str, Any]]:
    findings = findings_of(walked.code)
    done = outcomes_done(findings)
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    order = {item.code: number for number, item in enumerate(checklist.items if checklist else (), 1)}
    views = []
    for finding in sorted(findings, key=lambda each: (order.get(each.item, 999), each.item)):
        status = FindingStatus(finding.status)
        url = ""
        if status == FindingStatus.HAZARD:
            url = reverse("safety:hazard", kwargs={"slug": slug, "code": finding.outcome_code})
        elif status == FindingStatus.ACTION:
            url = reverse("actions:detail", kwargs={"slug": slug, "code": finding.outcome_code})
        views.append(
            {
                "finding": finding,
                "number": order.get(finding.item, finding.item),
                "question": in_words(finding.question),
                "kind": "good" if finding.outcome_code in done else FINDING_KINDS[status],
                "label": _("Dealt with") if finding.outcome_code in done else FINDING_LABELS[status],
                "outcome_url": url,
                "photo_url": reverse("stored_file", kwargs={"slug": slug, "file_id": finding.photo_id})
                if finding.photo_id
                else "",
                "may_act": may_act and status == FindingStatus.OPEN,
            }
        )
    return views


def _context(request, slug: str, walked: WalkRound) -> dict[str, Any]:
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    current = checklist or find_checklist(walked.checklist_code)
    place = Area.objects.filter(code=walked.area_code).first()
    names = {section.code: in_words(section.name) for section in current.sections} if current else {}
    sections = [
        {
            "name": names.get(code) or code,
            "points": points,
            "possible": possible,
            "percent": _percent(points, possible),
            "findings": found,
        }
        for code, (points, possible, found) in walked.sections.items()
    ]
    may_act = request.actor.may("checklists.run") and walked.status == RoundStatus.FINISHED
    return {
        "walked": walked,
        "list_name": in_words(current.name) if current else walked.checklist_code,
        "area_name": area_name(place) if place else walked.area_code,
        "area_url": reverse("checklists:area", kwargs={"slug": slug, "code": place.code}) if place else "",
        "state": ROUND_LABELS[RoundStatus(walked.status)],
        "is_withdrawn": walked.status == RoundStatus.WITHDRAWN,
        "kind_label": KIND_LABELS[Kind(walked.kind)],
        "percent": _percent(walked.points, walked.points_possible),
        "sections": sections,
        "compared": _compared(walked),
        "findings": _finding_views(slug, walked, may_act),
        "facts": [
            (_("Code"), walked.code),
            (_("Checklist"), in_words(current.name) if current else walked.checklist_code),
            (_("Version of the questions"), walked.checklist_pin.partition(":")[0]),
            (_("Walked by"), walked.auditor_name),
            (_("Begun on"), day_words(walked.started_date)),
            (_("Finished on"), day_words(walked.finished_date)),
            (_("Reason"), walked.reason),
        ],
        "back_url": reverse("checklists:hub", kwargs={"slug": slug}),
        "print_url": reverse("checklists:result", kwargs={"slug": slug, "code": walked.code}),
    }


@page("checklists.view")
def detail(request, slug, code):
    """What a round found, and what becomes of it."""
    return _detail(request, slug, _round(code))


def _detail(request, slug: str, walked: WalkRound, status: int = 200, notice: str = ""):
    context = {
        **_context(request, slug, walked),
        "notice": notice,
        "may_report": request.actor.may("safety.report"),
        "may_add_action": request.actor.may("actions.write"),
        "may_withdraw": request.actor.may("checklists.manage") and walked.status == RoundStatus.FINISHED,
    }
    return render(request, "checklists/round.html", context, status=status)


@page("checklists.view")
def result(request, slug, code):
    """A round on paper."""
    walked = _round(code)
    checklist = checklist_of(walked.checklist_pin, walked.checklist_code)
    answers = []
    for section in sections_of(checklist) if checklist else ():
        rows = []
        for item in section["items"]:
            value, words = walked.answers.get(item["code"], ["", ""])
            rows.append({**item, "value": VALUE_LABELS.get(value, ""), "words": words})
        answers.append({"name": section["name"], "items": rows})
    return render(
        request, "checklists/result_print.html", {**_context(request, slug, walked), "answers": answers}
    )


@page("checklists.view")
def blank(request, slug, code):
    """A list on paper, to walk with a pencil."""
    checklist = checklist_or_404(code)
    is_scored = checklist.kind == Kind.FIVE_S
    context = {
        "name": in_words(checklist.name),
        "introduction": in_words(checklist.introduction) if checklist.introduction else "",
        "sections": sections_of(checklist),
        "columns": ["0", "1", "2", "3", "4"] if is_scored else [_("OK"), _("Not OK")],
        "pin": checklist.pin.partition(":")[0],
    }
    return render(request, "checklists/blank_print.html", context)


def _version(request) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isdigit() and len(value) < 10 else None


@require_POST
@page("checklists.run")
def finding_act(request, slug, code, finding, act):
    """Make a hazard or an action of a finding, or say why nothing is needed."""
    walked = _round(code)
    found = Finding.objects.filter(code=finding, round_code=code).first()
    if found is None or act not in {"hazard", "action", "known", "nothing"}:
        raise Http404
    at = timezone.now()
    day = local_day(request.enterprise, at)
    common = {"actor": request.actor, "finding_id": found.pk, "at": at, "version": _version(request)}
    try:
        if act == "hazard":
            finding_services.make_hazard(**common, question=in_words(found.question))
        elif act == "action":
            place = Area.objects.filter(code=walked.area_code).first()
            finding_services.make_action(
                **common,
                question=in_words(found.question),
                owner_name=place.owner_name if place else "",
                owner_user_id=place.owner_user_id if place else None,
                due_date=day + timedelta(days=ACTION_DAYS),
                day=day,
            )
        elif act == "known":
            known = request.POST.get("hazard_code", "").strip().upper()
            finding_services.link_hazard(**common, hazard_code=known)
        else:
            finding_services.drop_finding(**common, reason=request.POST.get("reason", "")[:1000])
    except (MoveNotAllowed, StaleEdit):
        return stale_page(request, story(found, {}, {}, {}), _url(slug, code))
    except finding_services.ReasonMissing:
        return _detail(
            request, slug, walked, 422, _("Say why nothing is needed; whoever looks later reads it.")
        )
    except finding_services.HazardUnknown:
        words = _("There is no hazard with this code. It begins with H-, as in the list of hazards.")
        return _detail(request, slug, walked, 422, words)
    return see_other("checklists:round", slug=slug, code=code)


def _url(slug: str, code: str) -> str:
    return reverse("checklists:round", kwargs={"slug": slug, "code": code})


@require_POST
@page("checklists.manage")
def withdraw(request, slug, code):
    """Take a wrong round back."""
    walked = _round(code)
    try:
        withdraw_round(
            actor=request.actor,
            round_id=walked.pk,
            reason=request.POST.get("reason", "")[:1000],
            at=timezone.now(),
            version=_version(request),
        )
    except (MoveNotAllowed, StaleEdit):
        return stale_page(request, story(walked, {}, {}, {}), _url(slug, code))
    except ValueError:
        return _detail(request, slug, walked, 422, _("Say why this round is taken back."))
    return see_other("checklists:round", slug=slug, code=code)


def _course(place: Area, rounds: list[WalkRound]) -> dict[str, Any] | None:
    """The 5S score over time: sentence, picture, table."""
    if not rounds:
        return None
    first, last = rounds[0], rounds[-1]
    now, before = _percent(last.points, last.points_possible), _percent(first.points, first.points_possible)
    if len(rounds) == 1:
        sentence = _("One 5S audit so far: %(now)s.") % {"now": now}
    else:
        sentence = _("5S score %(now)s, %(before)s at the first of %(count)s audits.") % {
            "now": now,
            "before": before,
            "count": len(rounds),
        }
    values = [100 * each.points / each.points_possible for each in rounds]
    labels = [day_words(each.finished_date) for each in rounds]
    rows = [
        [label, _percent(each.points, each.points_possible), f"{each.points} / {each.points_possible}"]
        for label, each in zip(labels, rounds, strict=True)
    ]
    return {
        "sentence": sentence,
        "basis": _("Points given of points possible, every finished audit of this area."),
        "svg": line(
            "five-s",
            sentence,
            [each.finished_date.strftime("%m-%d") for each in rounds],
            [Series(area_name(place), values)],
            from_zero=True,
        )
        if len(rounds) > 1
        else "",
        "table": {"headings": [_("Day"), _("Score"), _("Points")], "rows": rows},
    }


@require_safe
@page("checklists.view")
def area(request, slug, code):
    """An area: its 5S score over time and its latest rounds."""
    place = area_or_404(code)
    rounds = WalkRound.objects.filter(area_code=code).order_by("-finished_date", "-id")[:20]
    views = []
    for each in rounds:
        checklist = find_checklist(each.checklist_code)
        name = in_words(checklist.name) if checklist else each.checklist_code
        views.append(
            {
                "url": _url(slug, each.code),
                "text": f"{day_words(each.finished_date)} · {name}",
                "percent": _percent(each.points, each.points_possible),
            }
        )
    context = {
        "place": place,
        "name": area_name(place),
        "course": _course(place, course_of(code)),
        "rounds": views,
        "back_url": reverse("checklists:areas", kwargs={"slug": slug}),
        "change_url": reverse("checklists:area_change", kwargs={"slug": slug, "code": code})
        if request.actor.may("checklists.manage")
        else "",
    }
    return render(request, "checklists/area.html", context)
