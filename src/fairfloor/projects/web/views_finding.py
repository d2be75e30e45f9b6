"""On the way to a measure: causes, the small experiment, the project's team; and where else it could work."""

from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.projects import services
from fairfloor.projects.web import forms_finding
from fairfloor.projects.web.acting import act_on, find_project
from fairfloor.projects.workflow import COMPLETED, PLAN_EDITABLE


@page("projects.write")
def project_causes(request, slug, code):
    """Fishbone and five whys."""
    return act_on(
        request,
        find_project(code),
        forms_finding.CausesForm,
        services.name_causes,
        title=_("Find the cause"),
        lead=_(
            "Write what could cause the problem, one cause a line. Then ask why until you stand at the root."
        ),
        button=_("Save the causes"),
        done=_("The causes are saved."),
        statuses=PLAN_EDITABLE,
    )


@page("projects.write")
def project_trial(request, slug, code):
    """A small experiment."""
    return act_on(
        request,
        find_project(code),
        forms_finding.TrialForm,
        services.record_trial,
        title=_("Try it out"),
        lead=_("A small experiment costs little and teaches much, also when it fails."),
        button=_("Save"),
        done=_("The trial is written down."),
        statuses=PLAN_EDITABLE,
    )


@page("projects.write")
def project_members(request, slug, code):
    """Who works on it."""
    return act_on(
        request,
        find_project(code),
        forms_finding.MembersForm,
        services.set_members,
        title=_("Who works on it"),
        lead=_(
            "Workers who know the place belong in the team; reports count women, men and levels from here."
        ),
        button=_("Save"),
        done=_("The project team is saved."),
        statuses=PLAN_EDITABLE,
    )


@page("projects.write")
def project_elsewhere(request, slug, code):
    """Where else could this work?"""
    return act_on(
        request,
        find_project(code),
        forms_finding.ElsewhereForm,
        services.say_where_else,
        title=_("Where else could this work?"),
        lead=_("What helps in one department often helps in another, a little differently."),
        button=_("Save"),
        done=_("It is noted."),
        statuses=COMPLETED,
    )
