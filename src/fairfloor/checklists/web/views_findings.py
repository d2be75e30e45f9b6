"""What becomes of a finding: a hazard or an action in one tap, a project, or nothing for a reason."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairfloor.checklists.labels import area_names, in_words
from fairfloor.checklists.models import Area, Finding, WalkRound
from fairfloor.checklists.outcomes import findings_to_take_up
from fairfloor.checklists.services import findings as services
from fairfloor.checklists.web.forms import (
    FindingActionForm,
    FindingProjectForm,
    FindingsForm,
    LinkProjectForm,
)
from fairfloor.checklists.web.rounds import (
    ACTION_DAYS,
    form_version,
    owner_of,
    round_or_404,
    round_page,
    round_url,
)
from fairfloor.core.access import Forbidden, page
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.records import day_words, form_page, stale_page, story
from fairfloor.organisations.public import local_day
from fairfloor.projects.public import OPEN, REASONS, ImprovementProject, Refused, people_with_login

# So many can be looked through; the rest waits for its round to be opened.
MOST_OFFERED = 100


def _finding(code: str, finding: str) -> tuple[WalkRound, Finding]:
    walked = round_or_404(code)
    found = Finding.objects.filter(code=finding, round_code=code).first()
    if found is None:
        raise Http404
    return walked, found


def _back(slug: str, finding: Finding) -> HttpResponseRedirect:
    """To the finding among those of its round: the next one is near."""
    response = HttpResponseRedirect(round_url(slug, finding.round_code, finding.code))
    response.status_code = 303
    return response


def _stale(request: HttpRequest, slug: str, finding: Finding):
    return stale_page(request, story(finding, {}, {}, {}), round_url(slug, finding.round_code, finding.code))


@require_POST
@page("checklists.run")
def finding_act(request, slug, code, finding, act):
    """Make a hazard of a finding, name the hazard it is, or say why nothing is needed."""
    walked, found = _finding(code, finding)
    if act not in {"hazard", "known", "nothing"}:
        raise Http404
    at = timezone.now()
    common = {"actor": request.actor, "finding_id": found.pk, "at": at, "version": form_version(request)}
    try:
        if act == "hazard":
            services.make_hazard(**common, question=in_words(found.question))
        elif act == "known":
            known = request.POST.get("hazard_code", "").strip().upper()
            services.link_hazard(**common, hazard_code=known)
        else:
            services.drop_finding(**common, reason=request.POST.get("reason", "")[:1000])
    except (MoveNotAllowed, StaleEdit):
        return _stale(request, slug, found)
    except services.ReasonMissing:
        words = _("Say why nothing is needed; whoever looks later reads it.")
        return round_page(request, slug, walked, 422, words)
    except services.HazardUnknown:
        words = _("There is no hazard with this code. It begins with H-, as in the list of hazards.")
        return round_page(request, slug, walked, 422, words)
    return _back(slug, found)


@page("checklists.run")
def finding_action(request, slug, code, finding):
    """Make an action of a finding: who does it, by when."""
    if not request.actor.may("actions.write"):
        raise Forbidden("actions.write")
    walked, found = _finding(code, finding)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    name, user_id = owner_of(Area.objects.filter(code=walked.area_code).first(), day)
    initial = {
        "owner_user_id": user_id,
        "owner_name": "" if user_id else name,
        "due_date": day + timedelta(days=ACTION_DAYS),
        "version": found.version,
    }
    form = FindingActionForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.make_action(
                actor=request.actor,
                finding_id=found.pk,
                question=in_words(found.question),
                day=day,
                at=at,
                **form.cleaned_data,
            )
        except (MoveNotAllowed, StaleEdit):
            return _stale(request, slug, found)
        return _back(slug, found)
    return form_page(
        request,
        form,
        _("Make it an action"),
        back_url=round_url(slug, code, found.code),
        submit_label=_("Make it an action"),
        notes=[("info", services.words_of(found, in_words(found.question)))],
    )


def _open_projects() -> list[tuple[str, str]]:
    rows = ImprovementProject.objects.filter(status__in=sorted(OPEN)).order_by("title", "id")
    return [(row.code, f"{row.title} · {row.code}") for row in rows[:500]]


@page("checklists.run")
def finding_project(request, slug, code, finding):
    """Start a project because of a finding, or put it behind one that runs already."""
    if not request.actor.may("projects.write"):
        raise Forbidden("projects.write")
    walked, found = _finding(code, finding)
    at = timezone.now()
    day = local_day(request.enterprise, at)
    people, running = people_with_login(), _open_projects()
    words = services.words_of(found, in_words(found.question))
    owner_name, _user = owner_of(Area.objects.filter(code=walked.area_code).first(), day)
    initial = {
        "title": (found.words or in_words(found.question)).splitlines()[0][:200] if words else "",
        "problem": words,
        "owner_name": owner_name or request.actor.name,
        "version": found.version,
    }
    is_link = request.method == "POST" and request.POST.get("act") == "link"
    is_start = request.method == "POST" and not is_link
    start = FindingProjectForm(request.POST if is_start else None, initial=initial)
    link = LinkProjectForm(
        request.POST if is_link else None,
        projects=running,
        initial={"version": found.version},
        auto_id="link_%s",
    )
    common = {"actor": request.actor, "finding_id": found.pk, "day": day, "at": at}
    try:
        if is_link and link.is_valid():
            project = services.link_project(**common, **link.cleaned_data)
            messages.success(request, _("The finding now stands behind the project."))
            return _to_project(slug, project)
        if is_start and start.is_valid():
            values = start.cleaned_data
            project = services.start_project_of(
                **common,
                **values,
                owner_user_id=people.get(values["owner_name"].strip()),
                department_code=found.department_code,
            )
            messages.success(request, _("The project has started. Write the plan next."))
            return _to_project(slug, project)
    except Refused as refused:
        field = refused.field if refused.field in start.fields else None
        start.add_error(field, str(REASONS[refused.reason]))
    except (MoveNotAllowed, StaleEdit):
        return _stale(request, slug, found)
    except services.ProjectUnknown:
        link.add_error("project_code", _("This project is not here any more. Choose another one."))
    context = {
        "start": start,
        "link": link if running else None,
        "people": people,
        "words": words,
        "finding": found,
        "back_url": round_url(slug, code, found.code),
    }
    status = 422 if start.is_bound or link.is_bound else 200
    return render(request, "checklists/finding_project.html", context, status=status)


@require_POST
@page("checklists.run")
def finding_unlink(request, slug, code, finding):
    """Take back that a finding stands behind a project."""
    if not request.actor.may("projects.write"):
        raise Forbidden("projects.write")
    walked, found = _finding(code, finding)
    at = timezone.now()
    try:
        waits = services.unlink_project(
            actor=request.actor,
            finding_id=found.pk,
            project_code=request.POST.get("project_code", "")[:20],
            day=local_day(request.enterprise, at),
            at=at,
            version=form_version(request),
        )
    except (MoveNotAllowed, StaleEdit):
        return _stale(request, slug, found)
    except services.ProjectUnknown:
        words = _("This project is not here any more, so nothing was taken back.")
        return round_page(request, slug, walked, 422, words)
    words = _("The finding no longer stands behind the project.")
    if waits:
        words = _("The finding no longer stands behind the project and waits for somebody again.")
    messages.success(request, words)
    return _back(slug, found)


def _to_project(slug: str, project: ImprovementProject):
    response = redirect("projects:detail", slug=slug, code=project.code)
    response.status_code = 303
    return response


@page("checklists.run")
def project_findings(request, slug, code):
    """Put findings that nobody took up behind a project."""
    if not request.actor.may("projects.write"):
        raise Forbidden("projects.write")
    project = ImprovementProject.objects.filter(code=code).first()
    if project is None:
        raise Http404
    rows = list(findings_to_take_up()[:MOST_OFFERED])
    if request.method != "POST" and (not rows or project.status not in OPEN):
        words = (
            _("No finding waits for somebody now.") if not rows else _("The project is not open any more.")
        )
        messages.info(request, words)
        return redirect("projects:detail", slug=slug, code=code)
    places = dict(
        WalkRound.objects.filter(code__in={row.round_code for row in rows}).values_list("code", "area_code")
    )
    names = area_names()
    choices = []
    for row in rows:
        area = places.get(row.round_code, "")
        parts = [
            row.code,
            day_words(row.found_date),
            names.get(area, area),
            services.words_of(row, in_words(row.question)),
        ]
        choices.append((str(row.pk), " · ".join(part for part in parts if part)[:300]))
    form = FindingsForm(request.POST or None, choices=choices, initial={"version": project.version})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            services.link_findings(
                actor=request.actor,
                project_id=project.pk,
                day=local_day(request.enterprise, at),
                at=at,
                **form.cleaned_data,
            )
        except (MoveNotAllowed, StaleEdit):
            url = reverse("projects:detail", kwargs={"slug": slug, "code": code})
            return stale_page(request, [], url)
        messages.success(request, _("The findings now stand behind this project."))
        return _to_project(slug, project)
    return form_page(
        request,
        form,
        _("Add findings to “%(title)s”") % {"title": project.title},
        back_url=reverse("projects:detail", kwargs={"slug": slug, "code": code}),
        submit_label=_("Add"),
        notes=[
            (
                "info",
                _(
                    "These findings wait for somebody. One that became something else is linked from its round."
                ),
            )
        ],
    )
