"""Verbs on jobs, their steps and the risks in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import apply_changes, check_version
from fairfloor.core.stale import mark_stale
from fairfloor.measure.risk import Rating
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Job, JobRisk, JobStep, RatingRecord
from fairfloor.safety.services.controls import AddedControl, add_controls
from fairfloor.safety.services.hazards import HazardRefused
from fairfloor.safety.workflow import (
    REVIEW_AFTER,
    ControlType,
    Stage,
    is_above_first,
    job_risk_rating,
    level_of,
)


class AlreadyRecorded(ValueError):
    """This hazard of this step of this job is recorded already."""


def place(*, title: str, step: str, department_code: str, day: date) -> JobStep:
    """The step of a job, made where it is not there yet. For verbs of this feature; records nothing."""
    job, _is_new = Job.objects.get_or_create(
        title=title, defaults={"department_code": department_code, "review_date": day + REVIEW_AFTER}
    )
    found = JobStep.objects.filter(job=job, name=step).first()
    if found is None:
        last = JobStep.objects.filter(job=job).aggregate(last=Max("position"))["last"] or 0
        found = JobStep.objects.create(job=job, name=step, position=last + 1)
    return found


def _check_job_risk(values: dict[str, Any], but: int | None = None) -> Rating:
    """The rating. Raises ``RiskError`` off the scale, :class:`HazardRefused` or :class:`AlreadyRecorded`."""
    for name in ("job", "step", "hazard"):
        if not values[name].strip():
            raise HazardRefused(name, "EMPTY")
    rating = job_risk_rating(values["method"], values["likelihood"], values["exposure"], values["severity"])
    if values.get("control_type") and values["control_type"] not in set(ControlType):
        raise HazardRefused("control_type", "UNKNOWN")
    if values.get("kind") and values["kind"] not in load_content().hazard_categories:
        raise HazardRefused("kind", "UNKNOWN")
    same = JobRisk.objects.filter(
        job=values["job"], step=values["step"], hazard=values["hazard"], withdrawn_date__isnull=True
    )
    if same.exclude(pk=but).exists():
        raise AlreadyRecorded
    return rating


def keep_rating(
    risk: JobRisk, stage: str, rating: Rating, *, day: date, by: str, reason: str, number: int = 0
) -> None:
    """Add the rating that now stands on the risk to its history."""
    prefix = "after_" if stage == Stage.AFTER else ""
    if not number:
        number = (RatingRecord.objects.filter(risk=risk).aggregate(last=Max("number"))["last"] or 0) + 1
    RatingRecord.objects.create(
        risk=risk,
        number=number,
        stage=stage,
        method=getattr(risk, f"{prefix}method"),
        likelihood=getattr(risk, f"{prefix}likelihood"),
        exposure=getattr(risk, f"{prefix}exposure"),
        severity=getattr(risk, f"{prefix}severity"),
        score=rating.score,
        band=rating.band,
        rated_date=day,
        rated_by=by,
        reason=reason,
    )


@transaction.atomic
def record_job_risk(
    *,
    actor: Actor,
    job: str,
    step: str,
    hazard: str,
    method: str,
    likelihood: Decimal,
    severity: Decimal,
    day: date,
    at: datetime,
    exposure: Decimal | None = None,
    department_code: str = "",
    finder_level: str = "",
    control: str = "",
    control_type: str = "",
    kind: str = "",
    women: int | None = None,
    men: int | None = None,
    is_pregnancy: bool = False,
    is_breastfeeding: bool = False,
    reason: str = "",
) -> JobRisk:
    """Record one risk of one step, rated with values of the method's scales; what is in place stands beside it."""
    require(actor, "safety.write")
    values = {
        "job": job.strip(),
        "step": step.strip(),
        "hazard": hazard.strip(),
        "kind": kind,
        "method": method,
        "likelihood": likelihood,
        "exposure": exposure,
        "severity": severity,
        "department_code": department_code,
        "finder_level": finder_level,
        "women": women,
        "men": men,
        "is_pregnancy": is_pregnancy,
        "is_breastfeeding": is_breastfeeding,
    }
    rating = _check_job_risk(values | {"control_type": control_type})
    level = level_of(rating.band)
    where = place(title=values["job"], step=values["step"], department_code=department_code, day=day)
    risk = JobRisk.objects.create(
        job_step=where, assessed_date=day, level_first=level, level_now=level, **values
    )
    audit.record(actor, "job_risk.recorded", risk, at)
    keep_rating(risk, Stage.FIRST, rating, day=day, by=actor.name, reason=reason.strip(), number=1)
    if control.strip() or control_type:
        add_controls(actor, risk, [AddedControl(control.strip(), control_type, is_in_place=True)], day, at)
    mark_stale(SUPPLIER.code, day)
    return risk


