"""What became of findings, and how that stands today: read from the hazard, the action, the projects behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairfloor.actions.public import ActionItem, actions_with_codes, is_overdue
from fairfloor.actions.public import Status as ActionStatus
from fairfloor.checklists.models import Finding, FindingProject, WalkRound
from fairfloor.checklists.workflow import FindingStatus, RoundStatus, Standing
from fairfloor.projects.public import COMPLETED, OPEN, VERIFIED, ImprovementProject
from fairfloor.projects.public import Status as ProjectStatus
from fairfloor.safety.public import Hazard
from fairfloor.safety.public import Status as HazardStatus

# A project that was given up does nothing about what was found.
GIVEN_UP = frozenset({ProjectStatus.CANCELLED, ProjectStatus.WITHDRAWN})


@dataclass(frozen=True)
class Outcome:
    """How a finding stands, who sees to it by when, and the projects it stands behind."""

    standing: Standing
    owner: str = ""
    due_date: date | None = None
    projects: tuple[ImprovementProject, ...] = ()


def _of_projects(projects: Sequence[ImprovementProject], day: date) -> tuple[Standing, str, date | None]:
    alive = [each for each in projects if each.status not in GIVEN_UP]
    running = [each for each in alive if each.status in OPEN]
    if not projects:
        return Standing.UNDER_WAY, "", None
    if not alive:
        return Standing.DROPPED, "", None
    if running:
        first = min(running, key=lambda each: (each.due_date or date.max, each.code))
        late = first.due_date is not None and first.due_date < day
        return Standing.LATE if late else Standing.UNDER_WAY, first.owner_name, first.due_date
    if all(each.status in VERIFIED for each in alive):
        return Standing.DEALT_WITH, "", None
    return Standing.FINISHED, "", None


def _of_action(action: ActionItem | None, day: date) -> tuple[Standing, str, date | None]:
    if action is None:
        return Standing.UNDER_WAY, "", None
    if action.status == ActionStatus.OPEN:
        late = is_overdue(action.status, action.due_date, day)
        return Standing.LATE if late else Standing.UNDER_WAY, action.owner_name, action.due_date
    return (Standing.DEALT_WITH if action.status == ActionStatus.DONE else Standing.DROPPED), "", None


def _of_hazard(hazard: Hazard | None, day: date) -> tuple[Standing, str, date | None]:
    if hazard is None:
        return Standing.UNDER_WAY, "", None
    if hazard.status == HazardStatus.WITHDRAWN:
        return Standing.DROPPED, "", None
    # One that safety looked at and found to be none is dealt with too; the register of hazards says why.
    if hazard.status in {HazardStatus.VERIFIED, HazardStatus.CLOSED, HazardStatus.REJECTED}:
        return Standing.DEALT_WITH, "", None
    if hazard.status == HazardStatus.FIXED:
        return Standing.FINISHED, "", None
    late = hazard.due_date is not None and hazard.due_date < day
    return Standing.LATE if late else Standing.UNDER_WAY, hazard.responsible_name, hazard.due_date


def outcomes_of(findings: Sequence[Finding], day: date) -> dict[int, Outcome]:
    """Finding's key → how it stands; a fixed number of queries however many findings there are."""
    behind: dict[int, list[ImprovementProject]] = {}
    links = FindingProject.objects.filter(finding__in=[each.pk for each in findings])
    for link in links.select_related("project").order_by("id"):
        behind.setdefault(link.finding_id, []).append(link.project)
    codes = {
        status: {each.outcome_code for each in findings if each.status == status} for status in FindingStatus
    }
    actions = actions_with_codes(codes[FindingStatus.ACTION])
    hazards = {each.code: each for each in Hazard.objects.filter(code__in=codes[FindingStatus.HAZARD])}
    # A workbook may name the project without saying which findings stand behind it.
    named = {
        each.code: each for each in ImprovementProject.objects.filter(code__in=codes[FindingStatus.PROJECT])
    }
    found = {}
    for each in findings:
        projects = behind.get(each.pk, [])
        if each.status == FindingStatus.PROJECT:
            own = named.get(each.outcome_code)
            if own is not None and all(project.pk != own.pk for project in projects):
                projects = [own, *projects]
            told = _of_projects(projects, day)
        elif each.status == FindingStatus.ACTION:
            told = _of_action(actions.get(each.outcome_code), day)
        elif each.status == FindingStatus.HAZARD:
            told = _of_hazard(hazards.get(each.outcome_code), day)
        else:
            is_open = each.status == FindingStatus.OPEN
            told = (Standing.WAITS if is_open else Standing.NOTHING), "", None
        found[each.pk] = Outcome(*told, projects=tuple(projects))
    return found


def findings_to_take_up() -> QuerySet[Finding]:
    """Findings of rounds that count that nobody took up, or whose outcome was given up; oldest first."""
    withdrawn = WalkRound.objects.filter(status=RoundStatus.WITHDRAWN).values("code")
    actions = ActionItem.objects.filter(status=ActionStatus.CANCELLED).values("code")
    hazards = Hazard.objects.filter(status=HazardStatus.WITHDRAWN).values("code")
    projects = ImprovementProject.objects.filter(status__in=sorted(GIVEN_UP)).values("code")
    elsewhere = FindingProject.objects.filter(
        finding=OuterRef("pk"), project__status__in=sorted(OPEN | COMPLETED)
    )
    return (
        Finding.objects.filter(
            Q(status=FindingStatus.OPEN)
            | Q(status=FindingStatus.ACTION, outcome_code__in=actions)
            | Q(status=FindingStatus.HAZARD, outcome_code__in=hazards)
            | Q(Q(status=FindingStatus.PROJECT, outcome_code__in=projects) & ~Exists(elsewhere))
        )
        .exclude(round_code__in=withdrawn)
        .order_by("found_date", "id")
    )
