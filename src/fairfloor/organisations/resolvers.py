"""How a membership, a worker's link, a receipt and a board find their enterprise: the doors into a scope."""

from __future__ import annotations

from datetime import datetime

from fairfloor.accounts.public import User
from fairfloor.core.access import Actor
from fairfloor.core.tenancy import TenantModel, find_enterprise_id, scope
from fairfloor.organisations.codes import Role
from fairfloor.organisations.models import (
    Enterprise,
    Grant,
    Membership,
    OrganisationMembership,
    SupportSession,
    WorkerLink,
)
from fairfloor.organisations.permissions import GRANTED
from fairfloor.organisations.services import local_day


def _in_force(queryset, day):
    return queryset.filter(from_date__lte=day).exclude(to_date__lt=day)


def resolve_membership(user: User, slug: str, now: datetime) -> tuple[Enterprise, Actor] | None:
    """The enterprise of that slug and what the user is in it today, or ``None`` for a stranger."""
    enterprise = Enterprise.objects.filter(slug=slug).first()
    if enterprise is None or not user.is_active:
        return None
    day = local_day(enterprise, now)
    granted: set[str] = set()
    with scope(enterprise.id):
        roles = set(_in_force(Membership.objects.filter(user_id=user.pk), day).values_list("role", flat=True))
        if not roles:
            outside = dict(
                _in_force(OrganisationMembership.objects.filter(user_id=user.pk), day).values_list(
                    "organisation_id", "role"
                )
            )
            if outside:
                grants = _in_force(
                    Grant.objects.filter(organisation_id__in=outside, revoked_at=None), day
                ).values_list("organisation_id", "data_class")
                for organisation_id, data_class in grants:
                    roles.add(outside[organisation_id])
                    granted |= GRANTED[data_class]
        if (
            user.is_administrator
            and SupportSession.objects.filter(
                administrator_id=user.pk, started_at__lte=now, until_at__gt=now
            ).exists()
        ):
            roles.add(Role.SUPPORT)
    if not roles:
        return None
    return enterprise, Actor(
        kind="user",
        enterprise_id=enterprise.id,
        user_id=user.pk,
        name=user.name,
        roles=frozenset(roles),
        granted=frozenset(granted),
    )


def resolve_worker_link(token: str) -> tuple[Enterprise, Actor] | None:
    """The enterprise behind a poster's link, also of one that was renewed since (the page then says so kindly)."""
    enterprise_id = find_enterprise_id(WorkerLink, token=token)
    if enterprise_id is None:
        return None
    actor = Actor(kind="worker", enterprise_id=enterprise_id, roles=frozenset({Role.WORKER}))
    return Enterprise.objects.get(pk=enterprise_id), actor


def resolve_receipt(model: type[TenantModel], receipt_hash: str) -> int | None:
    """The enterprise of the conversation whose receipt has this hash."""
    return find_enterprise_id(model, receipt_hash=receipt_hash)


def resolve_board(model: type[TenantModel], token: str) -> Enterprise | None:
    """The enterprise whose board hangs at this address."""
    enterprise_id = find_enterprise_id(model, token=token)
    return None if enterprise_id is None else Enterprise.objects.get(pk=enterprise_id)
