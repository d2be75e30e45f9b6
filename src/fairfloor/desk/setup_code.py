"""Who may set up the first factory: somebody at this very machine, or who holds the one-time code."""

from __future__ import annotations

import hmac
import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from fairfloor.accounts.public import temporary_password

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


def _path():
    return settings.DATA / "setup_code"


def setup_code() -> str:
    """The one-time code of this installation, made when first asked for; readable by its owner only."""
    path = _path()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    code = temporary_password()
    with os.fdopen(descriptor, "w") as file:
        file.write(code + "\n")
    return code


def forget_setup_code() -> None:
    """Called once somebody owns the installation."""
    _path().unlink(missing_ok=True)


def is_right_code(given: str) -> bool:
    """Whether this is the code; an empty one never is."""
    given = given.strip().lower()
    return bool(given) and hmac.compare_digest(given.encode(), setup_code().encode())


def is_this_machine(request: HttpRequest) -> bool:
    """Whether a browser on this very machine asks.

    A reverse proxy on the same machine makes strangers look local. So the answer is no as soon as anything hints at
    one: a public address in the settings, a forwarding header, a foreign Host, or HTTP/1.0, which no browser speaks
    and nginx does unless told otherwise.
    """
    meta = request.META
    if settings.PUBLIC_URL or any(name in meta for name in _FORWARDED):
        return False
    if meta.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return False
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    try:
        return (
            host in {"localhost", "127.0.0.1", "::1"} and ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
        )
    except ValueError:
        return False
