"""Riverside's vision of the year, and three goals with their projects."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fairfloor.config.demo.stage import Stage
from fairfloor.projects.public import ImprovementProject, Status
from fairfloor.teams.services import set_goal, write_vision

GOALS = (
    ("Fewer socks thrown away", "defect-rate", "0.022", "Zhou Min"),
    ("Everybody well enough to come", "absenteeism-rate", "0.025", "Fang Rong"),
    ("Every idea decided within two weeks", "suggestions.decided_in_14_days", "0.95", "Zhou Min"),
)


def play(stage: Stage) -> None:
    """The goals stand on the first half of the last twelve months."""
    manager = stage.actors["manager"]
    year = stage.today.year
    write_vision(
        actor=manager,
        year=year,
        text="Socks nobody sends back, made by people who like to come to work.",
        at=stage.at(40),
    )
    end = stage.day(180).replace(day=1) - timedelta(days=1)
    start = (end - timedelta(days=150)).replace(day=1)
    running = ImprovementProject.objects.filter(status=Status.IN_PROGRESS).exclude(owner_name="")
    codes = list(running.order_by("start_date", "id").values_list("code", flat=True)[:2])
    for place, (title, indicator, target, owner) in enumerate(GOALS):
        set_goal(
            actor=manager,
            year=year,
            title=title,
            indicator=indicator,
            baseline_start_date=start,
            baseline_end_date=end,
            target=Decimal(target),
            owner_name=owner,
            project_codes=codes if place == 0 else (),
            **stage.when(39),
        )
