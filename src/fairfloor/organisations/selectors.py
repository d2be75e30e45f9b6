"""Reads on enterprises and their people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Sum

from fairfloor.accounts.public import User
from fairfloor.core.tenancy import enterprise_ids_matching
from fairfloor.measure.cells import Period, month_of
from fairfloor.organisations.models import (
    Department,
    Enterprise,
    Grant,
    Membership,
    Organisation,
    OrganisationMembership,
    SupportSession,
    Worker,
    WorkerLink,
    WorkforceCount,
)


def department_names(language: str) -> dict[str, str]:
    """Code → name of every department of the enterprise in scope, in a language."""
    chinese = language.startswith("zh")
    return {
        d.code: (d.name_zh if chinese and d.name_zh else d.name)
        for d in Department.objects.order_by("name", "id")
    }


def enterprise_name(enterprise: Enterprise, language: str) -> str:
    """The enterprise's name in a language."""
    return enterprise.name_zh if language.startswith("zh") and enterprise.name_zh else enterprise.name


def worker_names(codes: set[str]) -> dict[str, str]:
    """Code → name on the roster, for the codes given."""
    return dict(Worker.objects.filter(code__in=codes).values_list("code", "name"))


def active_worker_link() -> WorkerLink | None:
    """The enterprise's general worker link."""
    general = WorkerLink.objects.filter(is_active=True, department_code="", label="")
    return general.order_by("created_at", "id").first()


def active_worker_links() -> list[WorkerLink]:
    """All links in force: the enterprise's own first, then by department and place."""
    return list(
        WorkerLink.objects.filter(is_active=True).order_by("department_code", "label", "created_at", "id")
    )


def worker_link(token: str) -> WorkerLink | None:
    """The worker link with this token, in the enterprise in scope."""
    return next(iter(WorkerLink.objects.filter(token=token)), None)


def enterprises_of(user: User, now: datetime) -> list[Enterprise]:
    """The enterprises a user can open today: own memberships, grants to the user's organisations, support sessions."""
    day = now.date()
    ids = enterprise_ids_matching(Membership, user_id=user.pk, from_date__lte=day, to_date=None)
    ids |= enterprise_ids_matching(Membership, user_id=user.pk, from_date__lte=day, to_date__gte=day)
    if user.is_administrator:
        ids |= enterprise_ids_matching(
            SupportSession, administrator_id=user.pk, started_at__lte=now, until_at__gt=now
        )
    organisations = list(
        OrganisationMembership.objects.filter(user_id=user.pk).values_list("organisation_id", flat=True)
    )
    if organisations:
        ids |= enterprise_ids_matching(
            Grant, organisation_id__in=organisations, revoked_at=None, from_date__lte=day, to_date__gte=day
        )
    return list(Enterprise.objects.filter(pk__in=ids).order_by("name", "id"))


def latest_workforce(until: date | None = None) -> list[WorkforceCount]:
    """The lines of the newest workforce snapshot, or of the newest one up to a day."""
    rows = (
        WorkforceCount.objects.all()
        if until is None
        else WorkforceCount.objects.filter(snapshot_date__lte=until)
    )
    newest = rows.order_by("-snapshot_date", "id").values_list("snapshot_date", flat=True).first()
    return list(WorkforceCount.objects.filter(snapshot_date=newest).order_by("id")) if newest else []


def person_months(period: Period) -> dict[date, Decimal]:
    """Months of work of all people employed, by the first day of each month (or part of one) of the period.

    A month counts as many people as the newest workforce count on or before its last day; a part of a month as its
    share of days. Months before the first count are missing.
    """
    counts = list(
        WorkforceCount.objects.filter(snapshot_date__lte=period.end_date)
        .values_list("snapshot_date")
        .annotate(people=Sum("headcount"))
        .order_by("-snapshot_date")
    )
    found = {}
    for piece in period.months():
        people = next((people for day, people in counts if day <= piece.end_date), 0)
        if people:
            days = (piece.end_date - piece.start_date).days + 1
            whole = month_of(piece.start_date)
            found[piece.start_date] = Decimal(people) * days / ((whole.end_date - whole.start_date).days + 1)
    return found


def _on_own_clock(enterprise: Enterprise, now: datetime) -> datetime:
    try:
        return now.astimezone(ZoneInfo(enterprise.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return now


def local_clocks(now: datetime) -> list[tuple[int, datetime]]:
    """Every enterprise with the moment on its own clock."""
    return [(each.pk, _on_own_clock(each, now)) for each in Enterprise.objects.order_by("pk")]


def workforce_size(department_code: str = "") -> int:
    """Head count of the newest snapshot, in one department or in all; 0 without a snapshot."""
    newest = WorkforceCount.objects.order_by("-snapshot_date", "-id").values_list("snapshot_date", flat=True)
    day = newest.first()
    rows = WorkforceCount.objects.filter(snapshot_date=day)
    if department_code:
        rows = rows.filter(department_code=department_code)
    return rows.aggregate(people=Sum("headcount"))["people"] or 0 if day else 0


def memberships(day: date) -> list[Membership]:
    """Roles in force in the enterprise in scope, with their users, by name."""
    return list(
        Membership.objects.filter(from_date__lte=day)
        .exclude(to_date__lt=day)
        .select_related("user")
        .order_by("user__name", "role", "id")
    )


def grants() -> list[Grant]:
    """All grants of the enterprise in scope with their organisations, the longest-lasting first."""
    return list(Grant.objects.select_related("organisation").order_by("-to_date", "id"))


def support_sessions(limit: int = 50) -> list[SupportSession]:
    """Support sessions in the enterprise in scope, newest first."""
    return list(SupportSession.objects.select_related("administrator").order_by("-started_at", "id")[:limit])


def organisations() -> list[Organisation]:
    """Organisations outside that can be granted something, by name."""
    return list(Organisation.objects.order_by("name", "id"))


def enterprise_list() -> list[Enterprise]:
    """All enterprises of the installation, for its administrators; names only, no rows."""
    return list(Enterprise.objects.order_by("name", "id"))


def organisation_people(known: list[Organisation]) -> list[tuple[Organisation, list[str]]]:
    """Each organisation with the names of those who act for it."""
    names: dict[int, list[str]] = {}
    for row in OrganisationMembership.objects.select_related("user").order_by("user__name", "id"):
        names.setdefault(row.organisation_id, []).append(row.user.name)
    return [(each, names.get(each.pk, [])) for each in known]
