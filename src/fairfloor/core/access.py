"""Who may open which page and do which act. Everything not granted is refused.

A feature declares its permissions as data in ``permissions.py`` (codename → roles). A view declares what it needs
with one of the decorators below; :class:`AccessMiddleware` resolves the person, refuses strangers with 404 and
forbidden acts with 403, and opens the tenancy scope for the length of the request. A view that declares nothing
fails a system check and is never called.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone
from django.utils.module_loading import import_string

from fairfloor.core.tenancy import scope


class Forbidden(PermissionDenied):
    """The person may not do this here (403)."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a user, a worker without account, or the system; with the roles held in one enterprise."""

    kind: str  # "user", "worker" or "system"
    enterprise_id: int | None = None
    user_id: int | None = None
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    # Permissions that come from dated grants rather than from a role.
    granted: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        """Whether one of the roles or a grant covers the permission. Unknown permissions raise ``KeyError``."""
        roles = permissions()[permission]
        return self.kind == "system" or permission in self.granted or bool(self.roles & roles)


def system_actor(enterprise_id: int) -> Actor:
    """The program itself, at work for one enterprise (commands, jobs)."""
    return Actor(kind="system", enterprise_id=enterprise_id, name="Fairfloor")


def require(actor: Actor, permission: str) -> None:
    """Raise :class:`Forbidden` unless the actor holds the permission."""
    if not actor.may(permission):
        raise Forbidden(permission)


@lru_cache(maxsize=1)
def permissions() -> dict[str, frozenset[str]]:
    """All permissions of the program, collected from each feature's ``permissions.py``."""
    found: dict[str, frozenset[str]] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.permissions"
        if config.name.startswith("fairfloor.") and importlib.util.find_spec(name):
            for codename, roles in import_module(name).PERMISSIONS.items():
                if codename in found:
                    raise ValueError(f"Permission {codename} is declared twice.")
                found[codename] = frozenset(roles)
    return found


class Kind(Enum):
    """How a page is reached."""

    PUBLIC = "public"  # by anyone; says why
    SIGNED_IN = "signed in"
    ADMINISTRATOR = "administrator"
    ENTERPRISE = "enterprise"  # a person with a role in the enterprise named by `slug`
    WORKER = "worker"  # anyone who holds the enterprise's worker link


@dataclass(frozen=True)
class Access:
    """What a view asks for."""

    kind: Kind
    permission: str | None = None
    why: str = ""


V = TypeVar("V", bound=Callable[..., HttpResponse])


def _declare(access: Access) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def page(permission: str) -> Callable[[V], V]:
    """A page of one enterprise; the URL has ``slug``, the person needs ``permission`` there."""
    return _declare(Access(Kind.ENTERPRISE, permission))


def worker_page(view: V) -> V:
    """A page under ``/w/<token>/``: no account; the worker's link opens the scope."""
    return _declare(Access(Kind.WORKER))(view)


def signed_in_page(view: V) -> V:
    """A page about the signed-in person's own account."""
    return _declare(Access(Kind.SIGNED_IN))(view)


def administrator_page(view: V) -> V:
    """A page for system administrators; it shows no enterprise's rows."""
    return _declare(Access(Kind.ADMINISTRATOR))(view)


def public_page(why: str) -> Callable[[V], V]:
    """A page for everyone; ``why`` says for what reason."""
    return _declare(Access(Kind.PUBLIC, why=why))


def access_of(view: Any) -> Access | None:
    """What a view declares. Views of libraries are mounted with a declaration of ours around them."""
    return getattr(view, "access", None)


def may_open(actor: Actor, url: str) -> bool:
    """Whether the actor may open an address of their own factory, by what its page declares. Raises ``Resolver404``."""
    access = access_of(resolve(url.partition("?")[0]).func)
    return access is not None and (access.permission is None or actor.may(access.permission))


def signed_out(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in; 403 with the words that were sent when a form was open longer than the sign-in."""
    if request.headers.get("HX-Request"):
        # A part of a page cannot hold the sign-in: the whole page is loaded anew and leads there.
        return HttpResponse(headers={"HX-Refresh": "true"})
    # Scripts that send wait for a sign-in themselves, and another site's form gets none of its words shown.
    is_own_form = request.method == "POST" and (
        "text/html" in request.headers.get("Accept", "")
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
    if not is_own_form:
        return redirect_to_login(request.get_full_path())
    # Words have a space or a letter beyond ASCII; keys, numbers and choices have neither.
    words = [
        value
        for name, values in request.POST.lists()
        if "password" not in name
        for value in values
        if " " in value.strip() or not value.isascii()
    ]
    return render(request, "core/signed_out.html", {"words": words}, status=403)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


class AccessMiddleware:
    """Resolves the actor, enforces the view's declaration and keeps the scope open until the response is made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        request.enterprise = None
        with ExitStack() as stack:
            request._access_stack = stack
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view, _args, kwargs):
        access = access_of(view)
        if access is None:
            raise Forbidden("This page declares no access.")
        if access.kind is Kind.PUBLIC:
            return None
        if access.kind is Kind.WORKER:
            found = import_string(settings.WORKER_LINK_RESOLVER)(kwargs["token"])
        else:
            if not request.user.is_authenticated:
                return signed_out(request)
            if access.kind is Kind.SIGNED_IN:
                return None
            if access.kind is Kind.ADMINISTRATOR:
                if not request.user.is_administrator:
                    raise Forbidden("administrators only")
                return None
            found = import_string(settings.MEMBERSHIP_RESOLVER)(request.user, kwargs["slug"], timezone.now())
        if found is None:
            raise Http404
        request.enterprise, request.actor = found
        request._access_stack.enter_context(scope(request.enterprise.id))
        # Every time a page shows is the factory's own clock.
        request._access_stack.enter_context(timezone.override(_zone(request.enterprise.time_zone)))
        if access.permission is not None and not request.actor.may(access.permission):
            raise Forbidden(access.permission)
        return None