RATING_FIELDS = ("method", "likelihood", "exposure", "severity")
JOB_RISK_FIELDS = (
    "assessed_date",
    "job",
    "step",
    "hazard",
    "kind",
    *RATING_FIELDS,
    "department_code",
    "finder_level",
    "women",
    "men",
    "is_pregnancy",
    "is_breastfeeding",
)


def _loaded(job_risk_id: int, version: int | None) -> JobRisk:
    risk = JobRisk.objects.select_for_update().get(pk=job_risk_id, withdrawn_date__isnull=True)
    check_version(risk, version)
    return risk


def _level_now(risk: JobRisk, rating: Rating) -> int:
    if risk.after_method:
        return risk.level_now
    return level_of(rating.band)


@transaction.atomic
def correct_job_risk(
    *,
    actor: Actor,
    job_risk_id: int,
    values: dict[str, Any],
    at: datetime,
    day: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> JobRisk:
    """Correct one job risk; another first rating is kept beside the old one. Raises ``KeyError`` for other fields."""
    require(actor, "safety.write")
    risk = _loaded(job_risk_id, version)
    if set(values) - set(JOB_RISK_FIELDS):
        raise KeyError(", ".join(sorted(set(values) - set(JOB_RISK_FIELDS))))
    rating = _check_job_risk({name: getattr(risk, name) for name in JOB_RISK_FIELDS} | values, but=risk.pk)
    before = risk.assessed_date
    changed = apply_changes(risk, values)
    if changed:
        if {"job", "step"} & set(changed):
            risk.job_step = place(
                title=risk.job,
                step=risk.step,
                department_code=risk.department_code,
                day=risk.assessed_date,
            )
        if set(RATING_FIELDS) & set(changed):
            risk.level_first = level_of(rating.band)
            risk.level_now = _level_now(risk, rating)
        risk.save()
        if set(RATING_FIELDS) & set(changed):
            keep_rating(
                risk,
                Stage.FIRST,
                rating,
                day=day or risk.assessed_date,
                by=actor.name,
                reason=reason.strip(),
            )
        audit.record(actor, "job_risk.corrected", risk, at, changed=changed)
        mark_stale(SUPPLIER.code, before, risk.assessed_date)
    return risk


@transaction.atomic
def rate_job_risk(
    *,
    actor: Actor,
    job_risk_id: int,
    method: str,
    likelihood: Decimal,
    exposure: Decimal | None,
    severity: Decimal,
    reason: str,
    day: date,
    at: datetime,
    version: int | None = None,
) -> JobRisk:
    """Rate a risk with its measures in place. One above the first rating needs a reason (`HazardRefused`)."""
    require(actor, "safety.write")
    risk = _loaded(job_risk_id, version)
    rating = job_risk_rating(method, likelihood, exposure, severity)
    first = job_risk_rating(risk.method, risk.likelihood, risk.exposure, risk.severity)
    if is_above_first(risk.method, first, method, rating) and not reason.strip():
        raise HazardRefused("reason", "ABOVE_FIRST")
    old = risk.level_now
    apply_changes(
        risk,
        {
            "after_method": method,
            "after_likelihood": likelihood,
            "after_exposure": exposure,
            "after_severity": severity,
            "level_now": level_of(rating.band),
        },
    )
    risk.save()
    keep_rating(risk, Stage.AFTER, rating, day=day, by=actor.name, reason=reason.strip())
    audit.record(actor, "job_risk.rated", risk, at, before=old, after=risk.level_now, reason=reason.strip())
    mark_stale(SUPPLIER.code, risk.assessed_date)
    return risk


@transaction.atomic
def withdraw_job_risk(
    *, actor: Actor, job_risk_id: int, reason: str, day: date, at: datetime, version: int | None = None
) -> JobRisk:
    """Take a wrong entry out of the count; it stays to be seen."""
    require(actor, "safety.correct")
    if not reason.strip():
        raise HazardRefused("reason", "EMPTY")
    risk = _loaded(job_risk_id, version)
    apply_changes(risk, {"withdrawn_date": day, "withdrawn_reason": reason.strip()})
    risk.save()
    audit.record(actor, "job_risk.withdrawn", risk, at, reason=reason.strip())
    mark_stale(SUPPLIER.code, risk.assessed_date)
    return risk


@dataclass(frozen=True)
class ChosenLine:
    """A line ticked in a hazard list, in the words it is to be kept in; ratings on the method's scales."""

    step: str
    hazard: str
    kind: str
    first: tuple[Decimal, Decimal | None, Decimal]
    after: tuple[Decimal, Decimal | None, Decimal] | None = None
    is_pregnancy: bool = False
    is_breastfeeding: bool = False
    controls: Sequence[AddedControl] = field(default_factory=tuple)


@transaction.atomic
def add_job_from_list(
    *,
    actor: Actor,
    title: str,
    method: str,
    lines: Sequence[ChosenLine],
    day: date,
    at: datetime,
    department_code: str = "",
    women: int | None = None,
    men: int | None = None,
    finder_level: str = "",
    source: str = "",
) -> tuple[Job, int]:
    """Make or fill a job from ticked lines; gives the job and how many lines are new (known ones are left alone)."""
    require(actor, "safety.write")
    title = title.strip()
    if not title:
        raise HazardRefused("title", "EMPTY")
    if not lines:
        raise HazardRefused("lines", "EMPTY")
    known = set(JobRisk.objects.filter(job=title, withdrawn_date__isnull=True).values_list("step", "hazard"))
    added = 0
    for line in lines:
        if (line.step, line.hazard) in known:
            continue
        likelihood, exposure, severity = line.first
        risk = record_job_risk(
            actor=actor,
            job=title,
            step=line.step,
            hazard=line.hazard,
            kind=line.kind,
            method=method,
            likelihood=likelihood,
            exposure=exposure,
            severity=severity,
            department_code=department_code,
            finder_level=finder_level,
            is_pregnancy=line.is_pregnancy,
            is_breastfeeding=line.is_breastfeeding,
            reason=source,
            day=day,
            at=at,
        )
        added += 1
        if line.controls:
            add_controls(actor, risk, line.controls, day, at)
        if line.after is not None:
            after = dict(zip(("likelihood", "exposure", "severity"), line.after, strict=True))
            rate_job_risk(
                actor=actor, job_risk_id=risk.pk, method=method, reason=source, day=day, at=at, **after
            )
    job = Job.objects.select_for_update().get(title=title)
    changed = apply_changes(
        job,
        {
            name: value
            for name, value in (("women", women), ("men", men), ("department_code", department_code))
            if value not in (None, "")
        },
    )
    if changed:
        job.save()
    audit.record(actor, "safety_job.filled", job, at, lines=added)
    return job, added


@transaction.atomic
def change_job(
    *,
    actor: Actor,
    job_id: int,
    title: str,
    department_code: str,
    women: int | None,
    men: int | None,
    review_date: date | None,
    at: datetime,
    version: int | None = None,
) -> Job:
    """Change what is known of a job; another title moves its risks with it. Raises `AlreadyRecorded`."""
    require(actor, "safety.write")
    job = Job.objects.select_for_update().get(pk=job_id)
    check_version(job, version)
    if not title.strip():
        raise HazardRefused("title", "EMPTY")
    if Job.objects.filter(title=title.strip()).exclude(pk=job.pk).exists():
        raise AlreadyRecorded
    changed = apply_changes(
        job,
        {
            "title": title.strip(),
            "department_code": department_code,
            "women": women,
            "men": men,
            "review_date": review_date,
        },
    )
    if changed:
        job.save()
        if "title" in changed:
            JobRisk.objects.filter(job_step__job=job).update(job=job.title)
        audit.record(actor, "safety_job.changed", job, at, changed=changed)
    return job
