"""What a receipt tells its writer about the state of an idea; in every language workers can choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairfloor.suggestions.workflow import Status


@dataclass(frozen=True)
class WorkerState:
    """A state as a worker sees it: a picture, a word, and what it means."""

    picture: str
    word: Any
    sentence: Any


# What a receipt says. NEW has three faces; see selectors.worker_story.
RECEIVED = WorkerState(
    "letter",
    _("Received"),
    _("Your idea has arrived. The team shows by %(acknowledge)s that it has read it."),
)
READ = WorkerState("eye", _("Read"), _("The team has read your idea. It decides by %(decide)s."))
LATE = WorkerState(
    "eye",
    _("Waiting too long"),
    _("The team promised an answer by %(decide)s and is late. You can ask below."),
)
WORKER_STATES = {
    Status.IN_MEETING: WorkerState(
        "people", _("In the meeting"), _("The team talks about your idea in its next meeting.")
    ),
    Status.ACCEPTED: WorkerState(
        "hammer", _("Accepted"), _("The team says yes. You read here when it is done.")
    ),
    Status.DECLINED: WorkerState(
        "turn", _("Not this time"), _("The team cannot do it. The reason is below; you can ask back.")
    ),
    Status.IMPLEMENTED: WorkerState("tick", _("Done"), _("The team says it is done.")),
    Status.CONFIRMED: WorkerState("star", _("Done and confirmed"), _("You said that it is done. Thank you.")),
    Status.TO_SAFETY: WorkerState(
        "danger", _("With safety"), _("Your idea is about a danger. The safety officer takes care of it.")
    ),
    Status.WITHDRAWN: WorkerState(
        "back", _("Taken out"), _("The team has taken this entry out of its list.")
    ),
    # Only where what it was merged into cannot be shown.
    Status.MERGED: WorkerState("people", _("Joined"), _("Your idea is looked at together with another one.")),
}
