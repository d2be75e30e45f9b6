"""What people may do with surveys. Answers are in no grant."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "surveys.answer": {Role.WORKER},
    "surveys.view": INSIDERS,
    "surveys.write": {Role.HR_FOCAL, Role.MANAGER, Role.TEAM_SECRETARY},
}
