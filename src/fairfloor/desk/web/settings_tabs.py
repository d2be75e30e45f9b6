"""The tabs of a factory's settings, as far as the person may open them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """One tab."""

    url: str
    label: str
    is_current: bool
    count: int | None = None


_TABS = (
    ("settings", "enterprise.manage", _("Factory")),
    ("people", "enterprise.manage_members", _("People")),
    ("outside", "enterprise.grant", _("Shown to others")),
    ("worker_link", "enterprise.manage", _("Worker link")),
    ("board_settings", "enterprise.manage", _("Board")),
    ("record", "enterprise.view_record", _("Record")),
)


def settings_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """The tabs this person may open, with the current one marked."""
    slug = request.enterprise.slug
    return [
        Tab(reverse(f"desk:{name}", kwargs={"slug": slug}), str(label), name == current)
        for name, permission, label in _TABS
        if request.actor.may(permission)
    ]
