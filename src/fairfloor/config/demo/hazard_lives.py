"""How the demo's hazards went on: closed, known again, handed up."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import current_scope
from fairfloor.safety.models import Hazard
from fairfloor.safety.services import close_hazard, escalate_overdue, link_recurrence
from fairfloor.safety.workflow import RECURS_WITHIN, Status

LEFT_OPEN = 4


def tell(stage: Stage) -> None:
    """Close what was checked but for the newest, know one danger again, hand up what is late today."""
    officer = stage.actors["safety"]
    checked = list(Hazard.objects.filter(status=Status.VERIFIED).order_by("-fixed_date", "code"))
    for hazard in checked[LEFT_OPEN:]:
        ago = max((stage.today - hazard.fixed_date).days - 3, 0)
        close_hazard(actor=officer, hazard_id=hazard.pk, day=stage.day(ago), at=stage.at(ago))
    _know_again(stage)
    escalate_overdue(actor=system_actor(current_scope()), day=stage.today, at=stage.at(0))


def _know_again(stage: Stage) -> None:
    closed = list(
        Hazard.objects.filter(status=Status.CLOSED, fixed_date__isnull=False).order_by("-fixed_date")
    )
    for later in Hazard.objects.exclude(status=Status.WITHDRAWN).order_by("-found_date", "code"):
        for earlier in closed:
            if (
                earlier.pk != later.pk
                and (earlier.department_code, earlier.category) == (later.department_code, later.category)
                and later.found_date - RECURS_WITHIN <= earlier.fixed_date <= later.found_date
            ):
                link_recurrence(
                    actor=stage.actors["safety"],
                    hazard_id=later.pk,
                    earlier_code=earlier.code,
                    at=stage.at(0),
                )
                return
