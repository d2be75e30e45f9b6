"""Verbs on logins."""

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from fairfloor.accounts.models import User
from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.randomness import CODE_ALPHABET


class UsernameTaken(ValueError):
    """Another login has this username."""


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


@transaction.atomic
def reset_password(*, administrator: User, user_id: int, at: datetime) -> str:
    """Give a login a new temporary password, which its owner must change; returns it once. Ends its sessions."""
    if not administrator.is_administrator:
        raise Forbidden("administrators only")
    user = User.objects.select_for_update().get(pk=user_id)
    password = temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    audit.record_system(administrator.username, "user.password_reset", at, username=user.username)
    return password
