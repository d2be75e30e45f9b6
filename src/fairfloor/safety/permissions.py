"""What people may do about safety. A grant for safety opens the lists, without those who found it and their words."""

from fairfloor.organisations.public import INSIDERS, Role

WRITERS = {Role.SAFETY_OFFICER, Role.TEAM_SECRETARY, Role.MANAGER, Role.TEAM_MEMBER}

PERMISSIONS = {
    # Trainers, programmes and buyers have it by grant.
    "safety.view": INSIDERS | {Role.SUPPORT},
    # Who found it and what workers wrote and sent about it.
    "safety.view_finder": INSIDERS,
    "safety.report": {Role.WORKER} | INSIDERS,
    "safety.write": WRITERS,
    # What happened to people stays inside: a grant for safety opens hazards, not accidents.
    "safety.view_incidents": INSIDERS,
    # Who was hurt and how: two roles, nobody else.
    "safety.see_health": {Role.SAFETY_OFFICER, Role.HR_FOCAL},
    # Hands overdue hazards up; the system does it by itself.
    "safety.watch": {Role.MANAGER},
    "safety.correct": {Role.SAFETY_OFFICER, Role.TEAM_SECRETARY, Role.MANAGER},
}
