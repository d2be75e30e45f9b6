"""What may stand behind a receipt, and who takes the writer's word on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fairfloor.conversations.public import StoryKind, WorkerStory
from fairfloor.safety import public as safety
from fairfloor.suggestions import public as suggestions


@dataclass(frozen=True)
class StorySource:
    """One feature with receipts. Its verbs take actor, conversation_id, day and at; words as ``text``."""

    kind: str
    # Who may look at what the writer attaches.
    permission: str
    story: Callable[[int, str], WorkerStory | None]
    say_more: Callable[..., Any]
    confirm: Callable[..., Any]
    say_not_fixed: Callable[..., Any]
    tell_group: Callable[..., Any]
    say_thanks: Callable[..., Any]


SOURCES = (
    StorySource(
        kind=StoryKind.IDEA,
        permission="suggestions.view",
        story=suggestions.worker_story,
        say_more=suggestions.say_more,
        confirm=suggestions.confirm_fixed,
        say_not_fixed=suggestions.say_not_fixed,
        tell_group=suggestions.tell_group,
        say_thanks=suggestions.say_thanks,
    ),
    StorySource(
        kind=StoryKind.DANGER,
        permission="safety.view_finder",
        story=safety.worker_story,
        say_more=safety.say_more,
        confirm=safety.confirm_gone,
        say_not_fixed=safety.say_not_gone,
        tell_group=safety.tell_group,
        say_thanks=safety.say_thanks,
    ),
)


def story_behind(conversation_id: int, language: str) -> tuple[StorySource, WorkerStory] | None:
    """The story behind a thread and the feature that tells it; ``None`` when nothing is behind it."""
    for source in SOURCES:
        story = source.story(conversation_id, language)
        if story is not None:
            return source, story
    return None
