"""Verbs on case reports."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.edits import MoveNotAllowed, StaleEdit, check_version
from fairfloor.core.randomness import random_code
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Enterprise
from fairfloor.reports.claims import definition
from fairfloor.reports.document import build, digest_of
from fairfloor.reports.models import ReportNarrative, ReportSnapshot
from fairfloor.reports.wording import LANGUAGES
from fairfloor.reports.workflow import MOVES, SNAPSHOT_PREFIX, Status


def _fresh_code() -> str:
    for _try in range(20):
        code = random_code(SNAPSHOT_PREFIX)
        if not ReportSnapshot.objects.filter(code=code).exists():
            return code
    raise IntegrityError("No free report code was found.")


@transaction.atomic
def make_snapshot(*, actor: Actor, enterprise: Enterprise, period: Period, at: datetime) -> ReportSnapshot:
    """Freeze the report of a period. When nothing differs from the newest one, that one is given back.

    A new snapshot begins with the words of the newest one of the same period.
    """
    require(actor, "reports.write")
    document = build(enterprise, period)
    digest = digest_of(document)
    newest = (
        ReportSnapshot.objects.filter(from_date=period.start_date, to_date=period.end_date)
        .exclude(status=Status.WITHDRAWN)
        .order_by("-created_at", "-id")
        .first()
    )
    if newest is not None and newest.digest == digest:
        return newest
    snapshot = ReportSnapshot.objects.create(
        code=_fresh_code(),
        report=definition().pin,
        from_date=period.start_date,
        to_date=period.end_date,
        created_at=at,
        created_by=actor.name,
        status=Status.DRAFT,
        document=document,
        digest=digest,
    )
    if newest is not None:
        ReportNarrative.objects.bulk_create(
            ReportNarrative(
                snapshot=snapshot, section_code=row.section_code, language=row.language, text=row.text
            )
            for row in ReportNarrative.objects.filter(snapshot=newest).order_by("id")
        )
    audit.record(
        actor,
        "report.created",
        snapshot,
        at,
        digest=digest,
        start=period.start_date.isoformat(),
        end=period.end_date.isoformat(),
    )
    return snapshot


def _move(
    actor: Actor, snapshot_id: int, version: int | None, new: Status, at: datetime, **values
) -> ReportSnapshot:
    snapshot = ReportSnapshot.objects.select_for_update().get(pk=snapshot_id)
    check_version(snapshot, version)
    old = Status(snapshot.status)
    if new not in MOVES[old]:
        raise MoveNotAllowed(old, new)
    snapshot.status = new.value
    for name, value in values.items():
        setattr(snapshot, name, value)
    snapshot.version += 1
    snapshot.save()
    reason = {"reason": snapshot.withdrawn_reason} if snapshot.withdrawn_reason else {}
    audit.record(actor, f"report.{new.lower()}", snapshot, at, before=old.value, **reason)
    return snapshot


@transaction.atomic
def publish_snapshot(
    *, actor: Actor, snapshot_id: int, at: datetime, version: int | None = None
) -> ReportSnapshot:
    """Publish a draft: from now on its words stay as they are."""
    require(actor, "reports.publish")
    return _move(actor, snapshot_id, version, Status.PUBLISHED, at, published_at=at)


@transaction.atomic
def withdraw_snapshot(
    *, actor: Actor, snapshot_id: int, reason: str, at: datetime, version: int | None = None
) -> ReportSnapshot:
    """Take a report back; it stays readable and says that it was withdrawn. ``ValueError`` without a reason."""
    require(actor, "reports.publish")
    if not reason.strip():
        raise ValueError("A withdrawn report needs a reason.")
    return _move(
        actor,
        snapshot_id,
        version,
        Status.WITHDRAWN,
        at,
        withdrawn_at=at,
        withdrawn_reason=reason.strip()[:500],
    )


@transaction.atomic
def write_narrative(
    *,
    actor: Actor,
    snapshot_id: int,
    section_code: str,
    language: str,
    text: str,
    at: datetime,
    version: int | None = None,
) -> ReportNarrative:
    """Write the words of one section in one language; ``version`` 0 is a form that saw none.

    Raises :class:`MoveNotAllowed` once the report is published or withdrawn, ``ValueError`` for an unknown section
    or language, :class:`StaleEdit` when somebody wrote meanwhile.
    """
    require(actor, "reports.write")
    if section_code not in {section.code for section in definition().sections} or language not in LANGUAGES:
        raise ValueError("The report has no such section or language.")
    snapshot = ReportSnapshot.objects.select_for_update().get(pk=snapshot_id)
    if snapshot.status != Status.DRAFT:
        raise MoveNotAllowed(snapshot.status, snapshot.status)
    narrative = ReportNarrative.objects.filter(
        snapshot=snapshot, section_code=section_code, language=language
    ).first()
    if version is not None and version != (narrative.version if narrative else 0):
        raise StaleEdit
    words = text.replace("\r\n", "\n").strip()
    if narrative is None:
        narrative = ReportNarrative(
            snapshot=snapshot, section_code=section_code, language=language, version=0
        )
    before = narrative.text
    narrative.text = words
    narrative.version += 1
    narrative.save()
    audit.record(
        actor,
        "report.narrated",
        snapshot,
        at,
        section=section_code,
        language=language,
        before=before,
        text=words,
    )
    return narrative
