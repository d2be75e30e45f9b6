"""What people may do with teams and meetings. A grant opens `teams.view`, but no words of workers."""

from fairfloor.organisations.public import IMPROVEMENT_TEAM, INSIDERS, Role

PERMISSIONS = {
    "teams.view": INSIDERS,
    "teams.manage": {Role.TEAM_SECRETARY, Role.MANAGER},
    "teams.decide": IMPROVEMENT_TEAM,
    # Shift talks hold what workers said, so no grant opens them.
    "teams.talk": INSIDERS,
    # Who wrote a talk may do so too, on the same day.
    "teams.withdraw_talk": {Role.TEAM_SECRETARY, Role.SAFETY_OFFICER},
}
