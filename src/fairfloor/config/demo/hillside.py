"""Hillside Garments: a small invented second factory, so that one can see that neither sees the other."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.organisations.public import add_department
from fairfloor.safety.public import report_hazard
from fairfloor.suggestions.public import accept_suggestion, decline_suggestion


def play(stage: Stage) -> None:
    """Two departments, four ideas and a hazard."""
    manager, secretary = stage.actors["hillside-manager"], stage.actors["hillside-secretary"]
    for code, name, name_zh in (("CUT", "Cutting", "裁剪车间"), ("SEW", "Sewing", "缝制车间")):
        add_department(actor=manager, code=code, name=name, name_zh=name_zh, at=stage.at(60))
    fan = stage.idea(6, "A fan above the pressing tables, please.", category="COMFORT", department_code="SEW")
    accept_suggestion(
        actor=secretary,
        suggestion_id=fan.pk,
        answer="Ordered. It will be hung on Friday after work.",
        **stage.when(4),
    )
    music = stage.idea(11, "Music all day long.", category="OTHER")
    decline_suggestion(
        actor=secretary,
        suggestion_id=music.pk,
        reason="Warnings must be heard on the floor. In the breaks there will be music from Monday on.",
        **stage.when(9),
    )
    stage.idea(
        2,
        "Sharpen the cutting knives every Monday before we start.",
        category="QUALITY",
        department_code="CUT",
    )
    stage.idea(1, "The lockers do not close. Could we have new locks?", category="OTHER")
    report_hazard(
        actor=stage.worker,
        description="The socket beside cutting table 2 is loose and sparks.",
        category="ELECTRICAL",
        department_code="CUT",
        likelihood=4,
        severity=5,
        **stage.when(2),
    )
