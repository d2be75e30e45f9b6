"""What other features may use of accounts."""

from fairfloor.accounts.models import User
from fairfloor.accounts.services import UsernameTaken, add_user, reset_password, temporary_password

__all__ = ["User", "UsernameTaken", "add_user", "reset_password", "temporary_password"]
