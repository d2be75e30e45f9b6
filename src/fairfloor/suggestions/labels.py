"""The words and pictures of suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.suggestions.workflow import Channel, Status

STATUS_LABELS = {
    Status.NEW: _("New"),
    Status.IN_MEETING: _("For the meeting"),
    Status.ACCEPTED: _("Accepted"),
    Status.DECLINED: _("Declined"),
    Status.IMPLEMENTED: _("Done"),
    Status.CONFIRMED: _("Done and confirmed"),
    Status.MERGED: _("Merged"),
    Status.TO_SAFETY: _("With safety"),
    Status.WITHDRAWN: _("Withdrawn"),
}
# How the state chip is drawn; see core.templatetags.ui.state_chip.
STATUS_KINDS = {
    Status.NEW: "wait",
    Status.IN_MEETING: "watch",
    Status.ACCEPTED: "brand",
    Status.DECLINED: "quiet",
    Status.IMPLEMENTED: "good",
    Status.CONFIRMED: "good",
    Status.MERGED: "plain",
    Status.TO_SAFETY: "plain",
    Status.WITHDRAWN: "quiet",
}
CHANNEL_LABELS = {
    Channel.QR: _("Phone"),
    Channel.BOX: _("Paper, suggestion box"),
    Channel.ORAL: _("Spoken"),
    Channel.MEETING: _("In a meeting"),
    Channel.SHIFT_TALK: _("Shift talk"),
}
CATEGORY_PICTURES = {
    "SAFETY": "shield",
    "QUALITY": "medal",
    "COST": "coin",
    "DELIVERY": "truck",
    "COMFORT": "chair",
    "ENVIRONMENT": "leaf",
    "GENDER": "equal",
    "COMMUNICATION": "bubble",
    "OTHER": "more",
}


def category_labels(language: str) -> dict[str, str]:
    """Code → name of every category, in a language."""
    return {c.code: translate(c.name, language) for c in load_content().suggestion_categories.values()}


# What happened, for the story of a suggestion; the verb is what the record keeps.
VERB_LABELS = {
    "submitted": _("Sent"),
    "imported": _("Imported"),
    "changed_by_import": _("Changed by an import"),
    "group_given": _("The writer answered about sex and level"),
    "acknowledged": _("Read by the team"),
    "asked": _("The writer wrote again"),
    "answered": _("Answered"),
    "translated": _("Translated"),
    "corrected": _("Corrected"),
    "linked": _("Linked to a project"),
    "in_meeting": _("Taken to the meeting"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "merged": _("Merged"),
    "to_safety": _("Passed to safety"),
    "implemented": _("Carried out"),
    "confirmed": _("The writer says it is fixed"),
    "withdrawn": _("Withdrawn"),
    "unmerged": _("Taken apart again"),
    "thanked": _("The writer said thank you"),
    "escalated": _("Overdue: handed up to the manager"),
    "let_in": _("Looked at and let in"),
}
FIELD_LABELS = {
    "submitted_date": _("Date"),
    "channel": _("How it came"),
    "category": _("About"),
    "department_code": _("Department"),
    "sex": _("Sex"),
    "level": _("Level"),
    "proposer_code": _("Proposed by"),
    "title": _("Title"),
    "text": _("Text"),
    "translation": _("Translation"),
    "reason": _("Reason"),
    "project_code": _("Project"),
    "hazard_code": _("Hazard"),
    "merged_into": _("Merged into"),
}


def options(labels: dict[str, Any], *, without: Iterable[str] = ()) -> list[tuple[str, Any]]:
    """(code, label) pairs of a table of labels, for filters and forms."""
    return [(str(code), label) for code, label in labels.items() if code and code not in without]
