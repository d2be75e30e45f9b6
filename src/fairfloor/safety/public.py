"""What other features may use of safety."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.conversations.public import unanswered_since
from fairfloor.core.access import Actor
from fairfloor.core.ui.formatting import shortened
from fairfloor.core.ui.waiting import RELIC_AFTER, Waiting, is_relic, relics
from fairfloor.safety.incident_selectors import also_walked
from fairfloor.safety.job_selectors import jobs_to_review, overdue_count
from fairfloor.safety.job_selectors import participation as job_risk_participation
from fairfloor.safety.jobs import escalate_everywhere
from fairfloor.safety.labels import CAUSE_LABELS, STATUS_KINDS, STATUS_LABELS
from fairfloor.safety.models import Hazard, JobRisk
from fairfloor.safety.selectors import FINDER_WAITS, hazards_to_review, long_unchecked, long_unfixed
from fairfloor.safety.services import (
    AlreadyRecorded,
    HazardRefused,
    MoveNotAllowed,
    SelfVerification,
    StaleEdit,
    confirm_gone,
    escalate_overdue,
    note_project,
    report_hazard,
    say_more,
    say_not_gone,
    say_thanks,
    tell_group,
    trigger_review,
)
from fairfloor.safety.stories import worker_story
from fairfloor.safety.workflow import ANSWER_WITHIN, UNFIXED, Channel, ControlType, Status, hazard_rating

__all__ = [
    "STATUS_KINDS",
    "STATUS_LABELS",
    "UNFIXED",
    "AlreadyRecorded",
    "Channel",
    "ControlType",
    "Hazard",
    "HazardRefused",
    "JobRisk",
    "MoveNotAllowed",
    "SelfVerification",
    "StaleEdit",
    "Status",
    "also_walked",
    "confirm_gone",
    "escalate_everywhere",
    "escalate_overdue",
    "hazard_rating",
    "hazards_to_review",
    "job_risk_participation",
    "note_project",
    "overdue_count",
    "report_hazard",
    "say_more",
    "say_not_gone",
    "say_thanks",
    "tell_group",
    "trigger_review",
    "waiting",
    "worker_story",
]


def _urgent_words(hazard: Hazard) -> str:
    if hazard.is_urgent:
        return _("Somebody could get hurt now: %(what)s (hazard %(code)s)")
    if hazard.escalated_date is not None:
        return _("Hazard %(code)s was handed up, since its day is past: %(what)s")
    return _("Hazard %(code)s is to be fixed: %(what)s")


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """What waits for who may act on hazards: urgent or late ones, and other people's fixes to look at."""
    if not actor.may("safety.write"):
        return []
    urgent = hazards_to_review(day).exclude(due_date__lt=day - RELIC_AFTER)
    found = [
        Waiting(
            text=_urgent_words(hazard) % {"code": hazard.code, "what": shortened(hazard.description, 80)},
            url_name="safety:hazard",
            key=hazard.code,
            due_date=day if hazard.is_urgent else hazard.due_date,
            is_late=hazard.is_urgent or (hazard.due_date is not None and hazard.due_date < day),
        )
        for hazard in urgent[:20]
    ]
    fixed = (
        Hazard.objects.filter(status=Status.FIXED)
        .exclude(fixed_by_user_id=actor.user_id, fixed_by_user_id__isnull=False)
        .exclude(long_unchecked(day))
        .order_by("fixed_date", "id")[:20]
    )
    found += [
        Waiting(
            text=_("Hazard %(code)s was fixed. Look whether it holds: %(what)s")
            % {"code": hazard.code, "what": shortened(hazard.description, 80)},
            url_name="safety:hazard",
            key=hazard.code,
        )
        for hazard in fixed
    ]
    return [*found, *_new(day), *_threads(day), *_reviews(day), *_relics(day)]


def _new(day: date) -> list[Waiting]:
    """Reports from the floor that nobody has rated yet, but those that wait above already."""
    rows = (
        Hazard.objects.filter(status=Status.OPEN, channel=Channel.WORKER, likelihood=None)
        .exclude(Q(is_urgent=True) | Q(due_date__lt=day))
        .order_by("found_date", "id")[:20]
    )
    return [
        Waiting(
            text=_("A worker reported a danger. Rate it: %(what)s (hazard %(code)s)")
            % {"code": row.code, "what": shortened(row.description, 80)},
            url_name="safety:hazard",
            key=row.code,
        )
        for row in rows
    ]


def _threads(day: date) -> list[Waiting]:
    """Finders who wait for a word; only after two weeks it is late."""
    rows = Hazard.objects.filter(FINDER_WAITS).select_related("conversation").order_by("found_date", "id")
    found = []
    for row in rows[:20]:
        since = unanswered_since(row.conversation)
        due = since + ANSWER_WITHIN if since else None
        is_late = due is not None and day > due
        text = _("The finder of “%(what)s” waits for an answer.") % {"what": shortened(row.description, 60)}
        found.append(Waiting(text, "safety:hazard", row.code, due if is_late else None, is_late))
    return found


def _reviews(day: date) -> list[Waiting]:
    """Jobs whose risks are to be looked at again: asked for, or because their day has come."""
    found = []
    for job, review in jobs_to_review(day, 20):
        if review is not None:
            text = _("Look at the risks of %(job)s again (%(cause)s): %(words)s") % {
                "job": job.title,
                "cause": CAUSE_LABELS[review.cause],
                "words": shortened(review.words, 80),
            }
            found.append(Waiting(text, "safety:job", str(job.pk), review.asked_date))
        elif not is_relic(job.review_date, day):
            text = _("The yearly look at the risks of %(job)s is due.") % {"job": job.title}
            found.append(Waiting(text, "safety:job", str(job.pk), job.review_date, job.review_date < day))
    return found


def _relics(day: date) -> list[Waiting]:
    """One line for the hazards nobody fixed in half a year, one for fixes nobody looked at."""
    counts = Hazard.objects.filter(long_unfixed(day) | long_unchecked(day)).aggregate(
        unfixed=Count("id", filter=~Q(status=Status.FIXED)),
        unchecked=Count("id", filter=Q(status=Status.FIXED)),
    )
    unfixed, unchecked = counts["unfixed"], counts["unchecked"]
    found = []
    if unfixed:
        text = ngettext(
            "%(count)s older hazard is still to be fixed.",
            "%(count)s older hazards are still to be fixed.",
            unfixed,
        )
        found.append(relics(text % {"count": unfixed}, "safety:hazards", "due=older"))
    if unchecked:
        text = ngettext(
            "%(count)s hazard was fixed long ago, and nobody has looked whether it holds.",
            "%(count)s hazards were fixed long ago, and nobody has looked whether it holds.",
            unchecked,
        )
        found.append(relics(text % {"count": unchecked}, "safety:hazards", "due=unchecked"))
    return found
