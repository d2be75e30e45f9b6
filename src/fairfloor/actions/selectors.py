"""Reads on actions."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from fairfloor.accounts.public import User
from fairfloor.actions.models import ActionItem
from fairfloor.actions.workflow import Status
from fairfloor.organisations.public import Membership


def _by_day(queryset: QuerySet[ActionItem]) -> QuerySet[ActionItem]:
    return queryset.order_by(F("due_date").asc(nulls_last=True), "id")


def open_actions(about_feature: str | None = None, about_code: str | None = None) -> list[ActionItem]:
    """Open actions, the earliest day first; all, or those of one feature or one record."""
    found = ActionItem.objects.filter(status=Status.OPEN)
    if about_feature is not None:
        found = found.filter(about_feature=about_feature)
    if about_code is not None:
        found = found.filter(about_code=about_code)
    return list(_by_day(found))


def actions_about(about_feature: str, about_code: str) -> list[ActionItem]:
    """All actions of one record, open ones first."""
    found = _by_day(ActionItem.objects.filter(about_feature=about_feature, about_code=about_code))
    return sorted(found, key=lambda action: action.status != Status.OPEN)


def overdue_actions(day: date) -> list[ActionItem]:
    """Open actions whose day is past, the longest overdue first."""
    return list(_by_day(ActionItem.objects.filter(status=Status.OPEN, due_date__lt=day)))


def actions_of_user(user_id: int) -> list[ActionItem]:
    """A user's open actions, the earliest day first."""
    return list(_by_day(ActionItem.objects.filter(owner_user_id=user_id, status=Status.OPEN)))


def actions_with_codes(codes: set[str]) -> dict[str, ActionItem]:
    """Code → action, for the codes given."""
    return {action.code: action for action in ActionItem.objects.filter(code__in=codes)}


def possible_owners(day: date) -> dict[int, str]:
    """Id → name of the logins that hold a role in the enterprise on a day, by name."""
    ids = (
        Membership.objects.filter(from_date__lte=day)
        .exclude(to_date__lt=day)
        .values_list("user_id", flat=True)
    )
    users = User.objects.filter(pk__in=list(ids), is_active=True).order_by("name", "pk")
    return {user.pk: user.name for user in users}
