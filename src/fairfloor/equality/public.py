"""What other features may use of equality."""

from fairfloor.equality.models import GenderPractice, JobAd
from fairfloor.equality.selectors import AreaEvidence, areas_with_evidence
from fairfloor.equality.services import EntryRefused, StaleEdit, add_practice

__all__ = [
    "AreaEvidence",
    "EntryRefused",
    "GenderPractice",
    "JobAd",
    "StaleEdit",
    "add_practice",
    "areas_with_evidence",
]
