"""What a receipt shows of its hazard; in every language workers can choose."""

from __future__ import annotations

from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fairfloor.conversations.public import StoryKind, WorkerStory, unanswered_since
from fairfloor.safety.models import Hazard
from fairfloor.safety.workflow import ANSWER_WITHIN, UNFIXED, FinderWord, Status

# Picture, word, sentence.
_RECEIVED = ("letter", _("Received"), _("Your report has arrived. Warn the people near it, too."))
_STATES = {
    Status.OPEN: _RECEIVED,
    Status.TRIAGED: ("eye", _("Looked at"), _("The safety officer has looked at it.")),
    Status.ASSIGNED: ("hammer", _("Being fixed"), _("Somebody has been asked to fix it.")),
    Status.FIXED: ("tick", _("Fixed"), _("The team says that it is fixed. Is the danger gone?")),
    Status.VERIFIED: ("tick", _("Fixed and checked"), _("A second person has looked. Is the danger gone?")),
    Status.CLOSED: ("tick", _("Closed"), _("It is fixed and checked. If it comes back, say so here.")),
    Status.REJECTED: ("turn", _("No danger found"), _("The reason is below; you can ask back.")),
    Status.ESCALATED: ("people", _("With the managers"), _("This needs a decision of the managers.")),
    Status.WITHDRAWN: ("back", _("Taken out"), _("The team has taken this entry out of its list.")),
}
_GONE = ("star", _("Gone"), _("You said that the danger is gone. Thank you."))
_BACK = ("eye", _("Open again"), _("You said that it is still there. The safety officer looks again."))


def worker_story(conversation_id: int, language: str, day: date | None = None) -> WorkerStory | None:
    """The state of the hazard behind a thread, told to its finder; ``None`` when no hazard is behind it.

    ``day`` is the enterprise's own; without it the day of the page's clock, which is the enterprise's.
    """
    hazard = Hazard.objects.select_related("conversation").filter(conversation_id=conversation_id).first()
    if hazard is None:
        return None
    state = _STATES[Status(hazard.status)]
    if hazard.finder_word == FinderWord.GONE:
        state = _GONE
    elif hazard.finder_word == FinderWord.NOT_GONE and hazard.status == Status.OPEN:
        state = _BACK
    day = day or timezone.localdate()
    since = unanswered_since(hazard.conversation)
    if since is None and hazard.status == Status.OPEN:
        since = hazard.found_date
    is_unanswered = since is not None and day > since + ANSWER_WITHIN
    with translation.override(language):
        picture, word, sentence = state[0], str(state[1]), str(state[2])
    return WorkerStory(
        kind=StoryKind.DANGER,
        code=hazard.code,
        text=hazard.description,
        submitted_date=hazard.found_date,
        picture=picture,
        word=word,
        sentence=sentence,
        answer=hazard.reason if hazard.status in {Status.REJECTED, Status.WITHDRAWN} else "",
        may_confirm=hazard.status in {Status.FIXED, Status.VERIFIED, Status.CLOSED}
        and hazard.finder_word != FinderWord.GONE,
        may_tell_group=not hazard.sex and not hazard.level and not hazard.finder_code,
        no_answer_since=since if is_unanswered else None,
        is_escalated=hazard.escalated_date is not None and hazard.status in UNFIXED,
    )
