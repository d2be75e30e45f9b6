"""Add a sign-in, or give one a new password."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from fairfloor.accounts.public import User, UsernameTaken, add_user, reset_password_by_operator
from fairfloor.config.cli import Refusal
from fairfloor.core.access import system_actor
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import MEMBER_ROLES, Enterprise, add_member, local_day


def configure(parser) -> None:
    """`user add` and `user reset`."""
    commands = parser.add_subparsers(dest="user_command", required=True)
    add = commands.add_parser("add", help="add a sign-in and print its first password, once")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--name", required=True, help="the person's name as others see it")
    add.add_argument("--language", default="en", choices=("en", "zh-hans"))
    add.add_argument("--administrator", action="store_true", help="runs the installation; opens no factory")
    add.add_argument("--enterprise", metavar="SLUG", help="the factory the roles are for")
    add.add_argument(
        "--role", action="append", default=[], choices=[role.value for role in MEMBER_ROLES], dest="roles"
    )
    reset = commands.add_parser("reset", help="give a sign-in a new password and print it, once")
    reset.add_argument("username", metavar="USERNAME")


def run(options) -> int:
    """Do the one or the other."""
    return _add(options) if options.user_command == "add" else _reset(options)


@transaction.atomic
def _create(options, enterprise: Enterprise | None) -> str:
    now = timezone.now()
    user, password = add_user(
        by="command line",
        username=options.username,
        name=options.name,
        language=options.language,
        is_administrator=options.administrator,
        at=now,
    )
    if enterprise is not None:
        with scope(enterprise.id):
            for role in options.roles:
                add_member(
                    actor=system_actor(enterprise.id),
                    user_id=user.pk,
                    role=role,
                    from_date=local_day(enterprise, now),
                    at=now,
                )
    return password


def _add(options) -> int:
    enterprise = None
    if bool(options.enterprise) != bool(options.roles):
        raise Refusal("--enterprise and --role go together: a role is held in a factory.")
    if options.enterprise:
        enterprise = Enterprise.objects.filter(slug=options.enterprise).first()
        if enterprise is None:
            known = ", ".join(Enterprise.objects.values_list("slug", flat=True)[:10]) or "none yet"
            raise Refusal(f"There is no factory {options.enterprise}. Known: {known}.")
    try:
        password = _create(options, enterprise)
    except UsernameTaken:
        raise Refusal(f"Somebody has the username {options.username} already. Choose another one.") from None
    except ValidationError as problem:
        raise Refusal(" ".join(problem.messages)) from None
    print(f"{options.username.strip().lower()}  {password}")
    print("This password is shown only now. At the first sign-in it must be replaced.")
    return 0


def _reset(options) -> int:
    user = User.objects.filter(username__iexact=options.username.strip()).first()
    if user is None:
        raise Refusal(f"Nobody has the username {options.username}.")
    password = reset_password_by_operator(user_id=user.pk, at=timezone.now())
    print(f"{user.username}  {password}")
    print("This password is shown only now. The old one and all open sessions have ended.")
    return 0
