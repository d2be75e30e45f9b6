"""Reads on enterprises and their people."""

from __future__ import annotations

from datetime import date, datetime

from fairfloor.accounts.public import User
from fairfloor.core.tenancy import enterprise_ids_matching
from fairfloor.organisations.models import (
    Department,
    Enterprise,
    Grant,
    Membership,
    OrganisationMembership,
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
    return WorkerLink.objects.filter(is_active=True, department_code="").order_by("created_at", "id").first()


def enterprises_of(user: User, now: datetime) -> list[Enterprise]:
    """The enterprises a user can open today: own memberships, and grants to the user's organisations."""
    day = now.date()
    ids = enterprise_ids_matching(Membership, user_id=user.pk, from_date__lte=day, to_date=None)
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
