"""Verbs on enterprises, their members and what they show to others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify

from fairfloor.core import audit
from fairfloor.core.access import Actor, require
from fairfloor.core.randomness import random_code
from fairfloor.core.stale import mark_stale
from fairfloor.core.tenancy import scope
from fairfloor.organisations.codes import DataClass, Role
from fairfloor.organisations.models import (
    Department,
    Enterprise,
    Grant,
    Membership,
    Organisation,
    OrganisationMembership,
    SupportSession,
    WorkerLink,
    WorkforceCount,
)


class EnterpriseExists(ValueError):
    """Another enterprise has this slug."""


def slug_for(name: str) -> str:
    """An address part from a name in any script (河畔针织 → he-pan-zhen-zhi)."""
    spaced = "".join(f" {anyascii(ch)} " if ord(ch) > 0x2E80 else ch for ch in name)
    return slugify(anyascii(spaced))[:80].strip("-") or random_code("factory").lower()


def local_day(enterprise: Enterprise, at: datetime) -> date:
    """The calendar day it is in the enterprise at a moment."""
    try:
        return at.astimezone(ZoneInfo(enterprise.time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return at.date()


@transaction.atomic
def create_enterprise(
    *, name: str, at: datetime, slug: str = "", is_demo: bool = False, **profile
) -> Enterprise:
    """Create an enterprise with its worker link. Raises :class:`EnterpriseExists` for a slug in use."""
    slug = slug or slug_for(name)
    if Enterprise.objects.filter(slug=slug).exists():
        raise EnterpriseExists(slug)
    enterprise = Enterprise.objects.create(name=name, slug=slug, is_demo=is_demo, created_at=at, **profile)
    audit.record_system("Fairfloor", "enterprise.created", at, slug=slug)
    with scope(enterprise.id):
        WorkerLink.objects.create(token=random_code("", 10).strip("-").lower(), created_at=at)
    return enterprise


@transaction.atomic
def update_enterprise(*, actor: Actor, enterprise_id: int, at: datetime, **profile) -> Enterprise:
    """Change an enterprise's profile fields."""
    require(actor, "enterprise.manage")
    if actor.enterprise_id != enterprise_id:
        raise Enterprise.DoesNotExist
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise_id)
    changed = {name: value for name, value in profile.items() if getattr(enterprise, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(enterprise, name, value)
        enterprise.save(update_fields=list(changed))
        audit.record_system(
            actor.name, "enterprise.changed", at, slug=enterprise.slug, fields=sorted(changed)
        )
    return enterprise


@transaction.atomic
def add_member(*, actor: Actor, user_id: int, role: str, from_date: date, at: datetime) -> Membership:
    """Give a user a role in the enterprise in scope; the same open role twice stays one."""
    require(actor, "enterprise.manage_members")
    membership, created = Membership.objects.get_or_create(
        user_id=user_id, role=Role(role).value, to_date=None, defaults={"from_date": from_date}
    )
    if created:
        audit.record(actor, "membership.added", membership, at, role=role)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership_id: int, to_date: date, at: datetime) -> None:
    """End a role; the row stays as the record of who held it."""
    require(actor, "enterprise.manage_members")
    membership = Membership.objects.select_for_update().get(pk=membership_id, to_date=None)
    membership.to_date = to_date
    membership.save(update_fields=["to_date"])
    audit.record(actor, "membership.ended", membership, at, role=membership.role)


@transaction.atomic
def give_grant(
    *, actor: Actor, organisation_id: int, data_class: str, from_date: date, to_date: date, at: datetime
) -> Grant:
    """Show one class of data to an organisation outside until a day."""
    require(actor, "enterprise.grant")
    grant = Grant.objects.create(
        organisation_id=organisation_id,
        data_class=DataClass(data_class).value,
        from_date=from_date,
        to_date=to_date,
    )
    audit.record(actor, "grant.given", grant, at, data_class=data_class, to_date=to_date.isoformat())
    return grant


@transaction.atomic
def revoke_grant(*, actor: Actor, grant_id: int, at: datetime) -> None:
    """Take a grant back at once."""
    require(actor, "enterprise.grant")
    grant = Grant.objects.select_for_update().get(pk=grant_id, revoked_at=None)
    grant.revoked_at = at
    grant.save(update_fields=["revoked_at"])
    audit.record(actor, "grant.revoked", grant, at, data_class=grant.data_class)


@transaction.atomic
def create_organisation(*, name: str, kind: str, at: datetime) -> Organisation:
    """Create a programme, provider, buyer or union."""
    audit.record_system("Fairfloor", "organisation.created", at, name=name, kind=kind)
    return Organisation.objects.create(name=name, kind=kind)


@transaction.atomic
def add_organisation_member(*, user_id: int, organisation_id: int, role: str, from_date: date) -> None:
    """Let a user act for an organisation outside."""
    OrganisationMembership.objects.get_or_create(
        user_id=user_id,
        organisation_id=organisation_id,
        role=Role(role).value,
        defaults={"from_date": from_date},
    )


@transaction.atomic
def start_support_session(
    *, administrator, enterprise_id: int, reason: str, at: datetime, hours: int = 2
) -> SupportSession:
    """Let an administrator look into one enterprise for at most eight hours; the enterprise sees it."""
    if not administrator.is_administrator or not reason.strip():
        raise ValueError("A support session needs an administrator and a reason.")
    with scope(enterprise_id):
        session = SupportSession.objects.create(
            administrator=administrator,
            reason=reason.strip(),
            started_at=at,
            until_at=at + timedelta(hours=min(hours, 8)),
        )
        actor = Actor(
            kind="user", enterprise_id=enterprise_id, user_id=administrator.pk, name=administrator.name
        )
        audit.record(actor, "support.started", session, at, reason=reason.strip())
    return session


@transaction.atomic
def end_support_session(*, actor: Actor, session_id: int, at: datetime) -> None:
    """End a support session before its time: the enterprise may, and so may the administrator it belongs to."""
    session = SupportSession.objects.select_for_update().get(pk=session_id)
    if session.administrator_id != actor.user_id:
        require(actor, "enterprise.manage_members")
    if session.until_at > at:
        session.until_at = at
        session.save(update_fields=["until_at"])
        audit.record(actor, "support.ended", session, at)


def _new_link(department_code: str, label: str, at: datetime) -> WorkerLink:
    token = random_code("", 10).strip("-").lower()
    return WorkerLink.objects.create(token=token, department_code=department_code, label=label, created_at=at)


@transaction.atomic
def make_worker_link(*, actor: Actor, at: datetime, department_code: str = "", label: str = "") -> WorkerLink:
    """The link of a place: a department, a line or machine in it, or the whole enterprise; made where there is none.

    Raises ``Department.DoesNotExist`` for an unknown department.
    """
    require(actor, "enterprise.manage")
    label = label.strip()
    if department_code:
        Department.objects.get(code=department_code)
    there = WorkerLink.objects.filter(is_active=True, department_code=department_code, label=label)
    if (link := there.order_by("created_at", "id").first()) is not None:
        return link
    link = _new_link(department_code, label, at)
    audit.record(actor, "worker_link.made", link, at)
    return link


@transaction.atomic
def renew_worker_link(*, actor: Actor, at: datetime, link_id: int | None = None) -> WorkerLink:
    """Give a place a new address for its poster, by default the whole enterprise; the old one then says so kindly."""
    require(actor, "enterprise.manage")
    active = WorkerLink.objects.select_for_update().filter(is_active=True)
    chosen = active.get(pk=link_id) if link_id is not None else None
    department, label = (chosen.department_code, chosen.label) if chosen else ("", "")
    for old in active.filter(department_code=department, label=label).order_by("id"):
        old.is_active = False
        old.save(update_fields=["is_active"])
    link = _new_link(department, label, at)
    audit.record(actor, "worker_link.renewed", link, at)
    return link


@transaction.atomic
def retire_worker_link(*, actor: Actor, link_id: int, at: datetime) -> None:
    """Take the link of one place away; the enterprise's own can only be renewed (``WorkerLink.DoesNotExist``)."""
    require(actor, "enterprise.manage")
    places = WorkerLink.objects.select_for_update().filter(is_active=True)
    link = places.exclude(department_code="", label="").get(pk=link_id)
    link.is_active = False
    link.save(update_fields=["is_active"])
    audit.record(actor, "worker_link.retired", link, at)


@transaction.atomic
def add_department(*, actor: Actor, code: str, name: str, at: datetime, name_zh: str = "") -> Department:
    """Add a department to the enterprise in scope."""
    require(actor, "enterprise.manage")
    department = Department.objects.create(code=code, name=name, name_zh=name_zh)
    audit.record(actor, "department.added", department, at, code=code)
    return department


@transaction.atomic
def record_workforce(
    *, actor: Actor, snapshot_date: date, lines: Iterable[tuple[str, str, str, int]], at: datetime
) -> int:
    """Write down how many people there are on a day: (department code, level, sex, headcount) a line.

    Replaces what was counted for that day; returns the number of lines.
    """
    require(actor, "enterprise.manage")
    WorkforceCount.objects.filter(snapshot_date=snapshot_date).delete()
    counts = [
        WorkforceCount(
            snapshot_date=snapshot_date, department_code=department, level=level, sex=sex, headcount=headcount
        )
        for department, level, sex, headcount in lines
    ]
    WorkforceCount.objects.bulk_create(counts)
    audit.record_many(actor, "workforce.counted", counts, at, day=snapshot_date.isoformat())
    mark_stale("organisations", snapshot_date)
    return len(counts)
