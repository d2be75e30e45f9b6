"""What the registers and the states of an upload are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairfloor.core.sheets import Sheet

SHEET_LABELS = {
    "Enterprise": _("Factory profile"),
    "People": _("People"),
    "Departments": _("Departments"),
    "Workforce": pgettext_lazy("register", "Workforce"),
    "Training": _("Training"),
    "TeamMembers": _("Team members"),
    "Teams": _("Teams"),
    "TeamChecks": _("Looks at teams after a programme"),
    "HandOvers": _("Posts handed over"),
    "Visions": _("Visions"),
    "Goals": _("Goals"),
    "Meetings": _("Meetings"),
    "AgendaItems": _("Agendas of meetings"),
    "Decisions": _("Decisions of meetings"),
    "ShiftTalks": _("Shift talks"),
    "TalkIssues": _("Issues raised in shift talks"),
    "Projects": _("Improvement projects"),
    "ProjectSuggestions": _("Suggestions behind projects"),
    "ProjectMembers": _("People on projects"),
    "Causes": _("Causes of problems"),
    "Trials": _("Small experiments"),
    "Visits": _("Later looks at projects"),
    "Spreads": _("Where else projects could work"),
    "Benefits": _("Benefits of projects"),
    "Plans": _("Improvement plans"),
    "PlanRows": _("Rows of improvement plans"),
    "PlanLooks": _("Looks at improvement plans"),
    "ProjectHazards": _("Hazards behind projects"),
    "ProjectFindings": _("Findings behind projects"),
    "Suggestions": _("Suggestions"),
    "AnswerTemplates": _("Drafts of answers"),
    "Hazards": _("Hazards"),
    "JobRisks": _("Job risks"),
    "Areas": _("Areas"),
    "WalkRounds": _("Walk-rounds"),
    "Findings": _("Findings of walk-rounds"),
    "RedTags": _("Red tags"),
    "OwnChecklists": _("Own checklists"),
    "Routines": _("How often areas are walked"),
    "Jobs": _("Jobs"),
    "JobSteps": _("Steps of jobs"),
    "JobReviews": _("Looks at jobs asked for"),
    "Consultations": _("Workers asked about risks"),
    "OwnHazards": _("Own hazard lists"),
    "JobRiskPeople": _("People exposed to job risks"),
    "Controls": _("Measures against job risks"),
    "Ratings": _("Ratings of job risks"),
    "Incidents": _("Incidents and near misses"),
    "IncidentHealth": _("Sealed details of incidents"),
    "Investigations": _("Why incidents happened"),
    "InvestigationMembers": _("Who looked into incidents"),
    "HoursWorked": _("Hours worked"),
    "SurveyRounds": _("Survey rounds"),
    "SurveyAnswers": _("Survey answers"),
    "JobAds": _("Job ads"),
    "GenderPractices": _("Gender practices"),
    "Readings": _("Readings"),
    "SafetySettings": _("Choices for safety"),
    "IndicatorPlans": _("Plans of indicators"),
    "Actions": _("Actions"),
    "BoardItems": _("On the board"),
}

# The feature a sheet belongs to → the place in the navigation where its rows are written.
ROOM_LABELS = {
    "organisations": _("People and departments"),
    "programme": _("Training"),
    "teams": _("Team"),
    "projects": _("Projects"),
    "suggestions": _("Suggestions"),
    "safety": _("Safety"),
    "checklists": _("Walk-rounds"),
    "surveys": _("Surveys"),
    "equality": _("Equality"),
    "indicators": _("Measured numbers"),
    "actions": _("Actions"),
    "desk": _("Board"),
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


def room_label(sheet: Sheet) -> str:
    """The place a register belongs to, for the reader. Raises ``KeyError`` for a feature without one."""
    return str(ROOM_LABELS[type(sheet).__module__.split(".")[1]])
