"""What people may do with the enterprise itself."""

from fairfloor.organisations.codes import IMPROVEMENT_TEAM, INSIDERS, DataClass, Role

PERMISSIONS = {
    # Open the enterprise's pages at all; every role and every grant has it.
    "enterprise.open": INSIDERS | {Role.SUPPORT, Role.TRAINER, Role.PROGRAMME_OFFICER, Role.BUYER},
    "enterprise.view_departments": INSIDERS | {Role.SUPPORT},
    "enterprise.manage": {Role.MANAGER, Role.TEAM_SECRETARY},
    "enterprise.manage_members": {Role.MANAGER},
    "enterprise.grant": {Role.MANAGER},
    "enterprise.view_record": {Role.MANAGER, Role.TEAM_SECRETARY, Role.WORKER_REPRESENTATIVE},
    "enterprise.view_roster": {Role.MANAGER, Role.TEAM_SECRETARY, Role.HR_FOCAL},
    "enterprise.view_workforce": INSIDERS | {Role.SUPPORT},
    "figures.view": INSIDERS | {Role.SUPPORT},
    "figures.view_rows": IMPROVEMENT_TEAM,
}

# What a grant of one class opens for trainers, programme officers and buyers.
GRANTED = {
    DataClass.FIGURES: frozenset({"figures.view", "reports.view"}),
    DataClass.IMPROVEMENT: frozenset({"projects.view", "teams.view", "training.view"}),
    DataClass.SAFETY: frozenset({"safety.view"}),
}
