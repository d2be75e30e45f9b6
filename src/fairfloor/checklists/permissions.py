"""What people may do with checklists. Rounds name people, so no grant opens them."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "checklists.view": INSIDERS,
    "checklists.run": INSIDERS,
    # Areas with their owners, how often they are walked, own lists, wrong rounds taken back.
    "checklists.manage": {Role.MANAGER, Role.TEAM_SECRETARY, Role.SAFETY_OFFICER},
}
