"""Joining ideas that say the same, and taking that back. Receipts stay what they were."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.stale import mark_stale
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.moves import SUPPLIER, load, move, tell_writer
from fairfloor.suggestions.workflow import UNDECIDED, Status


@transaction.atomic
def merge_suggestion(
    *,
    actor: Actor,
    suggestion_id: int,
    into_id: int,
    day: date,
    at: datetime,
    answer: str = "",
    version: int | None = None,
) -> Suggestion:
    """Join an idea to another one that says the same; its receipt then shows the other's answer."""
    require(actor, "suggestions.triage")
    into = Suggestion.objects.get(pk=into_id)
    if into_id == suggestion_id or into.status in {Status.MERGED, Status.WITHDRAWN}:
        raise MoveNotAllowed(into.status, Status.MERGED)
    suggestion = move(actor, suggestion_id, version, Status.MERGED, at, day, merged_into=into)
    tell_writer(suggestion, actor, answer, day)
    return suggestion


def status_before_merge(suggestion: Suggestion) -> Status:
    """Where it stood before it was merged, as the record says; new where there is no record, as after an import."""
    merges = [event for event in audit.story_of(suggestion) if event.verb == "suggestion.merged"]
    before = (merges[-1].detail or {}).get("before") if merges else None
    return Status(before) if before in set(Status) else Status.NEW


@transaction.atomic
def unmerge_suggestion(
    *, actor: Actor, suggestion_id: int, day: date, at: datetime, version: int | None = None
) -> Suggestion:
    """Take a merge back: the idea stands again where it stood, and its clock runs on from the day it came in."""
    require(actor, "suggestions.triage")
    suggestion = load(suggestion_id, version)
    if suggestion.status != Status.MERGED:
        raise MoveNotAllowed(suggestion.status, Status.NEW)
    into, before = suggestion.merged_into, status_before_merge(suggestion)
    suggestion.status = before.value
    suggestion.merged_into = None
    if before in UNDECIDED:
        suggestion.decided_date = None
    suggestion.version += 1
    suggestion.save(update_fields=["status", "merged_into", "decided_date", "version"])
    audit.record(
        actor,
        "suggestion.unmerged",
        suggestion,
        at,
        merged_into=into.code if into else "",
        version=suggestion.version,
    )
    mark_stale(SUPPLIER, suggestion.submitted_date)
    return suggestion
