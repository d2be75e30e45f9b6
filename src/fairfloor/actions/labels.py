"""The words shown for what actions keep as codes, and where the record behind an action is found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.actions.models import ActionItem
from fairfloor.actions.workflow import Status, is_overdue
from fairfloor.core.models import AuditEvent

STATUS_LABELS = {
    Status.OPEN: gettext_lazy("Open"),
    Status.DONE: gettext_lazy("Done"),
    Status.CANCELLED: gettext_lazy("Not needed any more"),
}
_STATUS_KINDS = {Status.OPEN: "brand", Status.DONE: "good", Status.CANCELLED: "quiet"}

# The page of the record an action belongs to; upper features are reached by URL name only.
_ABOUT_PAGES = {
    "incident": ("safety:incident", gettext_lazy("Incident %(code)s")),
    "suggestions": ("suggestions:detail", gettext_lazy("Suggestion %(code)s")),
    "safety": ("safety:hazard", gettext_lazy("Hazard %(code)s")),
    "job_risk": ("safety:job_risk", gettext_lazy("Job risk")),
    "projects": ("projects:detail", gettext_lazy("Project %(code)s")),
    "checklists": ("checklists:round", gettext_lazy("Walk-round %(code)s")),
    "shift_talk": ("teams:talk", gettext_lazy("Shift talk %(code)s")),
    "teams": ("teams:meeting_by_code", gettext_lazy("Meeting %(code)s")),
}

_STORY = {
    "action.added": gettext_lazy("Written down"),
    "action.completed": gettext_lazy("Done"),
    "action.reopened": gettext_lazy("Opened again"),
    "action.cancelled": gettext_lazy("Not needed any more"),
    "action.changed": gettext_lazy("Changed"),
}


def state_of(action: ActionItem, day: date) -> tuple[str, Any]:
    """How the state of an action is shown: (kind, word)."""
    if is_overdue(action.status, action.due_date, day):
        return "stop", _("Overdue")
    return _STATUS_KINDS[Status(action.status)], STATUS_LABELS[Status(action.status)]


def about_link(slug: str, action: ActionItem) -> tuple[str, str]:
    """Address and words of the record an action belongs to; the address is empty where there is no page."""
    name, words = _ABOUT_PAGES.get(action.about_feature, ("", ""))
    if not name or not action.about_code:
        return "", action.about_code
    label = str(words) % {"code": action.about_code}
    try:
        return reverse(name, kwargs={"slug": slug, "code": action.about_code}), label
    except NoReverseMatch:
        return "", label


def story_entry(event: AuditEvent) -> dict[str, Any]:
    """One line of an action's story, as the timeline shows it."""
    detail = event.detail.get("reason", "")
    before = event.detail.get("before")
    if isinstance(before, dict) and "text" in before:
        detail = _("It said before: %(text)s") % {"text": before["text"]}
    elif isinstance(before, dict) and "due_date" in before:
        detail = _("It was due on %(day)s before.") % {"day": before["due_date"] or "–"}
    return {
        "what": _STORY.get(event.verb, event.verb),
        "who": event.actor_name,
        "when": event.at,
        "detail": detail,
        "is_exact": True,
    }
