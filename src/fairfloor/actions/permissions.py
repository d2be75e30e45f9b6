"""What people may do with actions. They name people, so no grant opens them."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, INSIDERS, Role

PERMISSIONS = {
    "actions.view": INSIDERS,
    "actions.write": IMPROVEMENT_TEAM | {Role.WORKER_REPRESENTATIVE},
}
