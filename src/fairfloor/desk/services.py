"""The verb of the first run: one's own factory and the person who looks after it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fairfloor.accounts.public import User, UsernameTaken, add_user, end_demo_users, has_own_users
from fairfloor.core.access import Actor, require, system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    Enterprise,
    Role,
    add_member,
    create_enterprise,
    give_grant,
    local_day,
)


class AlreadySetUp(ValueError):
    """Somebody of their own can sign in here already; further factories are added by an administrator."""


@transaction.atomic
def set_up_factory(
    *,
    name: str,
    country: str,
    time_zone: str,
    languages: str,
    person_name: str,
    username: str,
    password: str,
    language: str,
    ends_demo: bool,
    at: datetime,
) -> tuple[Enterprise, User]:
    """Create the first own factory and its manager, who runs the installation too.

    With ``ends_demo`` the people of the demo can no longer sign in. Raises :class:`AlreadySetUp`, ``EnterpriseExists``,
    ``UsernameTaken`` or ``ValidationError`` (a weak password).
    """
    if has_own_users():
        raise AlreadySetUp
    user, _password = add_user(
        by="first run",
        username=username,
        name=person_name,
        password=password,
        language=language,
        is_administrator=True,
        must_change_password=False,
        at=at,
    )
    enterprise = create_enterprise(
        name=name, country=country, time_zone=time_zone, languages=languages, at=at
    )
    actor = system_actor(enterprise.id)
    with scope(enterprise.id):
        for role in (Role.MANAGER, Role.TEAM_SECRETARY):
            add_member(actor=actor, user_id=user.pk, role=role, from_date=local_day(enterprise, at), at=at)
    if ends_demo:
        end_demo_users(by=user.username, at=at)
    return enterprise, user


class UnknownUser(ValueError):
    """Nobody has this username, and no name was given to make a new sign-in."""


class MemberNeedsName(ValueError):
    """The username belongs to somebody of another name."""


@transaction.atomic
def add_person(
    *, actor: Actor, username: str, name: str, roles: list[str], language: str, day: date, at: datetime
) -> tuple[User, str]:
    """Give somebody roles in the enterprise in scope; returns the user, and the first password of a new sign-in.

    Raises :class:`UnknownUser` or :class:`MemberNeedsName`.
    """
    require(actor, "enterprise.manage_members")
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    password = ""
    if user is None:
        if not name.strip():
            raise UnknownUser
        try:
            user, password = add_user(by=actor.name, username=username, name=name, language=language, at=at)
        except UsernameTaken:
            raise MemberNeedsName from None
    elif name.strip() and name.strip() != user.name:
        raise MemberNeedsName
    for role in roles:
        add_member(actor=actor, user_id=user.pk, role=role, from_date=day, at=at)
    return user, password


@transaction.atomic
def give_grants(
    *,
    actor: Actor,
    organisation_id: int,
    data_classes: list[str],
    from_date: date,
    to_date: date,
    at: datetime,
) -> None:
    """Show several classes of data to an organisation outside, all or none of them."""
    for data_class in data_classes:
        give_grant(
            actor=actor,
            organisation_id=organisation_id,
            data_class=data_class,
            from_date=from_date,
            to_date=to_date,
            at=at,
        )
