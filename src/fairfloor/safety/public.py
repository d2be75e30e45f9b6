"""What other features may use of safety."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from fairfloor.core.access import Actor
from fairfloor.core.ui.waiting import Waiting
from fairfloor.safety.models import Hazard, JobRisk
from fairfloor.safety.selectors import hazards_to_review
from fairfloor.safety.services import (
    AlreadyRecorded,
    HazardRefused,
    MoveNotAllowed,
    SelfVerification,
    StaleEdit,
    report_hazard,
)
from fairfloor.safety.workflow import UNFIXED, ControlType, Status, hazard_rating

__all__ = [
    "UNFIXED",
    "AlreadyRecorded",
    "ControlType",
    "Hazard",
    "HazardRefused",
    "JobRisk",
    "MoveNotAllowed",
    "SelfVerification",
    "StaleEdit",
    "Status",
    "hazard_rating",
    "hazards_to_review",
    "report_hazard",
    "waiting",
]


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """What waits for who may act on hazards: urgent or late ones, and other people's fixes to look at."""
    if not actor.may("safety.write"):
        return []
    found = [
        Waiting(
            text=_("Hazard %(code)s is to be fixed: %(what)s")
            % {"code": hazard.code, "what": hazard.description[:80]},
            url_name="safety:hazard",
            key=hazard.code,
            due_date=hazard.due_date,
            is_late=hazard.due_date is not None and hazard.due_date < day,
        )
        for hazard in hazards_to_review(day)[:20]
    ]
    fixed = (
        Hazard.objects.filter(status=Status.FIXED)
        .exclude(fixed_by_user_id=actor.user_id, fixed_by_user_id__isnull=False)
        .order_by("fixed_date", "id")[:20]
    )
    found += [
        Waiting(
            text=_("Hazard %(code)s was fixed. Look whether it holds: %(what)s")
            % {"code": hazard.code, "what": hazard.description[:80]},
            url_name="safety:hazard",
            key=hazard.code,
        )
        for hazard in fixed
    ]
    return found
