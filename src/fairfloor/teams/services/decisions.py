"""Verbs on the agenda of an open meeting: what the team decides on each item."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from fairfloor.actions.public import ActionItem, add_action, complete_action
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import check_version
from fairfloor.projects.public import start_project
from fairfloor.suggestions.public import Suggestion, accept_suggestion, decline_suggestion
from fairfloor.teams.models import AgendaItem, Decision, Meeting
from fairfloor.teams.services.errors import MoveNotAllowed, WordsMissing
from fairfloor.teams.workflow import OFFERS, SETTLES, DecisionKind, ItemKind, Status

# The feature whose record an agenda item is about; a topic belongs to the meeting itself.
FEATURES = {ItemKind.SUGGESTION: "suggestions", ItemKind.HAZARD: "safety", ItemKind.PROJECT: "projects"}


def _load(actor: Actor, item_id: int, version: int | None) -> AgendaItem:
    """The item with its meeting locked. Raises :class:`MoveNotAllowed` unless the meeting is going on."""
    require(actor, "teams.decide")
    meeting_id = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("team").get(pk=meeting_id)
    if meeting.status != Status.OPEN:
        raise MoveNotAllowed(meeting.status, Status.OPEN)
    item = AgendaItem.objects.select_for_update().get(pk=item_id)
    check_version(item, version)
    item.meeting = meeting
    return item


def _record(
    actor: Actor, item: AgendaItem, kind: DecisionKind, at: datetime, text: str = "", result_code: str = ""
) -> Decision:
    last = Decision.objects.filter(meeting=item.meeting).aggregate(last=Max("position"))["last"] or 0
    decision = Decision.objects.create(
        meeting=item.meeting,
        item=item,
        position=last + 1,
        kind=kind.value,
        text=text.strip(),
        result_code=result_code,
    )
    item.is_done = item.is_done or kind in SETTLES
    item.version += 1
    item.save(update_fields=["is_done", "version"])
    audit.record(actor, "meeting.decided", decision, at, kind=kind.value, result=result_code)
    return decision


def _offer(item: AgendaItem, kind: DecisionKind) -> None:
    if kind not in OFFERS[ItemKind(item.kind)]:
        raise MoveNotAllowed(item.kind, kind)


def _about(item: AgendaItem) -> tuple[str, str]:
    """The record an action of this item belongs to; what follows an action belongs to that one's record."""
    kind = ItemKind(item.kind)
    if kind is ItemKind.ACTION:
        action = ActionItem.objects.filter(code=item.about_code).first()
        if action is not None:
            return action.about_feature, action.about_code
    if kind in FEATURES:
        return FEATURES[kind], item.about_code
    return "teams", item.meeting.code


@transaction.atomic
def decide_action(
    *,
    actor: Actor,
    item_id: int,
    text: str,
    owner_name: str,
    due_date: date | None,
    day: date,
    at: datetime,
    owner_user_id: int | None = None,
    version: int | None = None,
) -> Decision:
    """Decide that somebody does something by a day. Raises ``TextMissing`` of actions without words."""
    item = _load(actor, item_id, version)
    feature, code = _about(item)
    action = add_action(
        actor=actor,
        text=text,
        owner_name=owner_name,
        due_date=due_date,
        about_feature=feature,
        about_code=code,
        day=day,
        at=at,
        owner_user_id=owner_user_id,
    )
    return _record(actor, item, DecisionKind.ADD_ACTION, at, action.text, action.code)


@transaction.atomic
def decide_project(
    *,
    actor: Actor,
    item_id: int,
    title: str,
    owner_name: str,
    due_date: date | None,
    day: date,
    at: datetime,
    department_code: str = "",
    owner_user_id: int | None = None,
    version: int | None = None,
) -> Decision:
    """Decide to start a project; an idea behind it is accepted by that. The title is the team's, not the writer's.

    Raises ``Refused`` of projects for a value that cannot stand, or an idea that was closed meanwhile.
    """
    item = _load(actor, item_id, version)
    _offer(item, DecisionKind.START_PROJECT)
    suggestion_ids: list[int] = []
    if item.kind == ItemKind.SUGGESTION:
        suggestion_ids = [Suggestion.objects.values_list("pk", flat=True).get(code=item.about_code)]
    project = start_project(
        actor=actor,
        title=title,
        day=day,
        at=at,
        department_code=department_code,
        suggestion_ids=suggestion_ids,
        owner_name=owner_name,
        owner_user_id=owner_user_id,
        due_date=due_date,
    )
    return _record(actor, item, DecisionKind.START_PROJECT, at, project.title, project.code)


