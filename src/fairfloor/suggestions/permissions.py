"""What people may do with suggestions. Workers' words are in no grant."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, INSIDERS, Role

PERMISSIONS = {
    "suggestions.view": INSIDERS,
    "suggestions.submit": {Role.WORKER} | INSIDERS,
    "suggestions.enter": IMPROVEMENT_TEAM | {Role.WORKER_REPRESENTATIVE},
    "suggestions.triage": IMPROVEMENT_TEAM,
    "suggestions.watch": {Role.MANAGER},
    "suggestions.correct": {Role.TEAM_SECRETARY, Role.MANAGER},
}
