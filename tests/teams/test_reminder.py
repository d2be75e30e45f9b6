"""A meeting of tomorrow stands in the digest of its members, and of nobody else."""

from datetime import time, timedelta

from fairfloor.core.tenancy import scope
from fairfloor.desk.digests import compose
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import Role, local_day
from fairfloor.teams.services import schedule_meeting
from tests.cast import NOW


def test_members_are_reminded_the_day_before(crew, other_crew):
    member = crew.factory.user("lin", Role.TEAM_MEMBER)
    other = crew.factory.user("wu", Role.TEAM_MEMBER)
    stranger = other_crew.factory.user("bo", Role.TEAM_MEMBER)
    with scope(crew.factory.id):
        day = local_day(crew.factory.enterprise, NOW)
        Worker.objects.create(code="M02", name="Lin")
        schedule_meeting(
            actor=crew.secretary,
            team_id=crew.team.id,
            meeting_date=day + timedelta(days=1),
            start_time=time(14, 30),
            place="Canteen",
            at=NOW,
        )
    told = compose(member, NOW)
    assert told is not None
    assert "Meeting 1 of Improvement team is tomorrow, " in told[1]
    assert "Canteen" in told[1]
    assert "is tomorrow" not in compose(other, NOW)[1]  # in no team by the roster's name
    assert "Canteen" not in str(compose(stranger, NOW))
    assert "is tomorrow" not in compose(member, NOW - timedelta(days=1))[1]
    assert "is tomorrow" not in str(compose(member, NOW + timedelta(days=1)))
