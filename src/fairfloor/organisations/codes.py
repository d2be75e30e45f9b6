"""The codes everybody uses for people: roles, sexes, levels, data classes."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in an enterprise. The last three act by dated grant, SUPPORT by support session."""

    WORKER = "WORKER"
    TEAM_MEMBER = "TEAM_MEMBER"
    TEAM_SECRETARY = "TEAM_SECRETARY"
    SAFETY_OFFICER = "SAFETY_OFFICER"
    HR_FOCAL = "HR_FOCAL"
    MANAGER = "MANAGER"
    WORKER_REPRESENTATIVE = "WORKER_REPRESENTATIVE"
    TRAINER = "TRAINER"
    PROGRAMME_OFFICER = "PROGRAMME_OFFICER"
    BUYER = "BUYER"
    SUPPORT = "SUPPORT"


# Roles an enterprise gives to its own people.
MEMBER_ROLES = (
    Role.MANAGER,
    Role.TEAM_SECRETARY,
    Role.TEAM_MEMBER,
    Role.SAFETY_OFFICER,
    Role.HR_FOCAL,
    Role.WORKER_REPRESENTATIVE,
)
# Roles of people from outside; they hold nothing without a grant in force.
GRANT_ROLES = (Role.TRAINER, Role.PROGRAMME_OFFICER, Role.BUYER)

# Shorthands for permission tables.
IMPROVEMENT_TEAM = frozenset(
    {Role.TEAM_MEMBER, Role.TEAM_SECRETARY, Role.SAFETY_OFFICER, Role.HR_FOCAL, Role.MANAGER}
)
INSIDERS = IMPROVEMENT_TEAM | {Role.WORKER_REPRESENTATIVE}


class Sex(StrEnum):
    """The four values that VSME uses too."""

    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHER = "OTHER"
    NOT_REPORTED = "NOT_REPORTED"


class Level(StrEnum):
    """Place in the enterprise; empty text means not known."""

    FRONT_LINE = "FRONT_LINE"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    TOP = "TOP"


class DataClass(StrEnum):
    """What an enterprise can show to a party outside. Workers' words, survey answers and people are in none."""

    FIGURES = "FIGURES"  # dashboard and case reports
    IMPROVEMENT = "IMPROVEMENT"  # projects, meetings, training, teams
    SAFETY = "SAFETY"  # hazards and job risks without the finder
