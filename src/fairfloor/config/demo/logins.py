"""Two logins of the demo factory on its roster: one joined to its person, one that the manager is asked about."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.core.access import system_actor
from fairfloor.organisations.public import join_worker
from fairfloor.organisations.sheets import PeopleSheet

# Username, code and facts on the roster; both are invented.
ON_ROSTER = (
    ("member", "F81", "FEMALE", "FRONT_LINE", "SEW", "Toe closer"),
    ("hr", "F82", "FEMALE", "MANAGER", "", "HR"),
)
JOINED = ("member",)


def play(stage: Stage) -> None:
    """Put both on the roster under their login's name, and say who the first is."""
    rows = [
        {
            "code": code,
            "name": stage.actors[username].name,
            "sex": sex,
            "level": level,
            "department": department,
            "job": job,
        }
        for username, code, sex, level, department, job in ON_ROSTER
        if username in stage.actors
    ]
    PeopleSheet().save(system_actor(stage.enterprise.id), rows, [], stage.at(100))
    for username, code, *_facts in ON_ROSTER:
        user_id = stage.actors[username].user_id if username in stage.actors else None
        if username in JOINED and user_id is not None:
            join_worker(
                actor=stage.actors["manager"],
                user_id=user_id,
                worker_code=code,
                day=stage.today,
                at=stage.now,
            )
