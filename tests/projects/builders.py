"""Projects and people for the tests of this area, made by services."""

from __future__ import annotations

from dataclasses import replace

from fairfloor.core.access import Actor
from fairfloor.organisations.public import Role
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.services import start_project
from fairfloor.suggestions.public import Suggestion, submit_suggestion
from tests.cast import NOW, TODAY, Factory


def person(factory: Factory, role: str = Role.TEAM_SECRETARY, user_id: int = 1, name: str = "Li Na") -> Actor:
    """Somebody of the factory with an id of their own."""
    return replace(factory.actor(role, name=name), user_id=user_id)


def project_in(factory: Factory, **values) -> ImprovementProject:
    """A project started today by the secretary."""
    values = {"title": "Guards on the knives", "day": TODAY, "at": NOW, **values}
    return start_project(actor=values.pop("actor", None) or person(factory), **values)


def suggestion_in(
    factory: Factory, text: str = "The knives have no guards.", client_id: str = "c" * 32
) -> Suggestion:
    """An idea sent from a phone."""
    sent = submit_suggestion(actor=factory.worker, client_id=client_id, text=text, day=TODAY, at=NOW)
    return sent.suggestion
