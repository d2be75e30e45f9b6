"""How every page that changes a project answers: 303 done, 422 not yet, 409 somebody was quicker, 404, 403."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.core import audit
from fairfloor.core.ui.formatting import format_number
from fairfloor.organisations.public import local_day
from fairfloor.projects.changes import MoveNotAllowed, Refused, StaleEdit
from fairfloor.projects.labels import REASONS, STATUS_LABELS, module_choices, story, tag_choices
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.web.forms import ProjectForm

TEMPLATE = "projects/project_form.html"


def find_project(code: str) -> ImprovementProject:
    """The project of that code in the factory in scope, or 404."""
    project = ImprovementProject.objects.filter(code=code).first()
    if project is None:
        raise Http404
    return project


def url_of(request: HttpRequest, name: str, project: ImprovementProject) -> str:
    """The address of one of the project's pages."""
    return reverse(f"projects:{name}", kwargs={"slug": request.enterprise.slug, "code": project.code})


def act_on(
    request: HttpRequest,
    project: ImprovementProject,
    form_class: type[ProjectForm],
    verb: Callable[..., ImprovementProject],
    *,
    title: str,
    button: str,
    done: str,
    statuses: frozenset,
    lead: str = "",
    is_stop: bool = False,
    form_options: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
    template: str = TEMPLATE,
) -> HttpResponse:
    """Show the form of one act, or carry the act out through ``verb`` (one service call) and go back to the project.

    ``statuses`` are those from which it can be done: the page of an act that is not possible now leads back.
    """
    page = {
        "project": project,
        "title": title,
        "lead": lead,
        "button": button,
        "is_stop": is_stop,
        "back_url": url_of(request, "detail", project),
        **(context or {}),
    }
    options = form_options or {}
    if request.method != "POST":
        if project.status not in statuses:
            messages.info(request, _impossible(project))
            return redirect(page["back_url"])
        form = form_class(project=project, initial=initial, **options)
        return render(request, template, {**page, "form": form})
    form = form_class(request.POST, request.FILES, project=project, **options)
    if not form.is_valid():
        return render(request, template, {**page, "form": form}, status=422)
    at = timezone.now()
    try:
        verb(
            actor=request.actor,
            project_id=project.pk,
            day=local_day(request.enterprise, at),
            at=at,
            version=form.cleaned_data.get("version"),
            **form.values(),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(REASONS[refused.reason]))
        return render(request, template, {**page, "form": form}, status=422)
    except StaleEdit as stale:
        return _stale_page(request, template, page, form_class, form, stale.project, options)
    except MoveNotAllowed:
        project.refresh_from_db()
        changes = story(audit.story_of(project))[:3]
        conflict = {**page, "sentence": _impossible(project), "changes": changes}
        return render(request, "projects/project_conflict.html", conflict, status=409)
    messages.success(request, done)
    response = redirect(page["back_url"])
    response.status_code = 303
    return response


def _impossible(project: ImprovementProject) -> str:
    return _("This cannot be done now: the project stands at “%(status)s”.") % {
        "status": STATUS_LABELS[project.status]
    }


def _stale_page(request, template, page, form_class, form, project, options) -> HttpResponse:
    """The form again with what the person wrote, who changed what meanwhile, and what is saved now."""
    written = form.data.copy()
    seen = form.cleaned_data.get("version") or 0
    written["version"] = str(project.version)
    again = form_class(written, project=project, **options)
    again.is_valid()
    events = story(audit.story_of(project))
    differences = []
    for name, value in form.cleaned_data.items():
        if name == "version" or not hasattr(project, name):
            continue
        current = again.initial.get(name)
        if _same(value, current):
            continue
        differences.append({"label": form.fields[name].label, "saved": _shown(name, current)})
    context = {
        **page,
        "project": project,
        "form": again,
        "changes": [entry for entry in events if entry["version"] > seen] or events[:1],
        "differences": differences,
        "is_stale": True,
    }
    return render(request, template, context, status=409)


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, list | tuple):
        return set(one) == set(two or ())
    return (one if one is not None else "") == (two if two is not None else "")


def _shown(name: str, value: Any) -> str:
    if value in (None, "", ()):
        return _("Nothing")
    language = get_language() or "en"
    if name == "tags":
        names = dict(tag_choices(language))
        return _(", ").join(names.get(code, code) for code in value)
    if name == "module":
        return dict(module_choices(language)).get(value, value)
    if name.endswith("_date"):
        return date_format(value, "DATE_FORMAT")
    if name in {"cost", "saving"}:
        return format_number(value, 2)
    return str(value)
