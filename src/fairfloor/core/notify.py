"""Sending a short message by mail or to a channel of the house; counts and links only, never anybody's words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.conf import settings


class NotSent(RuntimeError):
    """The message could not be handed over. Says no address, so that it may be kept."""


def mail_url(address: str) -> str:
    """The channel of one mail address, by the operator's mail server; empty when none is set."""
    base = settings.MAIL_URL
    if not base or not address:
        return ""
    return f"{base}{'&' if '?' in base else '?'}to={quote(address)}"


def house_channels() -> list[str]:
    """The channels the operator set for everybody, e.g. a WeCom group."""
    return list(settings.NOTIFY_URLS)


def send(urls: Sequence[str], title: str, body: str) -> None:
    """Hand a message to channels (addresses of apprise). Outside any transaction. Raises :class:`NotSent`."""
    import apprise  # slow to import, and pages never need it

    sender = apprise.Apprise()
    for url in urls:
        if not sender.add(url):
            raise NotSent(
                "A channel's address cannot be read. Look at FAIRFLOOR_MAIL_URL and FAIRFLOOR_NOTIFY_URLS."
            )
    if not sender.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
        raise NotSent("The server of the channel did not take the message.")
