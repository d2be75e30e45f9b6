"""Hazards people found, the risks of single job steps, and what happened all the same."""

from fairfloor.safety.models.hazards import Hazard, HazardSetting
from fairfloor.safety.models.incidents import (
    HoursWorked,
    Incident,
    IncidentHealth,
    Investigation,
    InvestigationMember,
    RateSetting,
)
from fairfloor.safety.models.job_risks import (
    Consultation,
    ConsultationSignature,
    Control,
    Job,
    JobReview,
    JobRisk,
    JobStep,
    OwnHazard,
    RatingRecord,
    RiskSetting,
)

__all__ = [
    "Consultation",
    "ConsultationSignature",
    "Control",
    "Hazard",
    "HazardSetting",
    "HoursWorked",
    "Incident",
    "IncidentHealth",
    "Investigation",
    "InvestigationMember",
    "Job",
    "JobReview",
    "JobRisk",
    "JobStep",
    "OwnHazard",
    "RateSetting",
    "RatingRecord",
    "RiskSetting",
]
