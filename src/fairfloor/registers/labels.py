"""What the registers and the states of an upload are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SHEET_LABELS = {
    "Enterprise": _("Factory profile"),
    "People": _("People"),
    "Departments": _("Departments"),
    "Workforce": pgettext_lazy("register", "Workforce"),
    "Training": _("Training"),
    "TeamMembers": _("Team members"),
    "Meetings": _("Meetings"),
    "Projects": _("Improvement projects"),
    "Plans": _("Improvement plans"),
    "PlanRows": _("Rows of improvement plans"),
    "PlanLooks": _("Looks at improvement plans"),
    "ProjectHazards": _("Hazards behind projects"),
    "ProjectFindings": _("Findings behind projects"),
    "Suggestions": _("Suggestions"),
    "Hazards": _("Hazards"),
    "JobRisks": _("Job risks"),
    "Areas": _("Areas"),
    "WalkRounds": _("Walk-rounds"),
    "Findings": _("Findings of walk-rounds"),
    "RedTags": _("Red tags"),
    "Jobs": _("Jobs"),
    "JobRiskPeople": _("People exposed to job risks"),
    "Controls": _("Measures against job risks"),
    "Ratings": _("Ratings of job risks"),
    "Incidents": _("Incidents and near misses"),
    "IncidentHealth": _("Sealed details of incidents"),
    "HoursWorked": _("Hours worked"),
    "SurveyRounds": _("Survey rounds"),
    "SurveyAnswers": _("Survey answers"),
    "JobAds": _("Job ads"),
    "GenderPractices": _("Gender practices"),
    "Readings": _("Readings"),
}

STATUS_LABELS = {
    "CHECKING": _("Being checked"),
    "READY": _("Ready to import"),
    "REFUSED": _("Needs corrections"),
    "APPLYING": _("Being imported"),
    "DONE": _("Imported"),
    "FAILED": _("Stopped"),
    "DROPPED": _("Dropped"),
}
STATUS_KINDS = {
    "CHECKING": "brand",
    "READY": "wait",
    "REFUSED": "stop",
    "APPLYING": "brand",
    "DONE": "good",
    "FAILED": "stop",
    "DROPPED": "quiet",
}


def sheet_label(name: str) -> str:
    """A register's name for the reader."""
    return str(SHEET_LABELS.get(name, name))
