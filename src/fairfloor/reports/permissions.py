"""What people may do with case reports. A grant for figures opens them to its holder (see organisations)."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "reports.view": INSIDERS | {Role.SUPPORT},
    # Who holds a grant reads what the factory has published, and nothing before.
    "reports.view_drafts": INSIDERS | {Role.SUPPORT},
    "reports.write": {Role.TEAM_SECRETARY, Role.MANAGER},
    "reports.publish": {Role.MANAGER},
}
