"""What the main navigation offers a person in the enterprise they are in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

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
    ("teams:team", "teams.view", "users", _("Team"), "team/"),
    ("projects:list", "projects.view", "tools", _("Projects"), "projects/"),
    ("surveys:list", "surveys.view", "message", _("Surveys"), "surveys/"),
    ("equality:overview", "equality.view", "heart", _("Equality"), "equality/"),
    ("programme:training", "training.view", "star", _("Training"), "training/"),
    ("reports:list", "reports.view", "report", _("Reports"), "reports/"),
    ("registers:hub", "registers.export", "file-spreadsheet", _("Registers"), "registers/"),
    ("desk:settings", "enterprise.manage", "settings", _("Settings"), "settings/"),
)


def navigation(request):
    """Template context: ``navigation`` (places), ``current_enterprise`` and its ``enterprise_name``."""
    enterprise = getattr(request, "enterprise", None)
    actor = getattr(request, "actor", None)
    if enterprise is not None and actor is not None and actor.kind == "worker":
        return {"navigation": (), "enterprise_name": enterprise_name(enterprise, get_language() or "en")}
    if enterprise is None or actor is None or actor.kind != "user":
        return {"navigation": (), "current_enterprise": None}
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
        "current_enterprise": enterprise,
        "enterprise_name": enterprise_name(enterprise, get_language() or "en"),
    }
