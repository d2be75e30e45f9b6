"""What other features may use of projects."""

from fairfloor.projects.behind import Origin, OriginSource, also_behind
from fairfloor.projects.changes import MoveNotAllowed, Refused, StaleEdit
from fairfloor.projects.labels import REASONS, STATUS_KINDS, STATUS_LABELS
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.selectors import has_amounts, milestones, people_with_login, stale_projects
from fairfloor.projects.services import finish_project, note_origins, note_origins_gone, start_project
from fairfloor.projects.waiting import waiting
from fairfloor.projects.workflow import COMPLETED, OPEN, VERIFIED, Status

__all__ = [
    "COMPLETED",
    "OPEN",
    "REASONS",
    "STATUS_KINDS",
    "STATUS_LABELS",
    "VERIFIED",
    "ImprovementProject",
    "MoveNotAllowed",
    "Origin",
    "OriginSource",
    "Refused",
    "StaleEdit",
    "Status",
    "also_behind",
    "finish_project",
    "has_amounts",
    "milestones",
    "note_origins",
    "note_origins_gone",
    "people_with_login",
    "stale_projects",
    "start_project",
    "waiting",
]
