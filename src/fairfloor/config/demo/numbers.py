"""What Riverside does with its measured numbers: who reports them, what they are held against, what a project shows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fairfloor.config.demo.stage import Stage
from fairfloor.indicators.public import plan_indicator
from fairfloor.projects.public import COMPLETED, ImprovementProject

# (indicator, who reports it, target)
PLANS = (
    ("defect-rate", "secretary", "0.022"),
    ("absenteeism-rate", "hr", "0.025"),
    ("turnover-rate", "hr", "0.018"),
)
BASELINE_MONTHS = 8


def _month(today: date, ago: int) -> date:
    month = today.replace(day=1)
    for _step in range(ago):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def play(stage: Stage) -> None:
    """The first eight of the twelve months are the baseline; one finished project stands beside the defects."""
    first, last = _month(stage.today, 12), _month(stage.today, 12 - BASELINE_MONTHS + 1)
    finished = ImprovementProject.objects.filter(
        status__in=sorted(COMPLETED), finish_date__range=(last, last + timedelta(days=40))
    ).exclude(title="")
    project = finished.order_by("finish_date", "id").first()
    for indicator, reporter, target in PLANS:
        plan_indicator(
            actor=stage.actors["manager"],
            indicator=indicator,
            reporter_user_id=stage.actors[reporter].user_id,
            baseline_start=first,
            baseline_end=last,
            target=Decimal(target),
            project_codes=[project.code] if project and indicator == "defect-rate" else (),
            **stage.when(1),
        )
