"""What of the projects waits for a person."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.projects.selectors import own_open_projects, projects_to_verify, projects_to_visit
from fairfloor.projects.workflow import is_late


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """Own projects that are due soon or late, then results of others to verify."""
    found = []
    if actor.may("projects.write"):
        for project in own_open_projects(actor, day):
            late = is_late(project.status, project.due_date, day)
            values = {"title": project.title, "day": date_format(project.due_date, "DATE_FORMAT")}
            text = (
                _("Your project “%(title)s” was due on %(day)s.") % values
                if late
                else _("Your project “%(title)s” is due on %(day)s.") % values
            )
            found.append(Waiting(text, "projects:detail", project.code, project.due_date, late))
    if actor.may("projects.verify"):
        for project in projects_to_verify(actor, day):
            text = _("“%(title)s” is finished. Look at the result and verify it.") % {"title": project.title}
            found.append(Waiting(text, "projects:detail", project.code))
        for project, months in projects_to_visit(day, 20):
            text = ngettext(
                "“%(title)s” was finished %(months)s month ago. Is it still in place?",
                "“%(title)s” was finished %(months)s months ago. Is it still in place?",
                months,
            ) % {"title": project.title, "months": months}
            found.append(Waiting(text, "projects:visit", project.code))
    return found
