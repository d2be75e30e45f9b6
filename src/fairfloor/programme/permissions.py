"""What people may do with the record of trainings."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    # Trainers, programmes and buyers have it by grant; they see counts, not people.
    "training.view": INSIDERS | {Role.SUPPORT},
    "training.view_people": INSIDERS,
    "training.write": {Role.TEAM_SECRETARY, Role.HR_FOCAL, Role.MANAGER},
}