@transaction.atomic
def decide_accept(
    *, actor: Actor, item_id: int, answer: str, day: date, at: datetime, version: int | None = None
) -> Decision:
    """Accept an idea and answer its writer. Raises ``MoveNotAllowed`` of suggestions if it was decided."""
    item = _load(actor, item_id, version)
    _offer(item, DecisionKind.ACCEPT)
    suggestion = Suggestion.objects.get(code=item.about_code)
    accept_suggestion(actor=actor, suggestion_id=suggestion.pk, answer=answer, day=day, at=at)
    return _record(actor, item, DecisionKind.ACCEPT, at, answer)


@transaction.atomic
def decide_decline(
    *, actor: Actor, item_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Decision:
    """Decline an idea; its writer reads the reason. Raises :class:`WordsMissing` without one."""
    item = _load(actor, item_id, version)
    _offer(item, DecisionKind.DECLINE)
    if not reason.strip():
        raise WordsMissing
    suggestion = Suggestion.objects.get(code=item.about_code)
    decline_suggestion(actor=actor, suggestion_id=suggestion.pk, reason=reason, day=day, at=at)
    return _record(actor, item, DecisionKind.DECLINE, at, reason)


@transaction.atomic
def decide_complete(
    *, actor: Actor, item_id: int, day: date, at: datetime, version: int | None = None
) -> Decision:
    """Tick an action off in the meeting."""
    item = _load(actor, item_id, version)
    _offer(item, DecisionKind.COMPLETE)
    action = ActionItem.objects.get(code=item.about_code)
    complete_action(actor=actor, action_id=action.pk, day=day, at=at)
    return _record(actor, item, DecisionKind.COMPLETE, at, result_code=action.code)


@transaction.atomic
def decide_note(
    *, actor: Actor, item_id: int, text: str, at: datetime, version: int | None = None
) -> Decision:
    """Write down what was said on an item. Raises :class:`WordsMissing` without words."""
    item = _load(actor, item_id, version)
    if not text.strip():
        raise WordsMissing
    return _record(actor, item, DecisionKind.NOTE, at, text)


@transaction.atomic
def set_item_done(
    *, actor: Actor, item_id: int, is_done: bool, at: datetime, version: int | None = None
) -> AgendaItem:
    """Say that the team is done with an item, or that it is not; what is not done comes again next time."""
    item = _load(actor, item_id, version)
    item.is_done = is_done
    item.version += 1
    item.save(update_fields=["is_done", "version"])
    audit.record(actor, "agenda_item.done" if is_done else "agenda_item.reopened", item, at)
    return item


@transaction.atomic
def add_topic(*, actor: Actor, meeting_id: int, title: str, at: datetime) -> AgendaItem:
    """Put a topic on the agenda of a planned or open meeting. Raises :class:`WordsMissing` without words."""
    require(actor, "teams.decide")
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.status not in {Status.PLANNED, Status.OPEN}:
        raise MoveNotAllowed(meeting.status, meeting.status)
    if not title.strip():
        raise WordsMissing
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, position=last + 1, kind=ItemKind.TOPIC.value, title=title.strip()
    )
    audit.record(actor, "agenda_item.added", item, at, title=item.title)
    return item


@transaction.atomic
def move_item(*, actor: Actor, item_id: int, is_up: bool, at: datetime) -> AgendaItem:
    """Swap an item with the one before or after it; at the end of the list nothing moves."""
    require(actor, "teams.decide")
    meeting_id = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.status not in {Status.PLANNED, Status.OPEN}:
        raise MoveNotAllowed(meeting.status, meeting.status)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id"))
    place = next(index for index, item in enumerate(items) if item.pk == item_id)
    other = place + (-1 if is_up else 1)
    item = items[place]
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        for position, each in enumerate(items, 1):
            each.position = position
        AgendaItem.objects.bulk_update(items, ["position"])
        audit.record(actor, "agenda_item.moved", item, at, position=item.position)
    return item
