"""The words shown for the codes everybody uses. Lazy, so that each page speaks its reader's language."""

from django.utils.translation import gettext_lazy as _

from fairfloor.organisations.codes import DataClass, Level, Role, Sex

SEX_LABELS = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
    Sex.OTHER: _("Other"),
    Sex.NOT_REPORTED: _("Prefers not to say"),
    "": _("Not known"),
}

LEVEL_LABELS = {
    Level.FRONT_LINE: _("Front line"),
    Level.SUPERVISOR: _("Supervisor"),
    Level.MANAGER: _("Manager"),
    Level.TOP: _("Top management"),
    "": _("Not known"),
}

ROLE_LABELS = {
    Role.WORKER: _("Worker"),
    Role.TEAM_MEMBER: _("Improvement team member"),
    Role.TEAM_SECRETARY: _("Improvement team secretary"),
    Role.SAFETY_OFFICER: _("Safety officer"),
    Role.HR_FOCAL: _("HR focal person"),
    Role.MANAGER: _("Manager or owner"),
    Role.WORKER_REPRESENTATIVE: _("Worker representative"),
    Role.TRAINER: _("Trainer"),
    Role.PROGRAMME_OFFICER: _("Programme officer"),
    Role.BUYER: _("Buyer or auditor"),
    Role.SUPPORT: _("Support (system administrator)"),
}

DATA_CLASS_LABELS = {
    DataClass.FIGURES: _("Figures and case reports"),
    DataClass.IMPROVEMENT: _("Projects, meetings, training and the team"),
    DataClass.SAFETY: _("Hazards and job risks"),
}
