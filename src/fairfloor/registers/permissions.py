"""Who may bring registers in and take them out. Each sheet asks for its own permission besides."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, Role

PERMISSIONS = {
    "registers.import": {Role.TEAM_SECRETARY, Role.MANAGER},
    "registers.export": IMPROVEMENT_TEAM,
}
