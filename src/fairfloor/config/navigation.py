"""What the main navigation offers a person in the enterprise they are in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.core.ui.worker import is_shared
from fairfloor.organisations.public import enterprise_name


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    url: str
    label: str
    icon: str
    is_current: bool


# (URL name, permission, icon, label, address part that marks it current)
_PLACES = (
    ("desk:today", "enterprise.open", "home", _("Today"), ""),
    ("suggestions:list", "suggestions.view", "bulb", _("Suggestions"), "suggestions/"),
    ("safety:hazards", "safety.view", "alert-triangle", _("Safety"), "safety/"),
    ("checklists:hub", "checklists.view", "clipboard-check", _("Walk-rounds"), "checklists/"),
    ("teams:team", "teams.view", "users", _("Team"), "team/"),
    ("projects:list", "projects.view", "tools", _("Projects"), "projects/"),
    ("actions:list", "actions.view", "checklist", _("Actions"), "actions/"),
    ("surveys:list", "surveys.view", "message", _("Surveys"), "surveys/"),
    ("equality:overview", "equality.view", "heart", _("Equality"), "equality/"),
    ("programme:training", "training.view", "star", _("Training"), "training/"),
    ("readings:list", "readings.view", "chart-line", _("Measured numbers"), "readings/"),
    (
        "organisations:departments",
        "enterprise.view_departments",
        "users-group",
        _("People and departments"),
        "people/",
    ),
    ("desk:board", "board.view", "presentation", _("Board"), "board/"),
    ("reports:list", "reports.view", "report", _("Reports"), "reports/"),
    ("registers:hub", "registers.export", "file-spreadsheet", _("Registers"), "registers/"),
    ("desk:settings", "enterprise.manage", "settings", _("Settings"), "settings/"),
)


# (URL name, icon, label, for administrators only)
_ACCOUNT = (
    ("desk:home", "building-factory-2", _("Your factories"), False),
    ("account_change_password", "key", _("Change password"), False),
    ("mfa_index", "shield-check", _("Two-step sign-in"), False),
    ("administration:users", "users", _("People who sign in"), True),
    ("desk:organisations", "affiliate", _("Organisations outside"), True),
    ("desk:support", "eye", _("Support session"), True),
)


def account_menu(user) -> list[dict[str, str]]:
    """What the menu behind a person's name offers."""
    if not user.is_authenticated:
        return []
    return [
        {"url": reverse(url_name), "icon": icon, "label": str(label)}
        for url_name, icon, label, is_for_administrators in _ACCOUNT
        if user.is_administrator or not is_for_administrators
    ]


def navigation(request):
    """Template context: ``navigation``, ``account_menu``, ``current_enterprise``, ``enterprise_name``."""
    enterprise = getattr(request, "enterprise", None)
    actor = getattr(request, "actor", None)
    if enterprise is not None and actor is not None and actor.kind == "worker":
        # No look at the session: a worker's page sets no cookie but the language.
        return {
            "navigation": (),
            "enterprise_name": enterprise_name(enterprise, get_language() or "en"),
            "is_kiosk": is_shared(request),
        }
    menu = account_menu(request.user) if hasattr(request, "user") else []
    if enterprise is None or actor is None or actor.kind != "user":
        return {"navigation": (), "current_enterprise": None, "account_menu": menu}
    home = f"/e/{enterprise.slug}/"
    places = []
    for url_name, permission, icon, label, part in _PLACES:
        try:
            url = reverse(url_name, kwargs={"slug": enterprise.slug})
        except NoReverseMatch:
            continue
        if actor.may(permission):
            is_current = request.path == home if not part else request.path.startswith(home + part)
            places.append(Place(url, str(label), icon, is_current))
    return {
        "navigation": places,
        "account_menu": menu,
        "current_enterprise": enterprise,
        "enterprise_name": enterprise_name(enterprise, get_language() or "en"),
    }
