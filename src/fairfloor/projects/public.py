"""What other features may use of projects."""

from fairfloor.projects.changes import MoveNotAllowed, Refused, StaleEdit
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.selectors import has_amounts, milestones, stale_projects
from fairfloor.projects.services import finish_project, start_project
from fairfloor.projects.waiting import waiting
from fairfloor.projects.workflow import COMPLETED, VERIFIED, Status

__all__ = [
    "COMPLETED",
    "VERIFIED",
    "ImprovementProject",
    "MoveNotAllowed",
    "Refused",
    "StaleEdit",
    "Status",
    "finish_project",
    "has_amounts",
    "milestones",
    "stale_projects",
    "start_project",
    "waiting",
]
