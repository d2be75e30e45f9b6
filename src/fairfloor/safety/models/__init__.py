"""Hazards people found, and the risks of single job steps."""

from fairfloor.safety.models.hazards import Hazard
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
    "Job",
    "JobReview",
    "JobRisk",
    "JobStep",
    "OwnHazard",
    "RatingRecord",
    "RiskSetting",
]
