"""What people may do about equality."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "equality.view": INSIDERS | {Role.SUPPORT},
    "equality.write": {Role.HR_FOCAL, Role.MANAGER, Role.TEAM_SECRETARY},
}
