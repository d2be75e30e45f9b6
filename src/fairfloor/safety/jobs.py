"""Background entry points."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from fairfloor.core.access import system_actor
from fairfloor.core.jobs import housekeeping, job
from fairfloor.core.tenancy import current_scope, scope
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.safety.services import escalate_overdue


@job("safety.escalate_overdue")
def escalate_overdue_here() -> None:
    """Hand up what is past its day by the enterprise's own day."""
    enterprise = Enterprise.objects.get(pk=current_scope())
    now = timezone.now()
    escalate_overdue(actor=system_actor(enterprise.pk), day=local_day(enterprise, now), at=now)


@housekeeping
def escalate_everywhere(now: datetime) -> int:
    """Hand up what is past its day in every factory; returns how many. Safe to run twice."""
    count = 0
    for enterprise in Enterprise.objects.order_by("id"):
        with scope(enterprise.pk):
            count += escalate_overdue(
                actor=system_actor(enterprise.pk), day=local_day(enterprise, now), at=now
            )
    return count
