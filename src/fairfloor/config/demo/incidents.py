"""What happened at Riverside in the last twelve months, and the hours people worked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fairfloor.actions.public import complete_action
from fairfloor.config.demo.stage import Stage
from fairfloor.safety.models import Incident
from fairfloor.safety.services import (
    Participant,
    add_incident_action,
    agree_actions,
    investigate_incident,
    report_incident,
    write_health,
    write_hours,
)

# Hours a month by sex, the oldest first; the knitting halls stand still around the new year's feast.
HOURS = (
    *((101_200, 72_400), (99_800, 71_900), (102_600, 73_000), (100_900, 72_100), (98_700, 70_800)),
    *((64_300, 46_900), (103_100, 73_800), (104_000, 74_200), (101_700, 72_900), (99_500, 71_300)),
    *((103_400, 73_600), (102_200, 73_100)),
)
WORKERS = (588, 416)

# (days ago, hour, department, what nearly happened)
NEAR_MISSES = (
    (334, 9, "KNT", "A cone rack tipped when the trolley touched it; nobody stood behind."),
    (301, 14, "BRD", "The boarding press closed while a hand was just out of it."),
    (262, 7, "KNT", "Oil under machine 14; a mechanic slid and caught himself."),
    (214, 22, "PAK", "A pallet slipped off the fork at the turn by the packing door."),
    (177, 10, "KNT", "A needle broke and flew past the operator's face."),
    (139, 16, "BRD", "Steam came out of the side of the hose when the valve was opened."),
    (96, 11, "PAK", "The strapping band snapped back over the table."),
    (58, 8, "KNT", "The lint extractor smoked for a minute before somebody pressed stop."),
    (27, 15, "PAK", "A carton fell from the third level onto the walkway at shift change."),
)
FIRST_AID = (
    (286, 13, "PAK", "A cut at the carton table; plaster, back at work at once.", "FEMALE"),
    (163, 10, "KNT", "A pinch at the take-down roller; cooled, back at work.", "FEMALE"),
    (44, 17, "BRD", "A small burn at the boarding form; cooled under water.", "MALE"),
)


def play(stage: Stage) -> None:
    """Hours, one accident with lost days, first-aid cases, near misses, and two investigations."""
    _hours(stage)
    for days_ago, hour, department, words in NEAR_MISSES:
        _report(stage, days_ago, hour, department, words, kind="NEAR_MISS")
    for days_ago, hour, department, words, sex in FIRST_AID:
        _report(
            stage,
            days_ago,
            hour,
            department,
            words,
            kind="INJURY",
            injury_class="FIRST_AID",
            sex=sex,
            level="FRONT_LINE",
        )
    _accident(stage)
    _press(stage)


def _hours(stage: Stage) -> None:
    month = stage.today.replace(day=1)
    for women, men in reversed(HOURS):
        month = (month - timedelta(days=1)).replace(day=1)
        for sex, number, workers in (("FEMALE", women, WORKERS[0]), ("MALE", men, WORKERS[1])):
            write_hours(
                actor=stage.actors["safety"],
                month_date=month,
                sex=sex,
                hours=Decimal(number),
                workers=Decimal(workers),
                **stage.when(1),
            )


def _report(stage: Stage, days_ago: int, hour: int, department: str, words: str, **more):
    return report_incident(
        actor=stage.actors["safety"],
        description=words,
        incident_date=stage.day(days_ago),
        hour=hour,
        department_code=department,
        **more,
        **stage.when(days_ago),
    )


def _accident(stage: Stage) -> None:
    officer = stage.actors["safety"]
    incident = _report(
        stage,
        121,
        19,
        "KNT",
        "While cleaning a running machine a hand was drawn to the cylinder. The guard was held open with tape.",
        kind="INJURY",
        injury_class="LOST_TIME",
        sex="MALE",
        level="FRONT_LINE",
        days_lost=11,
        place="Hall 2, row C",
    )
    write_health(
        actor=officer,
        incident_id=incident.pk,
        values={
            "nature": "Crushed fingertip",
            "body_part": "Right hand",
            "treatment": "Stitched in the clinic",
        },
        at=stage.at(121),
    )
    investigate_incident(
        actor=officer,
        incident_id=incident.pk,
        held_date=stage.day(118),
        whys=(
            "The hand was near the cylinder while it turned.",
            "The machine was cleaned without stopping it.",
            "A stop costs four minutes of starting up again, and pieces are counted by the shift.",
            "Nobody had planned time for cleaning when the target of the hall was set.",
        ),
        participants=(
            Participant("", "FEMALE", "FRONT_LINE"),
            Participant("", "MALE", "FRONT_LINE"),
            Participant("", "FEMALE", "SUPERVISOR"),
            Participant("", "MALE", "MANAGER"),
        ),
        factors=("MACHINE", "METHOD", "WORKLOAD"),
        **stage.when(118),
    )
    _agreed(
        stage,
        incident.pk,
        117,
        ("Guards of hall 2 stop the machine when opened", "Hu Jing", 96),
        ("Ten minutes for cleaning in each shift's plan", "Deng Hao", 110),
    )


def _press(stage: Stage) -> None:
    """The second one looked into: a near miss at the press."""
    incident = Incident.objects.get(
        kind="NEAR_MISS", incident_date=stage.day(301), description__startswith="The boarding press"
    )
    investigate_incident(
        actor=stage.actors["safety"],
        incident_id=incident.pk,
        held_date=stage.day(299),
        whys=(
            "The press closed without both hands on the buttons.",
            "One button was stuck and counted as pressed.",
            "Buttons are looked at only when they fail.",
        ),
        participants=(
            Participant("", "FEMALE", "FRONT_LINE"),
            Participant("", "FEMALE", "FRONT_LINE"),
            Participant("", "MALE", "SUPERVISOR"),
        ),
        factors=("MAINTENANCE",),
        **stage.when(299),
    )
    _agreed(
        stage,
        incident.pk,
        298,
        ("Try both buttons of every press on the first day of the month", "Hu Jing", 270),
    )


def _agreed(stage: Stage, incident_id: int, days_ago: int, *actions: tuple[str, str, int]) -> None:
    officer = stage.actors["safety"]
    for text, owner, due in actions:
        action = add_incident_action(
            actor=officer,
            incident_id=incident_id,
            text=text,
            owner_name=owner,
            due_date=stage.day(due),
            **stage.when(days_ago),
        )
        complete_action(actor=officer, action_id=action.pk, **stage.when(due))
    agree_actions(actor=officer, incident_id=incident_id, at=stage.at(days_ago))
