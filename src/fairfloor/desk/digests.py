"""The digest: once a day at most a person reads how much waits, with a link; never what workers wrote."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairfloor.accounts.public import User
from fairfloor.core.notify import NotSent, house_channels, mail_url, send
from fairfloor.core.tenancy import scope
from fairfloor.desk.models import Digest, DigestChoice
from fairfloor.desk.waiting import waiting_rows
from fairfloor.organisations.public import (
    INSIDERS,
    Enterprise,
    enterprise_name,
    enterprises_of,
    local_day,
    memberships,
    resolve_membership,
)
from fairfloor.teams.public import meetings_tomorrow

MOST_TRIES = 4
MONDAY = 0


class Rhythm(StrEnum):
    """How often."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    OFF = "OFF"


class State(StrEnum):
    """What became of a digest. SENDING that stays: the server stopped meanwhile; nobody knows, so none goes again."""

    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"


def rhythm_of(user_id: int) -> str:
    """How often this person wants a digest."""
    choice = DigestChoice.objects.filter(user_id=user_id).first()
    return choice.rhythm if choice else Rhythm.DAILY


def choose_rhythm(*, user_id: int, rhythm: str) -> None:
    """Keep how often a person wants to be told; raises ``ValueError`` for a rhythm there is not."""
    DigestChoice.objects.update_or_create(user_id=user_id, defaults={"rhythm": Rhythm(rhythm).value})


def compose(user: User, now: datetime) -> tuple[str, str] | None:
    """Title and text of what waits for a person in all their factories; ``None`` when nothing does."""
    lines, total = [], 0
    with translation.override(user.language):
        for enterprise in enterprises_of(user, now):
            found = resolve_membership(user, enterprise.slug, now)
            if found is None or not found[1].roles & INSIDERS:
                continue
            with scope(enterprise.pk):
                day = local_day(enterprise, now)
                rows = waiting_rows(found[1], enterprise.slug, day)
                meetings = meetings_tomorrow(found[1], day)
            if not rows:  # a meeting to come waits too, so there is none here either
                continue
            late = sum(1 for row in rows if row.is_late)
            name = enterprise_name(enterprise, user.language)
            text = ngettext("%(name)s: %(count)s thing waits", "%(name)s: %(count)s things wait", len(rows))
            line = text % {"name": name, "count": len(rows)}
            if late:
                line += _(", %(late)s of them late") % {"late": late}
            address = settings.PUBLIC_URL + reverse("desk:today", kwargs={"slug": enterprise.slug})
            lines.append("\n".join([line, *meetings, address]))
            total += len(rows)
        if not lines:
            return None
        title = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", total)
        return title % {"count": total}, "\n\n".join(lines)


def _take(user_id: int, day: date) -> Digest | None:
    """The right to send this person's digest of the day, for one caller; ``None`` if it went out or is under way."""
    with transaction.atomic():
        digest, is_new = Digest.objects.get_or_create(user_id=user_id, day_date=day)
        if not is_new:
            taken = Digest.objects.filter(pk=digest.pk, state=State.FAILED, tries__lt=MOST_TRIES).update(
                state=State.SENDING
            )
            if not taken:
                return None
        Digest.objects.filter(pk=digest.pk).update(tries=F("tries") + 1)
        return digest


def send_digest(*, user: User, day: date, now: datetime) -> bool:
    """Send one person's digest of the day unless it went out, they want none, or nothing waits; whether it was sent.

    A failure is kept for ``doctor`` and tried again at the next hour of the schedule, four times at most.
    """
    rhythm = rhythm_of(user.pk)
    address = mail_url(user.email)
    if not address or not user.is_active or rhythm == Rhythm.OFF:
        return False
    if rhythm == Rhythm.WEEKLY and day.weekday() != MONDAY:
        return False
    message = compose(user, now)
    if message is None:
        return False
    digest = _take(user.pk, day)
    if digest is None:
        return False
    rows = Digest.objects.filter(pk=digest.pk)
    try:
        send([address], *message)
    except NotSent as failed:
        rows.update(state=State.FAILED, problem=str(failed)[:300])
        return False
    rows.update(state=State.SENT, problem="")
    return True


def send_digests(*, day: date, now: datetime) -> int:
    """Send the digests of everybody with a role in the enterprise in scope; returns how many went out."""
    keys = {membership.user_id for membership in memberships(day)}
    users = User.objects.filter(pk__in=keys, is_demo=False).order_by("pk")
    return sum(send_digest(user=user, day=day, now=now) for user in users)


def tell_house(enterprise: Enterprise, count: int) -> None:
    """Tell the house's channels how many answers are overdue in one factory. Raises ``NotSent``."""
    if not count or not house_channels():
        return
    language = enterprise.languages.split(";")[0] or "en"
    with translation.override(language):
        text = ngettext("%(count)s answer is overdue.", "%(count)s answers are overdue.", count)
        address = settings.PUBLIC_URL + reverse("desk:today", kwargs={"slug": enterprise.slug})
        send(house_channels(), enterprise_name(enterprise, language), f"{text % {'count': count}}\n{address}")


def failed_digests(day: date) -> int:
    """How many digests since that day could not be sent, or may not have arrived; for ``doctor``."""
    return Digest.objects.filter(day_date__gte=day).exclude(state=State.SENT).count()
