"""What other features may use of surveys."""

from fairfloor.surveys.models import SurveyRound
from fairfloor.surveys.selectors import closed_rounds, open_round_for_workers, quality_flags
from fairfloor.surveys.workflow import Status

__all__ = ["Status", "SurveyRound", "closed_rounds", "open_round_for_workers", "quality_flags"]
