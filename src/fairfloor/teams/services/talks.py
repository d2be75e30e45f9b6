"""Verbs on shift talks: keep one that a phone sends, and make something of what was raised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from fairfloor.actions.public import add_action
from fairfloor.core import audit
from fairfloor.core.access import Actor, Forbidden, require
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Department
from fairfloor.safety.public import report_hazard
from fairfloor.suggestions.public import Channel, submit_suggestion
from fairfloor.teams.models import ShiftTalk, TalkIssue
from fairfloor.teams.services.errors import TalkDiffers, TalkRefused, TalkWithdrawn, WordsMissing
from fairfloor.teams.services.members import SUPPLIER
from fairfloor.teams.workflow import MOST_ISSUES, IssueKind, Shift, TalkTopic

# An action of a shift talk is small: a week, unless somebody sets another day.
DAYS_FOR_AN_ACTION = 7
# A phone may have been without a network for a while; older ones are a slip of the finger.
OLDEST_DAYS = 60


def _check(values: dict[str, Any], issues: Sequence[str], day: date) -> None:
    if not Department.objects.filter(code=values["department_code"]).exists():
        raise TalkRefused("UNKNOWN_DEPARTMENT", "department_code")
    if values["shift"] not in {each.value for each in Shift}:
        raise TalkRefused("UNKNOWN_SHIFT", "shift")
    if values["talk_date"] > day:
        raise TalkRefused("IN_FUTURE", "talk_date")
    if values["talk_date"] < day - timedelta(days=OLDEST_DAYS):
        raise TalkRefused("TOO_OLD", "talk_date")
    if values["present"] < 1:
        raise TalkRefused("NOBODY", "present")
    if (values["present_women"] or 0) + (values["present_men"] or 0) > values["present"]:
        raise TalkRefused("MORE_THAN_ALL", "present")
    if len(issues) > MOST_ISSUES:
        raise TalkRefused("TOO_MANY_ISSUES", "issues")


@transaction.atomic
def record_talk(
    *,
    actor: Actor,
    client_id: str,
    department_code: str,
    shift: str,
    talk_date: date,
    present: int,
    day: date,
    at: datetime,
    leader_name: str = "",
    present_women: int | None = None,
    present_men: int | None = None,
    topics: Sequence[str] = (),
    issues: Sequence[str] = (),
) -> tuple[ShiftTalk, bool]:
    """Keep a shift talk; returns it and whether it is new.

    The same ``client_id`` with the same content gives the first one again; with other content :class:`TalkDiffers`.
    Raises :class:`TalkRefused` for an unknown department or shift, a day ahead or long over, nobody present, more
    women and men than people, or too many issues.
    """
    require(actor, "teams.talk")
    raised = [" ".join(text.split()) for text in issues if text.strip()]
    values: dict[str, Any] = {
        "department_code": department_code,
        "shift": shift,
        "talk_date": talk_date,
        "leader_name": leader_name.strip(),
        "present": present,
        "present_women": present_women,
        "present_men": present_men,
        "topics": ";".join(each.value for each in TalkTopic if each in topics),
    }
    content = json.dumps([{**values, "talk_date": talk_date.isoformat()}, raised], sort_keys=True)
    content_hash = hashlib.sha256(content.encode()).hexdigest()
    earlier = ShiftTalk.objects.filter(client_id=client_id).first()
    if earlier is None:
        _check(values, raised, day)
        values |= {"code": random_code("T"), "content_hash": content_hash}
        values |= {"sent_by_id": actor.user_id, "sent_date": day}
        earlier, is_new = ShiftTalk.objects.get_or_create(client_id=client_id, defaults=values)
        if is_new:
            TalkIssue.objects.bulk_create(
                [TalkIssue(talk=earlier, position=place, text=text) for place, text in enumerate(raised, 1)]
            )
            audit.record(actor, "shift_talk.held", earlier, at)
            mark_stale(SUPPLIER, talk_date)
            return earlier, True
    if earlier.content_hash != content_hash:
        raise TalkDiffers
    return earlier, False


@transaction.atomic
def raise_issue(*, actor: Actor, issue_id: int, kind: IssueKind, day: date, at: datetime) -> TalkIssue:
    """Make what was raised a suggestion, a hazard or an action; an issue that became something stays that.

    Raises :class:`TalkWithdrawn`.
    """
    require(actor, "teams.talk")
    talk_id = TalkIssue.objects.values_list("talk_id", flat=True).get(pk=issue_id)
    talk = ShiftTalk.objects.select_for_update().get(pk=talk_id)
    issue = TalkIssue.objects.select_for_update().get(pk=issue_id)
    if issue.result_code:
        return issue
    if talk.withdrawn_date is not None:
        raise TalkWithdrawn
    if kind is IssueKind.SUGGESTION:
        made = submit_suggestion(
            actor=actor,
            client_id=f"shift-talk-{issue.pk}",
            text=issue.text,
            channel=Channel.SHIFT_TALK,
            department_code=talk.department_code,
            day=day,
            at=at,
        ).suggestion
    elif kind is IssueKind.HAZARD:
        made = report_hazard(
            actor=actor, description=issue.text, department_code=talk.department_code, day=day, at=at
        )
    else:
        made = add_action(
            actor=actor,
            text=issue.text,
            owner_name=talk.leader_name,
            due_date=day + timedelta(days=DAYS_FOR_AN_ACTION),
            about_feature="teams",
            about_code=talk.code,
            day=day,
            at=at,
        )
    issue.result_kind, issue.result_code = kind.value, made.code
    issue.save(update_fields=["result_kind", "result_code"])
    audit.record(actor, "shift_talk.issue_raised", talk, at, kind=kind.value, code=made.code)
    return issue


def may_withdraw(actor: Actor, talk: ShiftTalk, day: date) -> bool:
    """Whether a talk is theirs to take back: its writer on the day it was sent, secretary and safety officer always."""
    if actor.may("teams.withdraw_talk"):
        return True
    is_own = actor.user_id is not None and talk.sent_by_id == actor.user_id
    return is_own and talk.sent_date == day and actor.may("teams.talk")


@transaction.atomic
def withdraw_talk(*, actor: Actor, talk_id: int, reason: str, day: date, at: datetime) -> ShiftTalk:
    """Take a wrong talk back: it stays in the record and counts no more; what came of it stays. Twice changes nothing.

    Raises ``Forbidden``, :class:`WordsMissing` without a reason.
    """
    require(actor, "teams.talk")
    talk = ShiftTalk.objects.select_for_update().get(pk=talk_id)
    if not may_withdraw(actor, talk, day):
        raise Forbidden("teams.withdraw_talk")
    if talk.withdrawn_date is not None:
        return talk
    if not reason.strip():
        raise WordsMissing
    talk.withdrawn_date, talk.withdrawn_reason, talk.withdrawn_by_name = day, reason.strip()[:300], actor.name
    talk.save(update_fields=["withdrawn_date", "withdrawn_reason", "withdrawn_by_name"])
    audit.record(actor, "shift_talk.withdrawn", talk, at, reason=talk.withdrawn_reason)
    mark_stale(SUPPLIER, talk.talk_date)
    return talk
