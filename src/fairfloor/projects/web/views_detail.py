"""One project: its four steps, its photos and story, its facts and what can be done now."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core import audit
from fairfloor.core.access import page
from fairfloor.organisations.public import department_names, local_day
from fairfloor.projects.behind import origin_sources
from fairfloor.projects.changes import is_own_work
from fairfloor.projects.labels import (
    STATUS_KINDS,
    STATUS_LABELS,
    UNKNOWN_PERSON,
    module_name,
    money,
    saving_text,
    story,
    tag_names,
    verified_text,
)
from fairfloor.projects.selectors import suggestions_behind
from fairfloor.projects.web.acting import find_project, url_of
from fairfloor.projects.web.photos import photo_pair
from fairfloor.projects.web.sections import (
    benefit_section,
    finding_section,
    hazard_section,
    measured_section,
    origin_section,
    visit_section,
)
from fairfloor.projects.workflow import (
    COMPLETED,
    OPEN,
    PHOTO_POSSIBLE,
    PLAN_EDITABLE,
    WORK_EDITABLE,
    Status,
    Step,
    is_filled,
    is_late,
    next_step,
)
from fairfloor.suggestions.public import Status as SuggestionStatus

_SHOWN_WORDS = 90


def _steps(request, project, upcoming):
    """The four steps with what they say; one of them may be the next."""
    shown = [
        (
            Step.PLAN,
            _("Plan"),
            "plan",
            PLAN_EDITABLE,
            [(_("The problem"), project.problem), (_("The target"), project.target)],
            _("What is wrong, and what shall be reached?"),
        ),
        (
            Step.DO,
            _("Do"),
            "do",
            WORK_EDITABLE,
            [("", project.measures)],
            _("What was done about it?"),
        ),
        (
            Step.CHECK,
            _("Check"),
            "check",
            WORK_EDITABLE,
            [("", project.check_result), (_("Why there is no result"), project.no_check_reason)],
            _("Has the target been reached?"),
        ),
        (
            Step.ACT,
            _("Act"),
            "act",
            WORK_EDITABLE,
            [(_("What we learned"), project.learned), (_("The new standard"), project.standard)],
            _("What stays from now on?"),
        ),
    ]
    may_write = request.actor.may("projects.write")
    return [
        {
            "name": name,
            "state": "next" if step is upcoming else "filled" if is_filled(project, step) else "later",
            "texts": [(label, text) for label, text in texts if text],
            "question": question,
            "url": url_of(request, address, project)
            if may_write and project.status in statuses and step is not upcoming
            else "",
        }
        for step, name, address, statuses, texts, question in shown
    ]


def _primary(request, project, upcoming):
    """The one thing to do now, for somebody who may do it."""
    words = {
        Step.START: ("begin", _("Start the work"), "player-play"),
        Step.PLAN: ("plan", _("Write the plan"), "pencil"),
        Step.DO: ("do", _("Write what was done"), "pencil"),
        Step.CHECK: ("check", _("Record the result"), "clipboard-check"),
        Step.ACT: ("act", _("Write what stays"), "pencil"),
        Step.FINISH: ("finish", _("Finish the project"), "flag"),
        Step.VERIFY: ("verify", _("Verify the result"), "circle-check"),
    }
    permission = "projects.verify" if upcoming is Step.VERIFY else "projects.write"
    if upcoming not in words or not request.actor.may(permission):
        return None
    if upcoming is Step.VERIFY and is_own_work(project, request.actor):
        return None
    name, label, icon = words[upcoming]
    return {"url": url_of(request, name, project), "label": label, "icon": icon, "name": name}


def _actions(request, project, primary):
    """What else can be done now, the rarest last."""
    may, status = request.actor.may, project.status
    offered = []
    if may("projects.write"):
        if status == Status.IDEA:
            offered.append(("approve", _("Approve this idea")))
        if status == Status.IN_PROGRESS:
            offered.append(("finish", _("Finish the project")))
        if status in PLAN_EDITABLE:
            offered.append(("members", _("Say who works on it")))
        if status in COMPLETED:
            offered.append(("elsewhere", _("Where else could this work?")))
        if status in PHOTO_POSSIBLE:
            offered.append(("photos", _("Photos before and after")))
        if status in OPEN and may("suggestions.view"):
            offered.append(("suggestions", _("Add suggestions")))
        if status in OPEN and may("safety.view"):
            offered.append(("hazards", _("Add hazards")))
        if status in COMPLETED or status == Status.CANCELLED:
            offered.append(("reopen", _("Open the project again")))
        if status in OPEN:
            offered.append(("cancel", _("Stop the project")))
    if may("projects.correct") and status != Status.WITHDRAWN:
        offered += [("correct", _("Correct an entry")), ("withdraw", _("Withdraw a wrong entry"))]
    taken = primary["name"] if primary else ""
    told = [
        {"url": url_of(request, name, project), "label": label} for name, label in offered if name != taken
    ]
    if may("projects.write") and status in OPEN:
        kwargs = {"slug": request.enterprise.slug, "code": project.code}
        told[:0] = [
            {"url": reverse(source.add_url_name, kwargs=kwargs), "label": source.add_label}
            for source in origin_sources()
            if may(source.permission)
        ]
    if status in COMPLETED and may("board.release"):
        kind = "PHOTO" if project.photo_before_id and project.photo_after_id else "PROJECT"
        url = reverse("desk:board_release", kwargs={"slug": request.enterprise.slug})
        query = urlencode({"kind": kind, "code": project.code})
        told.append({"url": f"{url}?{query}", "label": _("Put it on the board")})
    return told


def _facts(request, project, day):
    language = get_language() or "en"
    currency = request.enterprise.currency
    departments = department_names(language)
    late = is_late(project.status, project.due_date, day)
    facts = [
        {"label": _("Code"), "value": project.code},
        {"label": _("Owner"), "value": project.owner_name or UNKNOWN_PERSON},
        {
            "label": _("Department"),
            "value": departments.get(project.department_code, project.department_code),
        },
        {"label": _("Start"), "value": project.start_date},
        {"label": _("Due"), "value": project.due_date, "is_late": late},
        {"label": _("Finished"), "value": project.finish_date},
        {"label": _("Cost"), "value": money(project.cost, currency)},
        {"label": _("Saving"), "value": saving_text(project, currency), "more": project.saving_effect},
        {"label": _("Verified by"), "value": verified_text(project)},
        {"label": _("Module"), "value": module_name(project.module, language) if project.module else ""},
        {"label": _("Tags"), "value": _(", ").join(tag_names(project, language))},
    ]
    always = {_("Owner"), _("Due")}
    return [fact for fact in facts if fact["value"] or fact["label"] in always]


@page("projects.view")
def project_detail(request, slug, code):
    """One project."""
    project = find_project(code)
    day = local_day(request.enterprise, timezone.now())
    upcoming = next_step(project)
    primary = _primary(request, project, upcoming)
    behind = list(suggestions_behind(project)[:50])
    may_read_words = request.actor.may("suggestions.view")
    is_reopened = project.status in COMPLETED and any(
        suggestion.status == SuggestionStatus.ACCEPTED for suggestion in behind
    )
    suggestions = [
        {
            "url": reverse("suggestions:detail", kwargs={"slug": slug, "code": suggestion.code}),
            "words": (suggestion.title or suggestion.text)[:_SHOWN_WORDS],
            "code": suggestion.code,
        }
        for suggestion in behind
        if may_read_words
    ]
    return render(
        request,
        "projects/project_detail.html",
        {
            "project": project,
            "state": _state(project, day),
            "primary": primary,
            "steps": _steps(request, project, upcoming),
            "waits_for_other": upcoming is Step.VERIFY and primary is None,
            **photo_pair(slug, project),
            "has_photos": bool(project.photo_before_id or project.photo_after_id),
            "can_add_photos": request.actor.may("projects.write") and project.status in PHOTO_POSSIBLE,
            "photos_url": url_of(request, "photos", project),
            "entries": story(audit.story_of(project)),
            "facts": _facts(request, project, day),
            **benefit_section(request, project),
            **visit_section(request, project, day),
            **finding_section(request, project),
            **measured_section(request, project),
            **hazard_section(request, project),
            **origin_section(request, project, day),
            "suggestions": suggestions,
            "suggestion_count": len(behind),
            "may_read_words": may_read_words,
            "is_reopened": is_reopened,
            "reopen_url": url_of(request, "reopen", project) if request.actor.may("projects.write") else "",
            "actions": _actions(request, project, primary),
            "back_url": reverse("projects:list", kwargs={"slug": slug}),
        },
    )


def _state(project, day):
    if is_late(project.status, project.due_date, day):
        return {"kind": "stop", "label": _("%(status)s, late") % {"status": STATUS_LABELS[project.status]}}
    return {"kind": STATUS_KINDS[project.status], "label": STATUS_LABELS[project.status]}
