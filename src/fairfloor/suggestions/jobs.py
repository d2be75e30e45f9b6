"""Background entry points."""

from django.utils import timezone

from fairfloor.core.access import system_actor
from fairfloor.core.jobs import job
from fairfloor.core.schedule import daily
from fairfloor.core.tenancy import current_scope
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.suggestions.clock_services import watch_clock as watch


@job("suggestions.watch_clock")
def watch_clock() -> None:
    """Hand up what became overdue by the enterprise's own day."""
    enterprise = Enterprise.objects.get(pk=current_scope())
    now = timezone.now()
    watch(actor=system_actor(enterprise.pk), day=local_day(enterprise, now), at=now)


daily("suggestions.watch_clock", 5)
