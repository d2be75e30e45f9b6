"""Drafts of answers, and one answer to many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.conversations.public import ThreadFull
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.suggestions.models import AnswerTemplate, Suggestion
from fairfloor.suggestions.services import answer_suggestion
from fairfloor.suggestions.workflow import Status

MOST_AT_ONCE = 50


def answer_drafts(language: str) -> list[tuple[str, str]]:
    """Title and text of the factory's own drafts in every language, then those of the content pack in one."""
    own = AnswerTemplate.objects.order_by("title", "language", "id").values_list("title", "text")
    pack = load_content().answer_templates.values()
    return [*own, *((translate(one.name, language), translate(one.text, language)) for one in pack)]


def own_templates() -> list[AnswerTemplate]:
    """The factory's own drafts."""
    return list(AnswerTemplate.objects.order_by("title", "language", "id"))


@transaction.atomic
def save_template(*, actor: Actor, title: str, language: str, text: str, at: datetime) -> AnswerTemplate:
    """Keep a draft; the same title and language again replaces the text. Raises ``ValueError`` for an empty one."""
    require(actor, "suggestions.triage")
    title, text = title.strip(), text.strip()
    if not title or not text:
        raise ValueError("A draft needs a title and a text.")
    template, _is_new = AnswerTemplate.objects.update_or_create(
        title=title, language=language, defaults={"text": text}
    )
    audit.record(actor, "answer_template.saved", template, at, title=title, language=language)
    return template


@transaction.atomic
def delete_template(*, actor: Actor, template_id: int, at: datetime) -> None:
    """Take a draft away; answers given from it stay. One that is gone already is no problem."""
    require(actor, "suggestions.triage")
    template = AnswerTemplate.objects.filter(pk=template_id).first()
    if template is not None:
        audit.record(actor, "answer_template.deleted", template, at, title=template.title)
        template.delete()


@dataclass(frozen=True)
class Answered:
    """What became of one answer among many."""

    code: str
    is_sent: bool


def answer_many(
    *, actor: Actor, suggestion_ids: Iterable[int], text: str, day: date, at: datetime
) -> list[Answered]:
    """One answer to each of several; each is its own act, and one that cannot take it does not stop the others."""
    require(actor, "suggestions.triage")
    if not text.strip():
        raise ValueError("There is nothing to say.")
    results = []
    rows = Suggestion.objects.filter(pk__in=list(suggestion_ids)[:MOST_AT_ONCE])
    for row in rows.order_by("submitted_date", "id"):
        is_sent = row.conversation_id is not None and row.status != Status.WITHDRAWN
        if is_sent:
            try:
                answer_suggestion(actor=actor, suggestion_id=row.pk, text=text, day=day, at=at)
            except ThreadFull:
                is_sent = False
        results.append(Answered(row.code, is_sent))
    return results
