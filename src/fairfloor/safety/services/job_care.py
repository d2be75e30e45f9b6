"""Verbs around jobs: reviews, consultations, the factory's own hazard lists, and how it rates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.safety.models import (
    Consultation,
    ConsultationSignature,
    Job,
    JobReview,
    OwnHazard,
    RiskSetting,
)
from fairfloor.safety.services.hazards import HazardRefused
from fairfloor.safety.workflow import REVIEW_AFTER, Cause, ControlType, Method


@transaction.atomic
def trigger_review(
    *,
    actor: Actor,
    cause: str,
    words: str,
    day: date,
    at: datetime,
    department_code: str = "",
    job: str = "",
) -> list[JobReview]:
    """Ask for a fresh look at one job, or at all jobs of a department, after an incident or a change.

    A job with a review still open is not asked for twice. Gives the reviews that are new.
    """
    require(actor, "safety.report")
    cause = Cause(cause)
    jobs = Job.objects.filter(title=job) if job else Job.objects.filter(department_code=department_code)
    if not job and not department_code:
        return []
    waiting = set(JobReview.objects.filter(done_date__isnull=True).values_list("job_id", flat=True))
    made = []
    for each in jobs.order_by("title", "id"):
        if each.pk not in waiting:
            made.append(JobReview.objects.create(job=each, cause=cause, words=words.strip(), asked_date=day))
            audit.record(actor, "safety_job.review_asked", each, at, cause=cause.value, reason=words.strip())
    return made


@transaction.atomic
def finish_review(
    *, actor: Actor, job_id: int, outcome: str, day: date, at: datetime, next_date: date | None = None
) -> Job:
    """The job's risks were looked at again; closes what was asked and sets the next day, a year on by default."""
    require(actor, "safety.write")
    if not outcome.strip():
        raise HazardRefused("outcome", "EMPTY")
    job = Job.objects.select_for_update().get(pk=job_id)
    asked = list(JobReview.objects.select_for_update().filter(job=job, done_date__isnull=True))
    if not asked:
        asked = [JobReview(job=job, cause=Cause.REGULAR, asked_date=day)]
    for review in asked:
        review.done_date, review.done_by, review.outcome = day, actor.name, outcome.strip()
        review.save()
    job.reviewed_date, job.review_date = day, next_date or day + REVIEW_AFTER
    job.version += 1
    job.save()
    audit.record(actor, "safety_job.reviewed", job, at, reason=outcome.strip())
    return job


@transaction.atomic
def record_consultation(
    *,
    actor: Actor,
    job_id: int,
    held_date: date,
    words: str,
    women: int,
    men: int,
    front_line: int,
    at: datetime,
    signatures: Sequence[tuple[str, str]] = (),
) -> Consultation:
    """Workers of a job were asked about its risks; ``signatures`` are (name, worker code) of who put their name."""
    require(actor, "safety.write")
    if women + men < 1:
        raise HazardRefused("women", "EMPTY")
    if front_line > women + men:
        raise HazardRefused("front_line", "ABOVE_TOTAL")
    if len(signatures) > women + men:
        raise HazardRefused("signatures", "ABOVE_TOTAL")
    job = Job.objects.get(pk=job_id)
    held = Consultation.objects.create(
        job=job,
        held_date=held_date,
        words=words.strip(),
        women=women,
        men=men,
        front_line=front_line,
        recorded_by=actor.name,
    )
    for name, code in signatures:
        ConsultationSignature.objects.create(
            consultation=held, name=name.strip(), worker_code=code, signed_date=held_date
        )
    audit.record(actor, "safety_job.consulted", job, at, women=women, men=men, signed=len(signatures))
    return held


@transaction.atomic
def add_own_hazard(
    *,
    actor: Actor,
    list_name: str,
    step: str,
    text: str,
    likelihood: int,
    severity: int,
    at: datetime,
    **more: Any,
) -> OwnHazard:
    """Add or change a line of an own hazard list. ``more``: kind, exposure, is_pregnancy, control, control_type…"""
    require(actor, "safety.write")
    for name, value in (("list_name", list_name), ("step", step), ("text", text)):
        if not value.strip():
            raise HazardRefused(name, "EMPTY")
    for name, value in (("likelihood", likelihood), ("severity", severity)):
        if value not in range(1, 6):
            raise HazardRefused(name, "OUTSIDE_SCALE")
    if more.get("kind") and more["kind"] not in load_content().hazard_categories:
        raise HazardRefused("kind", "UNKNOWN")
    if more.get("control_type") and more["control_type"] not in set(ControlType):
        raise HazardRefused("control_type", "UNKNOWN")
    line, _is_new = OwnHazard.objects.update_or_create(
        list_name=list_name.strip(),
        step=step.strip(),
        text=text.strip(),
        defaults={"likelihood": likelihood, "severity": severity, **more},
    )
    audit.record(actor, "own_hazard.kept", line, at)
    return line


@transaction.atomic
def remove_own_hazard(*, actor: Actor, line_id: int, at: datetime) -> None:
    """Take a line off an own hazard list; what was recorded with it stays."""
    require(actor, "safety.write")
    line = OwnHazard.objects.select_for_update().get(pk=line_id)
    audit.record(actor, "own_hazard.removed", line, at, reason=line.text)
    OwnHazard.objects.filter(pk=line.pk).delete()


def risk_method() -> str:
    """How the factory in scope rates its job risks."""
    setting = RiskSetting.objects.first()
    return setting.method if setting else Method.MATRIX.value


@transaction.atomic
def choose_method(*, actor: Actor, method: str, at: datetime) -> None:
    """Choose how risks are rated from now on; ratings given before stay as they are."""
    require(actor, "safety.correct")
    method = Method(method).value
    before = risk_method()
    if method == before:
        return
    setting = RiskSetting.objects.select_for_update().first() or RiskSetting()
    setting.method = method
    setting.save()
    audit.record(actor, "risk_setting.method_chosen", setting, at, changed={"method": [before, method]})
