"""What people may do with improvement projects. Grants of class IMPROVEMENT give `projects.view`."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, INSIDERS, Role

PERMISSIONS = {
    "projects.view": INSIDERS,
    "projects.write": IMPROVEMENT_TEAM,
    "projects.verify": {Role.MANAGER, Role.HR_FOCAL, Role.SAFETY_OFFICER, Role.TEAM_SECRETARY},
    "projects.correct": {Role.TEAM_SECRETARY, Role.MANAGER},
}
