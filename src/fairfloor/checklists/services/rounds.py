"""Verbs on rounds: take one in, keep its photos, take a wrong one back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from fairfloor.checklists.catalog import find_checklist
from fairfloor.checklists.figures import SUPPLIER
from fairfloor.checklists.models import Area, Finding, RoundPhoto, WalkRound
from fairfloor.checklists.workflow import (
    Kind,
    RoundStatus,
    is_low,
    needs_photo,
    score_by_section,
    values_for,
)
from fairfloor.content import Checklist
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, check_version
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import is_own_name

LONGEST_WORDS = 1000


def _owns(actor: Actor, area: Area) -> bool:
    """Whether the area is the actor's own; an owner without a login is known by name only."""
    if area.owner_user_id is not None:
        return area.owner_user_id == actor.user_id
    return is_own_name(actor, area.owner_name)


class RoundRefused(ValueError):
    """A round that cannot be taken. ``code`` says why, ``values`` which question and how many."""

    def __init__(self, code: str, **values: Any):
        super().__init__(f"{code} {values}")
        self.code, self.values = code, values


class AnotherRound(ValueError):
    """The same id came with other answers: this round was finished before (409)."""


@dataclass(frozen=True)
class Answer:
    """What was said to one question."""

    value: str
    words: str = ""


def fresh_code(model: type, prefix: str) -> str:
    """A code no row of the model has yet."""
    for _try in range(20):
        code = random_code(prefix)
        if not model.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free code was found.")


def _checked(
    actor: Actor,
    checklist: Checklist,
    area: Area,
    answers: Mapping[str, Answer],
    photos: set[str],
) -> None:
    if checklist.kind == Kind.FIVE_S and _owns(actor, area):
        raise RoundRefused("OWN_AREA")
    if unknown := sorted(set(answers) - {item.code for item in checklist.items}):
        raise RoundRefused("UNKNOWN_ITEM", item=unknown[0])
    allowed = values_for(checklist.kind)
    for code, answer in answers.items():
        if answer.value not in allowed:
            raise RoundRefused("OUTSIDE_SCALE", item=code)
        if len(answer.words) > LONGEST_WORDS:
            raise RoundRefused("TOO_LONG", item=code)
    if missing := [item.code for item in checklist.items if item.code not in answers]:
        raise RoundRefused("UNANSWERED", item=missing[0], count=len(missing))
    for code, answer in answers.items():
        if needs_photo(checklist.kind, answer.value) and code not in photos:
            raise RoundRefused("PHOTO_MISSING", item=code)


def _digest(pin: str, area_code: str, started: date, finished: date, answers: Mapping[str, Answer]) -> str:
    said = {code: [answer.value, answer.words] for code, answer in sorted(answers.items())}
    whole = [pin, area_code, started.isoformat(), finished.isoformat(), said]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def record_round(
    *,
    actor: Actor,
    client_id: str,
    checklist_code: str,
    version: str,
    area_code: str,
    started_date: date,
    finished_date: date,
    answers: Mapping[str, Answer],
    day: date,
    at: datetime,
    photos: Mapping[str, int] | None = None,
    auditor_name: str = "",
) -> tuple[WalkRound, bool]:
    """Take in a finished round; gives the round and whether it is new.

    The same id with the same answers gives the first round again, with others raises :class:`AnotherRound`.
    ``photos`` are stored pictures by question, beside those that came ahead under the same id. ``auditor_name`` is
    whoever is signed in unless given. Raises :class:`RoundRefused`.
    """
    require(actor, "checklists.run")
    checklist = find_checklist(checklist_code)
    if checklist is None:
        raise RoundRefused("UNKNOWN_CHECKLIST")
    digest = _digest(f"{checklist_code}@{version}", area_code, started_date, finished_date, answers)
    earlier = WalkRound.objects.filter(client_id=client_id).first()
    if earlier is not None:
        if earlier.digest != digest or earlier.auditor_user_id != actor.user_id:
            raise AnotherRound
        return earlier, False
    if checklist.version != version:
        raise RoundRefused("STALE_CHECKLIST")
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise RoundRefused("UNKNOWN_AREA")
    if started_date > day or finished_date > day:
        raise RoundRefused("FUTURE")
    if finished_date < started_date:
        raise RoundRefused("BEFORE")
    ahead = RoundPhoto.objects.filter(client_id=client_id, user_id=actor.user_id)
    pictures = {**dict(ahead.values_list("item", "photo_id")), **(photos or {})}
    _checked(actor, checklist, area, answers, set(pictures))
    scores = score_by_section(checklist, {code: answer.value for code, answer in answers.items()})
    walked = WalkRound.objects.create(
        code=fresh_code(WalkRound, "W"),
        client_id=client_id,
        digest=digest,
        checklist_pin=checklist.pin,
        checklist_code=checklist.code,
        kind=checklist.kind,
        area_code=area.code,
        department_code=area.department_code,
        auditor_name=auditor_name or actor.name,
        auditor_user_id=actor.user_id,
        started_date=started_date,
        finished_date=finished_date,
        points=sum(score.points for score in scores.values()),
        points_possible=sum(score.possible for score in scores.values()),
        answers={code: [answer.value, answer.words] for code, answer in answers.items()},
        sections={code: [each.points, each.possible, each.findings] for code, each in scores.items()},
    )
    _add_findings(walked, checklist, answers, pictures)
    audit.record(actor, "walk_round.finished", walked, at)
    mark_stale(SUPPLIER.code, finished_date)
    return walked, True


def _add_findings(
    walked: WalkRound, checklist: Checklist, answers: Mapping[str, Answer], pictures: Mapping[str, int]
) -> None:
    found, codes = [], set()
    for item in checklist.items:
        answer = answers[item.code]
        if not is_low(checklist.kind, answer.value):
            continue
        code = fresh_code(Finding, "F")
        while code in codes:
            code = fresh_code(Finding, "F")
        codes.add(code)
        found.append(
            Finding(
                code=code,
                round_code=walked.code,
                found_date=walked.finished_date,
                item=item.code,
                question=item.text,
                words=answer.words.strip(),
                department_code=walked.department_code,
                photo_id=pictures.get(item.code),
            )
        )
    Finding.objects.bulk_create(found)


@transaction.atomic
def keep_photo(*, actor: Actor, client_id: str, item: str, photo_id: int) -> tuple[RoundPhoto, bool]:
    """Keep a photo for a question of a round still on its way; sent again, the first one stays."""
    require(actor, "checklists.run")
    return RoundPhoto.objects.get_or_create(
        client_id=client_id, item=item, defaults={"photo_id": photo_id, "user_id": actor.user_id}
    )


@transaction.atomic
def withdraw_round(
    *, actor: Actor, round_id: int, reason: str, at: datetime, version: int | None = None
) -> WalkRound:
    """Take a wrong round back; it then counts nowhere and stays to be seen. ``ValueError`` without a reason."""
    require(actor, "checklists.manage")
    if not reason.strip():
        raise ValueError("A reason is needed.")
    walked = WalkRound.objects.select_for_update().get(pk=round_id)
    check_version(walked, version)
    if walked.status != RoundStatus.FINISHED:
        raise MoveNotAllowed(walked.status, RoundStatus.WITHDRAWN)
    walked.status, walked.reason = RoundStatus.WITHDRAWN.value, reason.strip()
    walked.version += 1
    walked.save(update_fields=["status", "reason", "version"])
    audit.record(actor, "walk_round.withdrawn", walked, at, reason=walked.reason)
    mark_stale(SUPPLIER.code, walked.finished_date)
    return walked
