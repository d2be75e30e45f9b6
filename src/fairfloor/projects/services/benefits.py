"""Verbs on what a project brings: stating it, finding it, verifying it by somebody else."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.models import AuditEvent
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.projects.changes import SUPPLIER, MoveNotAllowed, Refused, is_own_work, is_same_name
from fairfloor.projects.models import Benefit, ImprovementProject
from fairfloor.projects.workflow import BENEFIT_POSSIBLE, SavingType

FIELDS = frozenset(
    {
        "title",
        "unit",
        "kind",
        "months",
        "target",
        "forecast",
        "actual",
        "currency",
        "rate",
        "rate_date",
        "part_of_id",
    }
)
# What makes the amount that counts: who wrote any of it cannot be the one to verify it.
COUNTED = frozenset({"actual", "unit", "kind", "months", "currency", "rate", "part_of_id"})
_LARGEST = Decimal(10) ** 12


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code("B")
        if not Benefit.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free benefit code was found.")


def _is_by(event: AuditEvent, actor: Actor) -> bool:
    is_same_login = actor.user_id is not None and event.actor_user_id == actor.user_id
    return is_same_login or is_same_name(actor.name, event.actor_name)


def has_written(benefit: Benefit, project: ImprovementProject, actor: Actor) -> bool:
    """Whether the actor, with this or another login, wrote the amount found or a part of what it means."""
    if actor.user_id is not None and actor.user_id == benefit.stated_by_user_id:
        return True
    # An import tells the rows it touched and not what it wrote in them.
    if any(
        _is_by(event, actor)
        for event in audit.story_of(benefit)
        if event.verb.endswith(("imported", "_import"))
    ):
        return True
    return any(
        event.detail.get("counted") and event.detail.get("code") == benefit.code and _is_by(event, actor)
        for event in audit.story_of(project)
        if event.verb in {"benefit.stated", "benefit.changed"}
    )


def _check(benefit: Benefit, own_currency: str, day: date) -> None:
    """Refuse what cannot stand; see ``labels.REASONS`` for the sentences."""
    if not benefit.title:
        raise Refused("BENEFIT_TITLE_MISSING", "title")
    if benefit.kind not in set(SavingType):
        raise Refused("SAVING_TYPE_MISSING", "kind")
    if benefit.kind == SavingType.RECURRING and not 1 <= (benefit.months or 0) <= 60:
        raise Refused("MONTHS_MISSING", "months")
    for name in ("target", "forecast", "actual"):
        value = getattr(benefit, name)
        if value is not None and not 0 <= value < _LARGEST:
            raise Refused("AMOUNT_OUT_OF_RANGE", name)
    if benefit.target is None and benefit.forecast is None and benefit.actual is None:
        raise Refused("AMOUNT_MISSING", "target")
    is_foreign = benefit.is_money and benefit.currency != own_currency
    if is_foreign and (benefit.rate is None or not 0 < benefit.rate < 10**8 or benefit.rate_date is None):
        raise Refused("RATE_MISSING", "rate")
    if benefit.rate_date and benefit.rate_date > day:
        raise Refused("RATE_IN_FUTURE", "rate_date")
    if benefit.is_too_large():
        raise Refused("AMOUNT_TOO_LARGE", "actual" if benefit.actual is not None else "target")
    whole = benefit.part_of
    parts = Benefit.objects.filter(part_of_id=benefit.pk) if benefit.pk else Benefit.objects.none()
    if (whole is not None and whole.is_money != benefit.is_money) or any(
        part.is_money != benefit.is_money for part in parts
    ):
        raise Refused("PART_OF_OTHER", "part_of")
    if whole is not None and (whole.pk == benefit.pk or whole.part_of_id is not None):
        raise Refused("PART_OF_PART", "part_of")
    if whole is not None and parts:
        raise Refused("PART_OF_PART", "part_of")


def _tidy(values: dict[str, Any], own_currency: str) -> dict[str, Any]:
    if unknown := set(values) - FIELDS:
        raise TypeError(f"Not part of a benefit: {', '.join(sorted(unknown))}")
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if tidy.get("kind") == SavingType.ONE_OFF:
        tidy["months"] = None
    if "currency" in tidy:
        tidy["currency"] = "" if tidy.get("unit") else tidy["currency"].upper() or own_currency
        if tidy.get("unit") or tidy["currency"] == own_currency:
            tidy |= {"rate": Decimal(1), "rate_date": None}
    return tidy


def _load(benefit_id: int, version: int | None) -> tuple[Benefit, ImprovementProject]:
    """The benefit and its project, both locked; raises ``StaleEdit`` for another version of the benefit."""
    benefit = Benefit.objects.select_for_update().get(pk=benefit_id)
    check_version(benefit, version)
    return benefit, ImprovementProject.objects.select_for_update().get(pk=benefit.project_id)


def _possible(project: ImprovementProject) -> None:
    if project.status not in BENEFIT_POSSIBLE:
        raise MoveNotAllowed(project.status, project.status)


@transaction.atomic
def state_benefit(
    *, actor: Actor, project_id: int, own_currency: str, day: date, at: datetime, **values: Any
) -> Benefit:
    """Say what a project shall bring, will bring or has brought (any of ``FIELDS``).

    ``own_currency`` is the enterprise's; an amount in another one needs the rate of a day. Raises :class:`Refused`.
    """
    require(actor, "projects.write")
    project = ImprovementProject.objects.select_for_update().get(pk=project_id)
    _possible(project)
    defaults = {"unit": "", "currency": own_currency, "rate": Decimal(1)}
    benefit = Benefit(
        project=project,
        code=_fresh_code(),
        stated_by_user_id=actor.user_id,
        **_tidy({**defaults, **values}, own_currency),
    )
    _check(benefit, own_currency, day)
    benefit.save(force_insert=True)
    found = {"counted": ["actual"]} if benefit.actual is not None else {}
    audit.record(actor, "benefit.stated", project, at, benefit=benefit.title, code=benefit.code, **found)
    return benefit


@transaction.atomic
def change_benefit(
    *,
    actor: Actor,
    benefit_id: int,
    own_currency: str,
    day: date,
    at: datetime,
    version: int | None = None,
    **values: Any,
) -> Benefit:
    """Write it anew. A verified one stays as it is until the verification is taken back."""
    require(actor, "projects.write")
    benefit, project = _load(benefit_id, version)
    _possible(project)
    if benefit.verified_date is not None:
        raise Refused("BENEFIT_VERIFIED")
    changed = apply_changes(benefit, _tidy(values, own_currency))
    _check(benefit, own_currency, day)
    if changed:
        counted = sorted(COUNTED & set(changed)) if benefit.actual is not None else []
        if "actual" in changed or benefit.actual is None:
            benefit.stated_by_user_id = actor.user_id
        benefit.save()
        found = {"counted": counted} if counted else {}
        audit.record(actor, "benefit.changed", project, at, benefit=benefit.title, code=benefit.code, **found)
    return benefit


@transaction.atomic
def verify_benefit(
    *, actor: Actor, benefit_id: int, day: date, at: datetime, version: int | None = None
) -> Benefit:
    """Confirm the amount found; by somebody who neither stated it nor owns the project."""
    require(actor, "projects.verify")
    benefit, project = _load(benefit_id, version)
    _possible(project)
    if benefit.verified_date is not None:
        raise Refused("BENEFIT_VERIFIED")
    if benefit.actual is None:
        raise Refused("ACTUAL_MISSING", "actual")
    if is_own_work(project, actor) or has_written(benefit, project, actor):
        raise Refused("OWN_BENEFIT")
    benefit.verified_by_name, benefit.verified_by_user_id = actor.name, actor.user_id
    benefit.verified_date = day
    benefit.version += 1
    benefit.save()
    audit.record(actor, "benefit.verified", project, at, benefit=benefit.title, amount=str(benefit.actual))
    mark_stale(SUPPLIER, project.finish_date)
    return benefit


@transaction.atomic
def unverify_benefit(
    *, actor: Actor, benefit_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> Benefit:
    """Take the verification back, with a reason; the amount counts no more and can be changed."""
    require(actor, "projects.verify")
    benefit, project = _load(benefit_id, version)
    if benefit.verified_date is None:
        raise Refused("BENEFIT_NOT_VERIFIED")
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    benefit.verified_by_name, benefit.verified_by_user_id, benefit.verified_date = "", None, None
    benefit.version += 1
    benefit.save()
    audit.record(actor, "benefit.unverified", project, at, benefit=benefit.title, reason=reason.strip())
    mark_stale(SUPPLIER, project.finish_date)
    return benefit


def drop_verifications(project: ImprovementProject, actor: Actor, at: datetime, reason: str) -> None:
    """Of all benefits of a locked project that goes back to work: what was found is no longer what will be."""
    for benefit in Benefit.objects.select_for_update().filter(project=project, verified_date__isnull=False):
        benefit.verified_by_name, benefit.verified_by_user_id, benefit.verified_date = "", None, None
        benefit.version += 1
        benefit.save()
        audit.record(actor, "benefit.unverified", project, at, benefit=benefit.title, reason=reason)


@transaction.atomic
def remove_benefit(
    *, actor: Actor, benefit_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> None:
    """Take a wrong entry away, with a reason; what it said stays in the project's story."""
    require(actor, "projects.write")
    benefit, project = _load(benefit_id, version)
    if benefit.verified_date is not None:
        raise Refused("BENEFIT_VERIFIED")
    if not reason.strip():
        raise Refused("REASON_MISSING", "reason")
    if Benefit.objects.filter(part_of_id=benefit.pk).exists():
        raise Refused("HAS_PARTS")
    amounts = {
        name: str(value) for name in ("target", "forecast", "actual") if (value := getattr(benefit, name))
    }
    audit.record(
        actor, "benefit.removed", project, at, benefit=benefit.title, reason=reason.strip(), **amounts
    )
    Benefit.objects.filter(pk=benefit.pk).delete_only()
