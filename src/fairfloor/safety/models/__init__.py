"""Hazards people found, and the risks of single job steps."""

from fairfloor.safety.models.hazards import Hazard, HazardSetting
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
    "Job",
    "JobReview",
    "JobRisk",
    "JobStep",
    "OwnHazard",
    "RatingRecord",
    "RiskSetting",
]
