"""What other features may use of actions."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.actions.labels import about_link
from fairfloor.actions.models import ActionItem
from fairfloor.actions.selectors import (
    actions_about,
    actions_of_user,
    actions_with_codes,
    open_actions,
    overdue_actions,
    possible_owners,
)
from fairfloor.actions.services import (
    TextMissing,
    add_action,
    cancel_action,
    change_action,
    complete_action,
    reopen_action,
)
from fairfloor.actions.workflow import REMIND_BEFORE, Status, is_overdue
from fairfloor.core.access import Actor
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.ui.waiting import Waiting, is_relic, relics

__all__ = [
    "ActionItem",
    "MoveNotAllowed",
    "StaleEdit",
    "Status",
    "TextMissing",
    "about_link",
    "actions_about",
    "actions_of_user",
    "actions_with_codes",
    "add_action",
    "cancel_action",
    "change_action",
    "complete_action",
    "is_overdue",
    "open_actions",
    "overdue_actions",
    "possible_owners",
    "reopen_action",
    "waiting",
]


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """The person's own actions that are late or due within a week."""
    if actor.user_id is None or not actor.may("actions.view"):
        return []
    found, old = [], 0
    for action in actions_of_user(actor.user_id):
        if action.due_date is None or action.due_date > day + REMIND_BEFORE:
            continue
        if is_relic(action.due_date, day):
            old += 1
            continue
        text = _("You said you would do this: %(text)s") % {"text": action.text}
        is_late = is_overdue(action.status, action.due_date, day)
        found.append(Waiting(text, "actions:detail", action.code, action.due_date, is_late))
    if old:
        text = ngettext(
            "%(count)s older action of yours is still open.",
            "%(count)s older actions of yours are still open.",
            old,
        )
        found.append(relics(text % {"count": old}, "actions:list", "view=mine"))
    return found
