"""Verbs on logins."""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from fairfloor.accounts.models import User
from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.randomness import CODE_ALPHABET


class UsernameTaken(ValueError):
    """Another login has this username."""


class OwnSignIn(ValueError):
    """A person may not end their own sign-in: nobody might be left who can open it again."""


def temporary_password() -> str:
    """Twelve characters that can be read aloud; about 59 bits."""
    return "-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(4)) for _ in range(3)).lower()


@transaction.atomic
def add_user(
    *,
    by: str,
    username: str,
    name: str,
    password: str | None = None,
    language: str = "en",
    is_administrator: bool = False,
    is_demo: bool = False,
    must_change_password: bool = True,
    at: datetime,
) -> tuple[User, str]:
    """Create a login; returns it with its first password. Raises :class:`UsernameTaken` or ``ValidationError``."""
    username = username.strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    user = User(
        username=username,
        name=name.strip(),
        language=language,
        is_administrator=is_administrator,
        is_demo=is_demo,
        must_change_password=must_change_password,
        created_at=at,
    )
    user.full_clean(exclude=["password"])
    if password is None:
        password = temporary_password()
    else:
        validate_password(password, user)
    user.set_password(password)
    user.save()
    audit.record_system(by, "user.added", at, username=username, is_administrator=is_administrator)
    return user, password


def _give_new_password(by: str, user_id: int, at: datetime) -> str:
    user = User.objects.select_for_update().get(pk=user_id)
    password = temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    audit.record_system(by, "user.password_reset", at, username=user.username)
    return password


@transaction.atomic
def reset_password(*, administrator: User, user_id: int, at: datetime) -> str:
    """Give a login a new temporary password, which its owner must change; returns it once. Ends its sessions."""
    if not administrator.is_administrator:
        raise Forbidden("administrators only")
    return _give_new_password(administrator.username, user_id, at)


@transaction.atomic
def reset_password_by_operator(*, user_id: int, at: datetime) -> str:
    """The same for whoever runs the program at its command line and may do anything there."""
    return _give_new_password("command line", user_id, at)


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> None:
    """Set the password a person chose for themself. Ends their other sessions."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.set_password(password)
    locked.must_change_password = False
    locked.save(update_fields=["password", "must_change_password"])
    # The caller's object keeps the session alive, so it must know the new password too.
    user.password, user.must_change_password = locked.password, False
    audit.record_system(user.username, "user.password_changed", at, username=user.username)


@transaction.atomic
def remember_language(*, user_id: int, language: str) -> None:
    """Keep the language a person reads staff pages in. Others than the staff languages raise ``ValueError``."""
    if language not in settings.STAFF_LANGUAGES:
        raise ValueError(f"Staff pages are not written in {language}.")
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def set_active(*, administrator: User, user_id: int, is_active: bool, at: datetime) -> User:
    """End a sign-in or open it again; ending it ends its sessions. Nobody ends their own (``OwnSignIn``)."""
    if not administrator.is_administrator:
        raise Forbidden("administrators only")
    if user_id == administrator.pk:
        raise OwnSignIn
    user = User.objects.select_for_update().get(pk=user_id)
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        verb = "user.opened" if is_active else "user.ended"
        audit.record_system(administrator.username, verb, at, username=user.username)
    return user


@transaction.atomic
def end_demo_users(*, by: str, at: datetime) -> int:
    """End all sign-ins of the demo; returns how many."""
    count = User.objects.filter(is_demo=True, is_active=True).update(is_active=False)
    if count:
        audit.record_system(by, "demo.ended", at, count=count)
    return count


def has_own_users() -> bool:
    """Whether anybody but the demo's people can sign in here."""
    return User.objects.filter(is_demo=False, is_active=True).exists()


def has_demo_users() -> bool:
    """Whether the demo's people can still sign in here."""
    return User.objects.filter(is_demo=True, is_active=True).exists()
