"""Verbs on incidents: report, look into, agree what to do, close. Health details go through a door of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from fairfloor.actions.public import actions_about
from fairfloor.actions.public import add_action as add_action_item
from fairfloor.core import audit, once
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, apply_changes, check_version
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import Level, Sex, Worker
from fairfloor.safety.incident_figures import SUPPLIER
from fairfloor.safety.incident_workflow import Factor, Kind, Stage, may_move, problem_of
from fairfloor.safety.models import (
    Hazard,
    Incident,
    IncidentHealth,
    Investigation,
    InvestigationMember,
    JobReview,
)
from fairfloor.safety.services.job_care import trigger_review
from fairfloor.safety.workflow import Cause
from fairfloor.safety.workflow import Status as HazardStatus

FEATURE = "incident"
"""What an action belongs to that was agreed after an incident."""
HEALTH_FIELDS = ("person_code", "nature", "body_part", "treatment")
CORRECTABLE = (
    *("incident_date", "hour", "department_code", "place", "job", "kind", "injury_class"),
    *("description", "sex", "level", "days_lost"),
)


class IncidentRefused(ValueError):
    """The values do not fit together. ``code`` says why, ``field`` where; codes as in `incident_workflow`.

    Besides: UNKNOWN_WORKER, SELF_EMPTY (a participant without code, sex and level), NO_ACTION, ACTIONS_OPEN.
    """

    def __init__(self, field: str, code: str):
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True)
class Participant:
    """Somebody who took part: by roster code, or by sex and level alone."""

    worker_code: str = ""
    sex: str = ""
    level: str = ""


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("N")
        if not Incident.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free incident code was found.")


def _check(values: dict[str, Any], day: date) -> None:
    problem = problem_of(values, day)
    if problem:
        raise IncidentRefused(*problem)
    for name, codes in (("sex", Sex), ("level", Level)):
        if values.get(name) and values[name] not in set(codes):
            raise IncidentRefused(name, "UNKNOWN")


@transaction.atomic
def report_incident(
    *,
    actor: Actor,
    kind: str,
    description: str,
    incident_date: date,
    day: date,
    at: datetime,
    hazard_code: str = "",
    photo_id: int | None = None,
    form_id: UUID | None = None,
    **more: Any,
) -> Incident:
    """Record what happened; ``day`` is today. ``more``: hour, department_code, place, job, injury_class, sex, level,
    days_lost. A near miss may be reported by everybody, an accident by who may write on safety.

    Raises :class:`IncidentRefused`. A form sent twice (the same ``form_id``) gives the first incident again.
    """
    require(actor, "safety.report" if kind == Kind.NEAR_MISS else "safety.write")
    if set(more) - set(CORRECTABLE):
        raise KeyError(", ".join(sorted(set(more) - set(CORRECTABLE))))
    if earlier := once.begin(form_id):
        return Incident.objects.get(code=earlier)
    values = {"kind": kind, "description": description.strip(), "incident_date": incident_date, **more}
    _check(values, day)
    incident = Incident.objects.create(
        code=_fresh_code(), hazard_code=hazard_code, photo_id=photo_id, **values
    )
    once.made(form_id, incident.code)
    audit.record(actor, "incident.reported", incident, at)
    mark_stale(SUPPLIER.code, incident_date)
    return incident


@transaction.atomic
def near_miss_from_hazard(*, actor: Actor, hazard_code: str, day: date, at: datetime) -> Incident:
    """A hazard that already happened: makes a near miss of it, once; the hazard stays to be fixed."""
    require(actor, "safety.write")
    hazard = Hazard.objects.select_for_update().get(code=hazard_code)
    if hazard.status == HazardStatus.WITHDRAWN:
        raise MoveNotAllowed(hazard.status, Kind.NEAR_MISS)
    made = Incident.objects.filter(hazard_code=hazard_code).exclude(status=Stage.WITHDRAWN).first()
    return made or report_incident(
        actor=actor,
        kind=Kind.NEAR_MISS,
        description=hazard.description,
        incident_date=hazard.found_date,
        day=day,
        at=at,
        hazard_code=hazard.code,
        department_code=hazard.department_code,
    )


def _load(incident_id: int, version: int | None, new: Stage | None = None) -> Incident:
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    check_version(incident, version)
    if new is not None and not may_move(incident.status, new):
        raise MoveNotAllowed(incident.status, new)
    return incident


def _move(actor: Actor, incident: Incident, new: Stage, at: datetime, reason: str = "") -> Incident:
    changed = apply_changes(incident, {"status": new.value, "reason": reason})
    if not changed:
        # Looked into once more: nothing on the incident itself moves, yet an older form is stale.
        incident.version += 1
    incident.save()
    detail = {"reason": reason} if reason else {}
    audit.record(actor, f"incident.{new.lower()}", incident, at, **detail)
    mark_stale(SUPPLIER.code, incident.incident_date)
    return incident


def _members(participants: Sequence[Participant]) -> list[InvestigationMember]:
    codes = {each.worker_code for each in participants if each.worker_code}
    roster = {worker.code: worker for worker in Worker.objects.filter(code__in=codes)}
    unknown = sorted(codes - set(roster))
    if unknown:
        raise IncidentRefused("participants", "UNKNOWN_WORKER")
    made = []
    for position, each in enumerate(participants, 1):
        if each.worker_code:
            worker = roster[each.worker_code]
            each = Participant(worker.code, worker.sex, worker.level)
        elif not each.sex and not each.level:
            raise IncidentRefused("participants", "SELF_EMPTY")
        if (each.sex and each.sex not in set(Sex)) or (each.level and each.level not in set(Level)):
            raise IncidentRefused("participants", "UNKNOWN")
        made.append(
            InvestigationMember(
                position=position, worker_code=each.worker_code, sex=each.sex, level=each.level
            )
        )
    return made


@transaction.atomic
def investigate_incident(
    *,
    actor: Actor,
    incident_id: int,
    held_date: date,
    whys: Sequence[str],
    participants: Sequence[Participant],
    day: date,
    at: datetime,
    factors: Sequence[str] = (),
    version: int | None = None,
) -> Incident:
    """Keep why it happened and who looked into it. Asks for a fresh look at the risks of the job or department.

    Raises :class:`IncidentRefused` without a first why or anybody who took part, or for an unknown worker code.
    """
    require(actor, "safety.write")
    incident = _load(incident_id, version, Stage.INVESTIGATED)
    said = [why.strip() for why in whys if why.strip()]
    if not said:
        raise IncidentRefused("why_1", "EMPTY")
    if len(said) > 5:
        raise IncidentRefused("why_5", "TOO_MANY")
    if held_date > day:
        raise IncidentRefused("held_date", "FUTURE")
    if held_date < incident.incident_date:
        raise IncidentRefused("held_date", "BEFORE")
    if set(factors) - set(Factor):
        raise IncidentRefused("factors", "UNKNOWN")
    if not participants:
        raise IncidentRefused("participants", "EMPTY")
    members = _members(participants)
    values = {f"why_{number}": said[number - 1] if number <= len(said) else "" for number in range(1, 6)}
    values |= {"held_date": held_date, "factors": ";".join(factors)}
    investigation, _is_new = Investigation.objects.update_or_create(incident=incident, defaults=values)
    InvestigationMember.objects.filter(investigation=investigation).delete()
    for member in members:
        member.investigation = investigation
    InvestigationMember.objects.bulk_create(members)
    return _move(actor, incident, Stage.INVESTIGATED, at)


@transaction.atomic
def ask_for_review(*, actor: Actor, incident_id: int, day: date, at: datetime) -> list[JobReview]:
    """Ask that the risks of the incident's job, or of its department, are looked at again. Gives the new reviews."""
    require(actor, "safety.write")
    incident = _load(incident_id, None)
    return trigger_review(
        actor=actor,
        cause=Cause.INCIDENT,
        words=incident.code,
        department_code=incident.department_code,
        job=incident.job,
        day=day,
        at=at,
    )


