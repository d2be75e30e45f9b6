"""What other features may use of the programme."""

from fairfloor.programme.models import TrainingAttendance, TrainingDelivery
from fairfloor.programme.selectors import ModuleTaken, modules_taken

__all__ = ["ModuleTaken", "TrainingAttendance", "TrainingDelivery", "modules_taken"]
