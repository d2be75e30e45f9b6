"""Background entry points."""

from datetime import datetime

from fairfloor.conversations.attachments import sweep_parts
from fairfloor.core.jobs import housekeeping
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Enterprise, local_day


@housekeeping
def sweep_all_parts(now: datetime) -> int:
    """Clear away the parts of photos and voice notes that never came whole, in every factory; returns how many."""
    count = 0
    for enterprise in Enterprise.objects.order_by("id"):
        with scope(enterprise.pk):
            count += sweep_parts(local_day(enterprise, now))
    return count
