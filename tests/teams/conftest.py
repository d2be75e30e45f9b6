"""A team of three in each factory, built by services."""

from dataclasses import dataclass
from datetime import date

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.teams.models import ImprovementTeam, TeamMember
from fairfloor.teams.services import add_member, create_team
from tests.cast import NOW, Factory

JOINED = date(2026, 1, 1)


@dataclass(frozen=True)
class Crew:
    """A factory with a team and its secretary."""

    factory: Factory
    team: ImprovementTeam
    members: dict[str, TeamMember]

    @property
    def secretary(self):
        return self.factory.actor(Role.TEAM_SECRETARY, name="Hu Li")


def build_crew(factory: Factory) -> Crew:
    """The team EIT: a manager, a woman and a man from the floor."""
    with scope(factory.id):
        secretary = factory.actor(Role.TEAM_SECRETARY)
        team = create_team(actor=secretary, code="EIT", name="Improvement team", at=NOW)
        people = (
            ("M01", "MALE", "MANAGER", "PAK", "LEADER"),
            ("M02", "FEMALE", "FRONT_LINE", "KNT", "SECRETARY"),
            ("M03", "MALE", "FRONT_LINE", "PAK", "MEMBER"),
        )
        members = {
            code: add_member(
                actor=secretary,
                team_id=team.id,
                member_code=code,
                sex=sex,
                level=level,
                department_code=department,
                role=role,
                from_date=JOINED,
                at=NOW,
            )
            for code, sex, level, department, role in people
        }
    return Crew(factory, team, members)


@pytest.fixture
def crew(river):
    """The team of one factory."""
    return build_crew(river)


@pytest.fixture
def other_crew(hill):
    """The team of another factory."""
    return build_crew(hill)
