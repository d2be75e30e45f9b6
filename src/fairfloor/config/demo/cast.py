"""The demo's people. All names are invented; each installation gives them passwords of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fairfloor.accounts.public import User, add_user
from fairfloor.core.access import Actor, system_actor
from fairfloor.organisations.public import (
    Enterprise,
    Role,
    add_member,
    resolve_membership,
)


@dataclass(frozen=True)
class Person:
    """One sign-in of the demo."""

    username: str
    name: str
    roles: tuple[Role, ...]
    shown_as: str
    is_administrator: bool = False


RIVERSIDE_PEOPLE = (
    Person("secretary", "Zhou Min", (Role.TEAM_SECRETARY,), "team secretary"),
    Person("member", "Hu Jing", (Role.TEAM_MEMBER,), "team member"),
    Person("safety", "Deng Hao", (Role.SAFETY_OFFICER,), "safety officer"),
    Person("hr", "Su Lan", (Role.HR_FOCAL,), "HR focal person"),
    Person("manager", "Fang Rong", (Role.MANAGER,), "manager"),
    Person("representative", "Luo Xia", (Role.WORKER_REPRESENTATIVE,), "worker representative"),
)
HILLSIDE_PEOPLE = (
    Person("hillside-manager", "Ines Duarte", (Role.MANAGER,), "manager of the second factory"),
    Person("hillside-secretary", "Tomas Reyes", (Role.TEAM_SECRETARY,), "secretary of the second factory"),
)
OUTSIDE_PEOPLE = (
    Person("trainer", "Gao Wei", (Role.TRAINER,), "trainer (by grant)"),
    Person("programme", "Amara Okoye", (Role.PROGRAMME_OFFICER,), "programme officer (by grant)"),
    Person("buyer", "Hanna Berg", (Role.BUYER,), "buyer (by grant)"),
)
ADMINISTRATOR = Person("administrator", "Ren Kai", (), "system administrator", is_administrator=True)


@dataclass(frozen=True)
class SignIn:
    """What is printed: who, and the password made for this installation."""

    username: str
    password: str
    shown_as: str


def create_person(person: Person, at: datetime, language: str = "en") -> tuple[User, SignIn]:
    """A demo login with a random password, which need not be changed."""
    user, password = add_user(
        by="demo",
        username=person.username,
        name=person.name,
        language=language,
        is_administrator=person.is_administrator,
        is_demo=True,
        must_change_password=False,
        at=at,
    )
    return user, SignIn(person.username, password, person.shown_as)


def join(person: Person, user: User, enterprise: Enterprise, since: date, at: datetime) -> Actor:
    """Give the person their roles in the enterprise in scope; returns them as who acts there."""
    for role in person.roles:
        add_member(
            actor=system_actor(enterprise.id), user_id=user.pk, role=role.value, from_date=since, at=at
        )
    found = resolve_membership(user, enterprise.slug, at)
    assert found is not None, "a person who just joined is a member"
    return found[1]
