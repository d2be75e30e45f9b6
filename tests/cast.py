"""The people and factories of the tests. Built by services, so that no test starts from an impossible state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from fairfloor.accounts.public import User, add_user
from fairfloor.core.access import Actor, system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Department
from fairfloor.organisations.public import Enterprise, Role, add_member, create_enterprise

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
TODAY = date(2026, 3, 10)
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Factory:
    """An enterprise with departments KNT and PAK."""

    enterprise: Enterprise

    @property
    def id(self) -> int:
        return self.enterprise.id

    @property
    def slug(self) -> str:
        return self.enterprise.slug

    @property
    def system(self) -> Actor:
        return system_actor(self.id)

    @property
    def worker(self) -> Actor:
        return Actor(kind="worker", enterprise_id=self.id, roles=frozenset({Role.WORKER}))

    def actor(self, *roles: str, name: str = "Test Person") -> Actor:
        """An actor with roles, without a login."""
        return Actor(kind="user", enterprise_id=self.id, user_id=1, name=name, roles=frozenset(roles))

    def user(self, username: str, *roles: str) -> User:
        """A login with roles in this factory; its password is ``PASSWORD``."""
        user, _password = add_user(
            by="tests",
            username=username,
            name=username.title(),
            password=PASSWORD,
            must_change_password=False,
            at=NOW,
        )
        with scope(self.id):
            for role in roles:
                add_member(actor=self.system, user_id=user.pk, role=role, from_date=date(2020, 1, 1), at=NOW)
        return user


def build_factory(slug: str, name: str) -> Factory:
    """A factory with two departments."""
    enterprise = create_enterprise(
        name=name, slug=slug, at=NOW, time_zone="Asia/Shanghai", languages="en;zh-hans"
    )
    with scope(enterprise.id):
        Department.objects.create(
            code="KNT", name="Knitting", name_zh="织造车间", kind="production", shifts=3
        )
        Department.objects.create(code="PAK", name="Packing", name_zh="包装车间", kind="production", shifts=2)
    return Factory(enterprise)
