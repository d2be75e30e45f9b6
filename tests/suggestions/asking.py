"""What the tests of suggestions share: sending ideas the way a phone and the staff do."""

from __future__ import annotations

from django.test import Client

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import active_worker_link
from fairfloor.suggestions.services import Submitted, submit_suggestion
from tests.cast import NOW, TODAY, Factory

CLIENT_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def send(
    factory: Factory, text: str = "More light at the knitting machines", client_id: str = CLIENT_ID, **values
):
    """An idea from a phone, by the service."""
    arguments = {"day": TODAY, "at": NOW} | values
    with scope(factory.id):
        sent: Submitted = submit_suggestion(actor=factory.worker, client_id=client_id, text=text, **arguments)
    return sent


def token(factory: Factory) -> str:
    """The factory's poster link."""
    with scope(factory.id):
        return active_worker_link().token


def signed_in(factory: Factory, username: str, *roles: str) -> Client:
    """A browser of somebody with roles in the factory."""
    client = Client()
    client.force_login(factory.user(username, *roles))
    return client
