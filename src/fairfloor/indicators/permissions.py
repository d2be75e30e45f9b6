"""What people may do with readings."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, INSIDERS, Role

PERMISSIONS = {
    "readings.view": INSIDERS | {Role.SUPPORT},
    "readings.write": IMPROVEMENT_TEAM,
    "readings.plan": frozenset({Role.MANAGER, Role.TEAM_SECRETARY}),
}
