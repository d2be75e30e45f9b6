"""What other features may use of surveys."""

from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.selectors import closed_rounds, quality_flags
from fairfloor.surveys.workflow import Status

__all__ = ["Status", "SurveyRound", "closed_rounds", "quality_flags"]
