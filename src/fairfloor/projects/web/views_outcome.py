"""Finishing, verifying, opening again, stopping; correcting and withdrawing a wrong entry."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fairfloor.core.access import page
from fairfloor.organisations.public import local_day
from fairfloor.projects import services
from fairfloor.projects.selectors import people_with_login, suggestions_behind
from fairfloor.projects.web import forms
from fairfloor.projects.web.acting import act_on, find_project
from fairfloor.projects.workflow import COMPLETED, OPEN, Status


@page("projects.write")
def project_finish(request, slug, code):
    """Say that the work is done."""
    project = find_project(code)
    has_suggestions = suggestions_behind(project).exists()
    answer = _(
        "We have carried out your idea: %(title)s. Thank you for it. Please tell us whether it is fixed."
    )
    initial = {
        "finish_date": local_day(request.enterprise, timezone.now()),
        "answer": answer % {"title": project.title},
    }
    return act_on(
        request,
        project,
        forms.FinishForm,
        services.finish_project,
        title=_("Finish the project"),
        lead=_("It counts from the day it was finished. Somebody else then looks at the result."),
        button=_("Finish"),
        done=_("The project is finished. Ask a colleague to verify the result."),
        statuses=frozenset({Status.IN_PROGRESS}),
        initial=initial,
        form_options={"has_suggestions": has_suggestions},
    )


@page("projects.verify")
def project_verify(request, slug, code):
    """Confirm the result."""
    return act_on(
        request,
        find_project(code),
        forms.VerifyForm,
        services.verify_project,
        title=_("Verify the result"),
        lead=_("Go and see it. From then on the saving stands as you write it here."),
        button=_("Verify"),
        done=_("The result is verified."),
        statuses=frozenset({Status.DONE}),
    )


@page("projects.write")
def project_reopen(request, slug, code):
    """Go back to work."""
    return act_on(
        request,
        find_project(code),
        forms.ReasonForm,
        services.reopen_project,
        title=_("Open the project again"),
        lead=_("It goes back to work and no longer counts as finished. What you have written stays."),
        button=_("Open again"),
        done=_("The project is in progress again."),
        statuses=COMPLETED | {Status.CANCELLED},
    )


@page("projects.write")
def project_cancel(request, slug, code):
    """Stop an unfinished project."""
    return act_on(
        request,
        find_project(code),
        forms.ReasonForm,
        services.cancel_project,
        title=_("Stop the project"),
        lead=_("The suggestions behind it stay accepted, so tell their writers what happens instead."),
        button=_("Stop the project"),
        done=_("The project is stopped."),
        statuses=OPEN,
        is_stop=True,
    )


@page("projects.correct")
def project_correct(request, slug, code):
    """Put a wrong entry right."""
    people = people_with_login()
    return act_on(
        request,
        find_project(code),
        forms.CorrectForm,
        services.correct_project,
        title=_("Correct an entry"),
        lead=_("What stood there before is kept in the story of the project."),
        button=_("Save the correction"),
        done=_("The correction is saved."),
        statuses=frozenset(Status) - {Status.WITHDRAWN},
        form_options={"people": people},
        context={"people": people},
    )


@page("projects.correct")
def project_withdraw(request, slug, code):
    """Take a wrong entry out of all counts."""
    return act_on(
        request,
        find_project(code),
        forms.ReasonForm,
        services.withdraw_project,
        title=_("Withdraw a wrong entry"),
        lead=_("For projects entered twice or by mistake. It counts nowhere any more; its story stays."),
        button=_("Withdraw"),
        done=_("The entry is withdrawn."),
        statuses=frozenset(Status) - {Status.WITHDRAWN},
        is_stop=True,
    )
