"""The meetings to come with their hours and places, and a week of shift talks, in the demo factory."""

from __future__ import annotations

from datetime import time

from fairfloor.config.demo.stage import Stage
from fairfloor.teams.models import ImprovementTeam
from fairfloor.teams.services import raise_issue, record_talk, renew_calendar, schedule_meeting, withdraw_talk
from fairfloor.teams.workflow import IssueKind, Shift, TalkTopic

HOUR, PLACE, DEPARTMENT, LEADER = time(14, 30), "Meeting room 2", "SEW", "Lin Wei"
S, Q, D, P = TalkTopic.SAFETY, TalkTopic.QUALITY, TalkTopic.DELIVERY, TalkTopic.PEOPLE
# Days ago, shift, women and men there, topics, what was raised.
TALKS = (
    (5, Shift.MORNING, 14, 5, (S, D), ()),
    (4, Shift.MORNING, 13, 6, (S, Q, D), ("The needle box on table 4 is full",)),
    (3, Shift.MORNING, 15, 5, (S, P), ()),
    (3, Shift.AFTERNOON, 11, 7, (D,), ()),
    (3, Shift.NIGHT, 11, 7, (D,), ()),
    (2, Shift.MORNING, 14, 6, (S, Q, P), ("The trolley's wheel sticks",)),
    (1, Shift.MORNING, 14, 5, (S, Q, D, P), ("Cones arrive late after lunch",)),
)


def play(stage: Stage) -> None:
    """One meeting in three days with the team's calendar, and the talks; what was raised first became an action."""
    secretary = stage.actors["secretary"]
    team = ImprovementTeam.objects.filter(is_active=True).order_by("code", "id").first()
    if team is not None:
        renew_calendar(actor=secretary, team_id=team.pk, at=stage.at(6))
        schedule_meeting(
            actor=secretary,
            team_id=team.pk,
            meeting_date=stage.day(-3),
            start_time=HOUR,
            place=PLACE,
            at=stage.at(6),
        )
    for ago, shift, women, men, topics, issues in TALKS:
        day, at = stage.day(ago), stage.at(ago)
        talk, _is_new = record_talk(
            actor=secretary,
            client_id=f"demo-shift-talk-{ago}-{shift.lower()}",
            department_code=DEPARTMENT,
            shift=shift,
            talk_date=day,
            present=women + men,
            present_women=women,
            present_men=men,
            leader_name=LEADER,
            topics=topics,
            issues=issues,
            day=day,
            at=at,
        )
        if shift == Shift.NIGHT:
            why = "Sent as the night shift; it was the afternoon."
            withdraw_talk(actor=secretary, talk_id=talk.pk, reason=why, day=day, at=at)
        if ago == 4:
            raise_issue(actor=secretary, issue_id=talk.issues.get().pk, kind=IssueKind.ACTION, day=day, at=at)