@transaction.atomic
def add_incident_action(
    *,
    actor: Actor,
    incident_id: int,
    text: str,
    owner_name: str,
    due_date: date | None,
    day: date,
    at: datetime,
    form_id: UUID | None = None,
):
    """Agree who does what by when after an incident."""
    require(actor, "safety.write")
    incident = _load(incident_id, None)
    return add_action_item(
        actor=actor,
        text=text,
        owner_name=owner_name,
        due_date=due_date,
        about_feature=FEATURE,
        about_code=incident.code,
        day=day,
        at=at,
        form_id=form_id,
    )


@transaction.atomic
def agree_actions(
    *, actor: Actor, incident_id: int, at: datetime, reason: str = "", version: int | None = None
) -> Incident:
    """The actions are agreed. Without any, ``reason`` says why none is needed."""
    require(actor, "safety.write")
    incident = _load(incident_id, version, Stage.AGREED)
    if not reason.strip() and not actions_about(FEATURE, incident.code):
        raise IncidentRefused("reason", "NO_ACTION")
    return _move(actor, incident, Stage.AGREED, at, reason.strip())


@transaction.atomic
def close_incident(*, actor: Actor, incident_id: int, at: datetime, version: int | None = None) -> Incident:
    """Everything agreed is done. Raises :class:`IncidentRefused` while an action is open."""
    require(actor, "safety.write")
    incident = _load(incident_id, version, Stage.CLOSED)
    if any(action.status == "OPEN" for action in actions_about(FEATURE, incident.code)):
        raise IncidentRefused("version", "ACTIONS_OPEN")
    return _move(actor, incident, Stage.CLOSED, at, incident.reason)


