"""Riverside's team since its report: a charter, and a meeting every four weeks, with a few empty seats."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.teams.models import ImprovementTeam, TeamMember
from fairfloor.teams.services import (
    change_team,
    correct_member,
    members_in_term,
    record_held_meeting,
    release_minutes,
    schedule_meeting,
)
from fairfloor.teams.workflow import Shift

# (days ago, every which seat stays empty, what was noted)
MEETINGS = (
    (
        110,
        4,
        "The new lamps are up on table 6. The dye house asks for a second fan; maintenance measures first.",
    ),
    (82, 6, "Two ideas taken up. The guard of machine 14 waits for a part until Friday."),
    (
        54,
        5,
        "Results of the summer looked at: fewer defects, as many ideas. Packing wants to try the label shelf.",
    ),
    (
        26,
        7,
        "The walk-round of packing found three things; all have an owner. Next meeting moved to the afternoon.",
    ),
)


def play(stage: Stage) -> None:
    """The first team meets on and says what it is for."""
    secretary, manager = stage.actors["secretary"], stage.actors["manager"]
    team = ImprovementTeam.objects.filter(is_active=True).order_by("code", "id").first()
    if team is None:
        return
    change_team(
        actor=manager,
        team_id=team.pk,
        name=team.name,
        is_active=True,
        purpose="Make work safer, easier and fairer, together with the people who do it.",
        rules=(
            "Everybody's word counts the same. Every idea gets an answer within two weeks.\n"
            "What is said about people stays in the room."
        ),
        sponsor_name=manager.name,
        meets_every_weeks=4,
        at=stage.at(120),
    )
    _tell_shifts(stage, members_in_term(team.pk, stage.day(0)))
    for ago, empty, minutes in MEETINGS:
        day = stage.day(ago)
        members = members_in_term(team.pk, day)
        meeting = schedule_meeting(actor=secretary, team_id=team.pk, meeting_date=day, at=stage.at(ago + 7))
        record_held_meeting(
            actor=secretary,
            meeting_id=meeting.pk,
            meeting_date=day,
            present_ids=[member.pk for place, member in enumerate(members, 1) if place % empty],
            minutes=minutes,
            **stage.when(ago),
        )
    release_minutes(actor=secretary, meeting_id=meeting.pk, is_out=True, **stage.when(25))


def _tell_shifts(stage: Stage, members: list[TeamMember]) -> None:
    """Most members work by day, every fourth in the afternoon; of the last nobody asked. No one works at night."""
    for place, member in enumerate(members[:-1], 1):
        correct_member(
            actor=stage.actors["secretary"],
            member_id=member.pk,
            role=member.role,
            sex=member.sex,
            level=member.level,
            department_code=member.department_code,
            shift=Shift.DAY if place % 4 else Shift.AFTERNOON,
            from_date=member.from_date,
            to_date=member.to_date,
            at=stage.at(110),
        )
