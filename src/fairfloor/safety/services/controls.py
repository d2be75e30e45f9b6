"""Verbs on the measures against a job risk: in place, or planned with an owner and a day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from fairfloor.actions.public import MoveNotAllowed as ActionClosed
from fairfloor.actions.public import actions_with_codes, add_action, cancel_action, complete_action
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Control, JobRisk
from fairfloor.safety.services.hazards import HazardRefused
from fairfloor.safety.workflow import ControlType, strength


@dataclass(frozen=True)
class AddedControl:
    """A measure to be written down. A planned one needs an owner and a day."""

    text: str
    control_type: str
    is_in_place: bool
    owner_name: str = ""
    due_date: date | None = None
    done_date: date | None = None
    owner_user_id: int | None = None


def _check(control: AddedControl) -> None:
    if not control.text.strip() and not control.control_type:
        raise HazardRefused("text", "EMPTY")
    if control.control_type and control.control_type not in set(ControlType):
        raise HazardRefused("control_type", "UNKNOWN")
    if not control.is_in_place:
        if not control.owner_name.strip():
            raise HazardRefused("owner_name", "EMPTY")
        if control.due_date is None:
            raise HazardRefused("due_date", "EMPTY")


def mirror(risk: JobRisk) -> bool:
    """Show the surest measure in place on the risk itself; whether that changed anything. Saves."""
    controls = Control.objects.filter(risk=risk, is_in_place=True, dropped_date__isnull=True)
    best = min(controls, key=lambda each: (strength(each.control_type), each.position), default=None)
    values = {
        "control": best.text if best else "",
        "control_type": best.control_type if best else "",
    }
    changed = apply_changes(risk, values)
    if changed:
        risk.save(update_fields=[*values, "version"])
    return bool(changed)


def add_controls(
    actor: Actor, risk: JobRisk, controls: Sequence[AddedControl], day: date, at: datetime
) -> list[Control]:
    """Write measures to a risk that the caller has locked or just made; a planned one becomes an action too."""
    last = Control.objects.filter(risk=risk).aggregate(last=Max("position"))["last"] or 0
    made = []
    for position, control in enumerate(controls, last + 1):
        _check(control)
        action_code = ""
        if not control.is_in_place and actor.may("actions.write"):
            action = add_action(
                actor=actor,
                text=f"{risk.job} · {risk.hazard}: {control.text}"[:500],
                owner_name=control.owner_name,
                owner_user_id=control.owner_user_id,
                due_date=control.due_date,
                about_feature="job_risk",
                about_code=str(risk.pk),
                day=day,
                at=at,
            )
            action_code = action.code
        made.append(
            Control.objects.create(
                risk=risk,
                position=position,
                text=control.text.strip(),
                control_type=control.control_type,
                is_in_place=control.is_in_place,
                owner_name=control.owner_name.strip(),
                due_date=control.due_date,
                done_date=control.done_date,
                action_code=action_code,
            )
        )
    mirror(risk)
    mark_stale(SUPPLIER.code, day, risk.assessed_date, *(each.due_date for each in made))
    return made


@transaction.atomic
def add_control(*, actor: Actor, job_risk_id: int, control: AddedControl, day: date, at: datetime) -> Control:
    """Add one measure to a risk. Raises :class:`HazardRefused` (a planned one without owner or day)."""
    require(actor, "safety.write")
    risk = JobRisk.objects.select_for_update().get(pk=job_risk_id, withdrawn_date__isnull=True)
    (made,) = add_controls(actor, risk, [control], day, at)
    audit.record(actor, "job_risk.control_added", risk, at, control=made.text, planned=not made.is_in_place)
    return made


def _loaded(control_id: int, version: int | None) -> Control:
    control = Control.objects.select_for_update().get(
        pk=control_id, dropped_date__isnull=True, risk__withdrawn_date__isnull=True
    )
    check_version(control, version)
    return control


def _action_of(control: Control):
    return actions_with_codes({control.action_code}).get(control.action_code) if control.action_code else None


@transaction.atomic
def finish_control(
    *, actor: Actor, control_id: int, day: date, at: datetime, version: int | None = None
) -> Control:
    """A planned measure is in place; its action is ticked off with it."""
    require(actor, "safety.write")
    control = _loaded(control_id, version)
    if control.is_in_place:
        return control
    apply_changes(control, {"is_in_place": True, "done_date": day})
    control.save()
    action = _action_of(control)
    if action is not None and actor.may("actions.write"):
        # Ticked off or cancelled there already: fine too.
        with suppress(ActionClosed):
            complete_action(actor=actor, action_id=action.pk, day=day, at=at)
    risk = JobRisk.objects.select_for_update().get(pk=control.risk_id)
    mirror(risk)
    audit.record(actor, "job_risk.control_in_place", risk, at, control=control.text)
    mark_stale(SUPPLIER.code, day, risk.assessed_date, control.due_date)
    return control


@transaction.atomic
def drop_control(
    *, actor: Actor, control_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Control:
    """A measure is not there any more, or will not come; the reason stays in the risk's story."""
    require(actor, "safety.write")
    if not reason.strip():
        raise HazardRefused("reason", "EMPTY")
    control = _loaded(control_id, version)
    apply_changes(control, {"dropped_date": day, "dropped_reason": reason.strip()})
    control.save()
    action = _action_of(control)
    if action is not None and not control.is_in_place and actor.may("actions.write"):
        # Ticked off or cancelled there already: fine too.
        with suppress(ActionClosed):
            cancel_action(actor=actor, action_id=action.pk, reason=reason.strip(), at=at)
    risk = JobRisk.objects.select_for_update().get(pk=control.risk_id)
    mirror(risk)
    audit.record(actor, "job_risk.control_dropped", risk, at, control=control.text, reason=reason.strip())
    mark_stale(SUPPLIER.code, day, risk.assessed_date, control.due_date)
    return control
