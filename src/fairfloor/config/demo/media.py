"""What workers of the demo sent along: a drawing in place of a photo, plainly not one of a real place."""

from __future__ import annotations

from fairfloor.config.demo.drawings import PICTURES, drawn_upload
from fairfloor.config.demo.stage import Stage
from fairfloor.conversations.public import attach_posted
from fairfloor.suggestions.public import Suggestion


def send_photo(stage: Stage, suggestion: Suggestion, picture: str, days_ago: int) -> None:
    """The writer adds a photo of how it is now."""
    before, _after = PICTURES[picture]
    attach_posted(
        actor=stage.worker,
        conversation_id=suggestion.conversation_id,
        uploads=[drawn_upload(before)],
        kind="PHOTO",
        permission="suggestions.view",
        **stage.when(days_ago),
    )
