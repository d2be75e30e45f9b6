"""Background entry points."""

from django.utils import timezone

from fairfloor.core.jobs import job
from fairfloor.core.schedule import daily
from fairfloor.core.tenancy import current_scope
from fairfloor.desk import digests
from fairfloor.organisations.public import Enterprise, local_day
from fairfloor.suggestions.public import overdue_count


@job("desk.send_digests")
def send_digests() -> None:
    """Tell everybody with a role here what waits, once a day; a later hour tries again what failed."""
    enterprise = Enterprise.objects.get(pk=current_scope())
    if enterprise.is_demo:
        return
    now = timezone.now()
    digests.send_digests(day=local_day(enterprise, now), now=now)


@job("desk.tell_house")
def tell_house() -> None:
    """Tell the house's channels how many answers are overdue, once a day. What fails stands among the failed jobs."""
    enterprise = Enterprise.objects.get(pk=current_scope())
    if enterprise.is_demo:
        return
    now = timezone.now()
    digests.tell_house(enterprise, overdue_count(local_day(enterprise, now)))


daily("desk.tell_house", 8)
daily("desk.send_digests", 7, 8, 10, 13)
