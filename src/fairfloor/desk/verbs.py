"""The record's words: what each recorded act is called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.models import AuditEvent

VERBS = {
    "reading.recorded": gettext_lazy("Reading written down"),
    "reading.corrected": gettext_lazy("Reading corrected"),
    "workforce.counted": gettext_lazy("Workforce counted"),
    "department.added": gettext_lazy("Department added"),
    "membership.added": gettext_lazy("Role given"),
    "membership.ended": gettext_lazy("Role ended"),
    "grant.given": gettext_lazy("Shown to an organisation outside"),
    "grant.revoked": gettext_lazy("Taken back from an organisation outside"),
    "support.started": gettext_lazy("Support session begun"),
    "support.ended": gettext_lazy("Support session ended"),
    "worker_link.renewed": gettext_lazy("Worker link renewed"),
    "suggestion.submitted": gettext_lazy("Suggestion came in"),
    "suggestion.accepted": gettext_lazy("Suggestion accepted"),
    "suggestion.declined": gettext_lazy("Suggestion declined"),
    "suggestion.in_meeting": gettext_lazy("Suggestion taken to the meeting"),
    "suggestion.merged": gettext_lazy("Suggestion joined to another"),
    "suggestion.to_safety": gettext_lazy("Suggestion passed to safety"),
    "suggestion.implemented": gettext_lazy("Suggestion carried out"),
    "suggestion.confirmed": gettext_lazy("Writer says it is fixed"),
    "suggestion.withdrawn": gettext_lazy("Suggestion withdrawn"),
    "suggestion.linked": gettext_lazy("Suggestion linked to a project"),
    "suggestion.answered": gettext_lazy("Answer written"),
}


def verb_words(verb: str) -> str:
    """What an act is called; one nobody named is shown by its code, which is better than not at all."""
    words = VERBS.get(verb)
    return str(words) if words is not None else verb.replace("_", " ").replace(".", ": ")


def actor_words(event: AuditEvent) -> str:
    """Who acted; a worker is never named."""
    if event.actor_kind == "worker":
        return _("A worker")
    return event.actor_name or _("Fairfloor")
