"""Starting a project."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.organisations.public import local_day
from fairfloor.projects.changes import Refused
from fairfloor.projects.labels import REASONS
from fairfloor.projects.selectors import hazard_options, people_with_login, suggestion_options
from fairfloor.projects.services import start_project
from fairfloor.projects.web.forms import NewForm


@page("projects.write")
def project_new(request, slug):
    """Start a project, perhaps for one suggestion or hazard (``?suggestion=CODE``, ``?hazard=CODE``)."""
    people = people_with_login()
    chosen = request.GET.get("suggestion", "") if request.actor.may("suggestions.view") else ""
    options = suggestion_options(chosen) if request.actor.may("suggestions.view") else []
    # Hazards are offered where the project starts from one, so that the form stays short.
    danger = request.GET.get("hazard", "") if request.actor.may("safety.view") else ""
    dangers = hazard_options(danger) if danger else []
    choices = {
        "suggestions": [option[:2] for option in options],
        "hazards": [option[:2] for option in dangers],
    }
    context = {
        "title": _("Start a project"),
        "lead": _("Say what shall become better. The plan can grow later."),
        "button": _("Start the project"),
        "people": people,
        "back_url": reverse("projects:list", kwargs={"slug": slug}),
    }
    if request.method != "POST":
        picked = [key for key, _words, code in options if code == chosen]
        initial = {
            "suggestion_ids": picked,
            "hazard_ids": [key for key, _words, code in dangers if code == danger],
            "owner_name": request.actor.name,
        }
        form = NewForm(initial=initial, people=people, **choices)
        return render(request, "projects/project_form.html", {**context, "form": form})
    form = NewForm(request.POST, people=people, **choices)
    if form.is_valid():
        at = timezone.now()
        try:
            project = start_project(
                actor=request.actor, day=local_day(request.enterprise, at), at=at, **form.values()
            )
        except Refused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else None, str(REASONS[refused.reason])
            )
        else:
            messages.success(request, _("The project has started. Write the plan next."))
            response = redirect("projects:detail", slug=slug, code=project.code)
            response.status_code = 303
            return response
    return render(request, "projects/project_form.html", {**context, "form": form}, status=422)