@transaction.atomic
def withdraw_incident(
    *, actor: Actor, incident_id: int, reason: str, at: datetime, version: int | None = None
) -> Incident:
    """Take a wrong entry out of every count; it stays to be seen."""
    require(actor, "safety.correct")
    incident = _load(incident_id, version, Stage.WITHDRAWN)
    if not reason.strip():
        raise IncidentRefused("reason", "EMPTY")
    return _move(actor, incident, Stage.WITHDRAWN, at, reason.strip())


@transaction.atomic
def correct_incident(
    *,
    actor: Actor,
    incident_id: int,
    values: dict[str, Any],
    day: date,
    at: datetime,
    version: int | None = None,
) -> Incident:
    """Correct what was written down; the trail keeps old and new. Raises ``KeyError`` for other fields."""
    require(actor, "safety.correct")
    if set(values) - set(CORRECTABLE):
        raise KeyError(", ".join(sorted(set(values) - set(CORRECTABLE))))
    incident = _load(incident_id, version)
    before = incident.incident_date
    _check({name: getattr(incident, name) for name in CORRECTABLE} | values, day)
    changed = apply_changes(incident, values)
    if changed:
        incident.save()
        # Words may say more about a body than they should: the trail says that they changed, not what they were.
        shown = {name: pair for name, pair in changed.items() if name != "description"}
        audit.record(actor, "incident.corrected", incident, at, changed=shown)
        mark_stale(SUPPLIER.code, before, incident.incident_date)
    return incident


@transaction.atomic
def write_health(
    *, actor: Actor, incident_id: int, values: dict[str, str], at: datetime, version: int | None = None
) -> IncidentHealth:
    """Keep the sealed details: person_code, nature, body_part, treatment. The trail says only that they were written.

    Raises :class:`IncidentRefused` for a person who is not on the roster, ``KeyError`` for other fields.
    """
    require(actor, "safety.see_health")
    if set(values) - set(HEALTH_FIELDS):
        raise KeyError(", ".join(sorted(set(values) - set(HEALTH_FIELDS))))
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    person = values.get("person_code", "").strip()
    if person and not Worker.objects.filter(code=person).exists():
        raise IncidentRefused("person_code", "UNKNOWN_WORKER")
    health = IncidentHealth.objects.select_for_update().filter(incident=incident).first()
    if health is None:
        health = IncidentHealth.objects.create(
            incident=incident, **{name: value.strip() for name, value in values.items()}
        )
    else:
        check_version(health, version)
        if not apply_changes(health, {name: value.strip() for name, value in values.items()}):
            return health
        health.save()
    audit.record(actor, "incident.health_written", incident, at)
    return health
