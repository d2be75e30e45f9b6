"""What may stand behind a receipt, and who takes the writer's word on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fairfloor.conversations.public import StoryKind, WorkerStory, say
from fairfloor.core.access import Actor
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
    tell_group: Callable[..., Any] | None = None
    say_thanks: Callable[..., Any] | None = None


def _say_in_thread(*, actor: Actor, conversation_id: int, text: str, day: date, at: datetime) -> None:
    """A word in the thread, for a feature that keeps no record of its own of it."""
    say(conversation_id=conversation_id, text=text, is_from_staff=False, day=day)


def _sources() -> tuple[StorySource, ...]:
    found = [
        StorySource(
            kind=StoryKind.IDEA,
            permission="suggestions.view",
            story=suggestions.worker_story,
            say_more=suggestions.say_more,
            confirm=suggestions.confirm_fixed,
            say_not_fixed=suggestions.say_not_fixed,
            tell_group=suggestions.tell_group,
            say_thanks=getattr(suggestions, "say_thanks", None),
        )
    ]
    if hasattr(safety, "worker_story"):
        found.append(
            StorySource(
                kind=StoryKind.DANGER,
                permission="safety.view",
                story=safety.worker_story,
                say_more=getattr(safety, "say_more", _say_in_thread),
                confirm=safety.confirm_gone,
                say_not_fixed=safety.say_not_gone,
                tell_group=getattr(safety, "tell_group", None),
                say_thanks=getattr(safety, "say_thanks", None),
            )
        )
    return tuple(found)


SOURCES = _sources()


def story_behind(conversation_id: int, language: str) -> tuple[StorySource, WorkerStory] | None:
    """The story behind a thread and the feature that tells it; ``None`` when nothing is behind it."""
    for source in SOURCES:
        story = source.story(conversation_id, language)
        if story is not None:
            return source, story
    return None
