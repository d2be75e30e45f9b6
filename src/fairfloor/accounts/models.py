"""People who sign in. Workers never do: they have no row here."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from fairfloor.core.tenancy import GlobalModel


class UserManager(BaseUserManager):
    """Creates users by username."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser, GlobalModel):
    """A login. What it may do comes from memberships and grants in ``organisations``, never from here."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    # Runs the installation; sees no enterprise's rows without a support session.
    is_administrator = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name
