"""What other features may use of accounts."""

from fairfloor.accounts.models import User
from fairfloor.accounts.services import (
    UsernameTaken,
    add_user,
    end_demo_users,
    has_demo_users,
    has_own_users,
    reset_password,
    reset_password_by_operator,
    temporary_password,
)

__all__ = [
    "User",
    "UsernameTaken",
    "add_user",
    "end_demo_users",
    "has_demo_users",
    "has_own_users",
    "reset_password",
    "reset_password_by_operator",
    "temporary_password",
]
