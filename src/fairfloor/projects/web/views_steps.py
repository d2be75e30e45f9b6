"""Starting, planning, doing, checking, acting; photos and suggestions."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fairfloor.core.access import Forbidden, page
from fairfloor.core.files import FileRefused
from fairfloor.projects import services
from fairfloor.projects.selectors import hazard_options, people_with_login, suggestion_options
from fairfloor.projects.web import forms
from fairfloor.projects.web.acting import act_on, find_project
from fairfloor.projects.web.photos import photo_context
from fairfloor.projects.workflow import OPEN, PHOTO_POSSIBLE, PLAN_EDITABLE, WORK_EDITABLE, Status


@page("projects.write")
def project_approve(request, slug, code):
    """Agree to an idea."""
    return act_on(
        request,
        find_project(code),
        forms.OnlyVersionForm,
        services.approve_project,
        title=_("Approve this idea"),
        lead=_("The team agrees to carry it out. Work starts when somebody takes it up."),
        button=_("Approve"),
        done=_("The idea is approved."),
        statuses=frozenset({Status.IDEA}),
    )


@page("projects.write")
def project_begin(request, slug, code):
    """Start work on an idea."""
    return act_on(
        request,
        find_project(code),
        forms.OnlyVersionForm,
        services.begin_project,
        title=_("Start the work"),
        lead=_("From today the project is in progress."),
        button=_("Start"),
        done=_("The project has started. Write the plan next."),
        statuses=frozenset({Status.IDEA, Status.APPROVED}),
    )


@page("projects.write")
def project_plan(request, slug, code):
    """Plan."""
    people = people_with_login()
    return act_on(
        request,
        find_project(code),
        forms.PlanForm,
        services.plan_project,
        title=_("Plan"),
        lead=_("What is wrong, what shall be reached, who takes care of it and until when."),
        button=_("Save the plan"),
        done=_("The plan is saved."),
        statuses=PLAN_EDITABLE,
        form_options={"people": people},
        context={"people": people},
    )


@page("projects.write")
def project_do(request, slug, code):
    """Do."""
    return act_on(
        request,
        find_project(code),
        forms.DoForm,
        services.record_do,
        title=_("Do"),
        lead=_("What was done to reach the target, and what it cost."),
        button=_("Save what was done"),
        done=_("What was done is saved."),
        statuses=WORK_EDITABLE,
    )


@page("projects.write")
def project_check(request, slug, code):
    """Check."""
    return act_on(
        request,
        find_project(code),
        forms.CheckForm,
        services.record_check,
        title=_("Check"),
        lead=_("Has the target been reached? Say what you measured or saw."),
        button=_("Save the result"),
        done=_("The result is saved."),
        statuses=WORK_EDITABLE,
    )


@page("projects.write")
def project_act(request, slug, code):
    """Act."""
    return act_on(
        request,
        find_project(code),
        forms.ActForm,
        services.record_act,
        title=_("Act"),
        lead=_("What stays: the lesson and the new way of working."),
        button=_("Save the lesson"),
        done=_("The lesson is saved."),
        statuses=WORK_EDITABLE,
    )


@page("projects.write")
def project_suggestions(request, slug, code):
    """Put suggestions behind the project."""
    if not request.actor.may("suggestions.view"):
        raise Forbidden("suggestions.view")
    project = find_project(code)
    options = [option[:2] for option in suggestion_options()]
    if not options and request.method != "POST":
        messages.info(request, _("No suggestion waits for a project now."))
        return redirect("projects:detail", slug=slug, code=project.code)
    return act_on(
        request,
        project,
        forms.SuggestionsForm,
        services.link_suggestions,
        title=_("Add suggestions"),
        lead=_("These suggestions wait for somebody to carry them out. Choosing one accepts it."),
        button=_("Add"),
        done=_("The suggestions now point to this project."),
        statuses=OPEN,
        form_options={"suggestions": options},
    )


@page("projects.write")
def project_hazards(request, slug, code):
    """Put hazards behind the project."""
    if not request.actor.may("safety.view"):
        raise Forbidden("safety.view")
    project = find_project(code)
    options = [option[:2] for option in hazard_options()]
    if not options and request.method != "POST":
        messages.info(request, _("No hazard waits to be fixed now."))
        return redirect("projects:detail", slug=slug, code=project.code)
    return act_on(
        request,
        project,
        forms.HazardsForm,
        services.link_hazards,
        title=_("Add hazards"),
        lead=_("The hazards stay open until somebody of safety has looked whether the danger is gone."),
        button=_("Add"),
        done=_("The hazards now stand behind this project."),
        statuses=OPEN,
        form_options={"hazards": options},
    )


def _change_photo(*, place, photo, remove, **values):
    if remove:
        return services.remove_photo(place=place, **values)
    return services.add_photo(place=place, upload=photo, **values)


@page("projects.write")
def project_photos(request, slug, code):
    """Add, replace or take away the two photos."""
    project = find_project(code)
    context = photo_context(request, project)
    try:
        return act_on(
            request,
            project,
            forms.PhotoForm,
            _change_photo,
            title=_("Photos before and after"),
            lead=_("Take both from the same place. Ask people first if their faces can be seen."),
            button=_("Save the photo"),
            done=_("The photo is removed.") if request.POST.get("remove") else _("The photo is saved."),
            statuses=PHOTO_POSSIBLE,
            context=context,
            template="projects/project_photos.html",
        )
    except FileRefused as refused:
        form = forms.PhotoForm(request.POST, request.FILES, project=project)
        form.is_valid()
        form.add_error("photo", refused.message())
        context |= {"form": form, "project": project, "title": _("Photos before and after")}
        return render(request, "projects/project_photos.html", context, status=refused.status)
