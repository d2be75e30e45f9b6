"""Background entry points."""

from django.utils import timezone

from fairfloor.core.jobs import job
from fairfloor.core.schedule import daily
from fairfloor.core.tenancy import current_scope
from fairfloor.desk import digests
from fairfloor.organisations.public import Enterprise, local_day


@job("desk.send_digests")
def send_digests() -> None:
    """Tell everybody with a role here what waits, once a day; a later hour tries again what failed."""
    enterprise = Enterprise.objects.get(pk=current_scope())
    if enterprise.is_demo:
        return
    now = timezone.now()
    digests.send_digests(day=local_day(enterprise, now), now=now)


daily("desk.send_digests", 7, 8, 10, 13)
