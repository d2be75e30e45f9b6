"""What people may do with case reports. A grant for figures opens them to its holder (see organisations)."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "reports.view": INSIDERS | {Role.SUPPORT},
    "reports.write": {Role.TEAM_SECRETARY, Role.MANAGER},
    "reports.publish": {Role.MANAGER},
}
