"""Reads on improvement projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from fairfloor.core.access import Actor
from fairfloor.indicators.public import Milestone
from fairfloor.organisations.public import Membership, login_names, own_names
from fairfloor.projects.changes import is_own_work
from fairfloor.projects.models import Benefit, ImprovementProject, ProjectHazard, ProjectSuggestion, Visit
from fairfloor.projects.workflow import (
    COMPLETED,
    OPEN,
    RUNNING,
    UNTOUCHED_AFTER,
    VISITS_AFTER,
    Status,
    last_finish_for,
)
from fairfloor.safety.public import UNFIXED, Hazard
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.suggestions.public import Suggestion

# A result nobody has verified waits for so long; older ones are history, not work.
VERIFY_WITHIN = timedelta(days=90)
DUE_SOON = timedelta(days=7)


def stale_projects(day: date) -> list[ImprovementProject]:
    """Running projects that are overdue, or that nobody has changed for 30 days; the longest due first."""
    untouched = Q(changed_date__lt=day - UNTOUCHED_AFTER) | Q(
        changed_date=None, start_date__lt=day - UNTOUCHED_AFTER
    )
    return list(
        ImprovementProject.objects.filter(
            Q(due_date__lt=day) | untouched, status__in=sorted(RUNNING)
        ).order_by("due_date", "id")
    )


def suggestions_behind(project: ImprovementProject):
    """The suggestions of a project: linked here, or naming it in an imported register."""
    return Suggestion.objects.filter(
        Q(pk__in=project.suggestion_links.values("suggestion_id")) | Q(project_code=project.code)
    ).order_by("submitted_date", "id")


def suggestions_counted(projects: Sequence[ImprovementProject]) -> dict[int, int]:
    """How many suggestions are behind each of these projects (key → number), in two queries."""
    behind: dict[int, set[int]] = defaultdict(set)
    links = ProjectSuggestion.objects.filter(project__in=projects).values_list("project_id", "suggestion_id")
    for project, suggestion in links:
        behind[project].add(suggestion)
    by_code = {project.code: project.pk for project in projects}
    named = Suggestion.objects.filter(project_code__in=by_code).values_list("project_code", "id")
    for code, suggestion in named:
        behind[by_code[code]].add(suggestion)
    return {project: len(found) for project, found in behind.items()}


def hazards_counted(projects: Sequence[ImprovementProject]) -> dict[int, int]:
    """How many hazards each of these projects is to remove (key → number)."""
    links = ProjectHazard.objects.filter(project__in=projects).values_list("project_id", flat=True)
    return dict(Counter(links))


def suggestions_to_link():
    """Suggestions that no project carries out yet, the newest first."""
    return Suggestion.objects.filter(
        status__in=[SuggestionStatus.NEW, SuggestionStatus.IN_MEETING, SuggestionStatus.ACCEPTED],
        project_code="",
    ).order_by("-submitted_date", "id")[:200]


def own_open_projects(actor: Actor, day: date) -> list[ImprovementProject]:
    """Unfinished projects the actor owns that are due within a week or late."""
    if actor.user_id is None:
        return []
    return list(
        ImprovementProject.objects.filter(
            owner_user_id=actor.user_id, status__in=sorted(OPEN), due_date__lte=day + DUE_SOON
        ).order_by("due_date", "id")[:20]
    )


def projects_to_verify(actor: Actor, day: date) -> list[ImprovementProject]:
    """Finished projects of other people that wait to be verified, the oldest first."""
    rows = ImprovementProject.objects.filter(status=Status.DONE, finish_date__gte=day - VERIFY_WITHIN)
    if actor.user_id is not None:
        rows = rows.exclude(owner_user_id=actor.user_id).exclude(finished_by_user_id=actor.user_id)
    rows = rows.order_by("finish_date", "id")[:40]
    names = own_names(actor)
    return [row for row in rows if not is_own_work(row, actor, names)][:20]


def owner_names() -> list[str]:
    """Everybody who owns a project that is not withdrawn."""
    return list(
        ImprovementProject.objects.exclude(status=Status.WITHDRAWN)
        .exclude(owner_name="")
        .order_by("owner_name")
        .values_list("owner_name", flat=True)
        .distinct()[:200]
    )


def people_with_login() -> dict[str, int]:
    """Name → id of the people who can sign in here now; a name two of them share stands for neither."""
    found: dict[str, int] = {}
    shared = set()
    rows = (
        Membership.objects.filter(to_date=None)
        .order_by("user__name", "id")
        .values_list("user_id", "user__name")
    )
    for user_id, name in rows:
        if found.setdefault(name.strip(), user_id) != user_id:
            shared.add(name.strip())
    known = {name: user_id for name, user_id in found.items() if name and name not in shared}
    # The roster may write a name in another way; a login's own name comes first.
    return {name: user_id for name, user_id in login_names().items() if name not in found} | known


def suggestion_options(code: str = "") -> list[tuple[str, str, str]]:
    """Suggestions to choose from as (key, words, code); the one of that code is among them."""
    rows = list(suggestions_to_link())
    if code and all(row.code != code for row in rows):
        rows = [*Suggestion.objects.filter(code=code), *rows]
    return [(str(row.pk), f"{row.code} · {(row.title or row.text)[:120]}", row.code) for row in rows]


def hazard_options(code: str = "") -> list[tuple[str, str, str]]:
    """Hazards not fixed yet to choose from as (key, words, code); the one of that code comes first."""
    rows = list(Hazard.objects.filter(status__in=sorted(UNFIXED)).order_by("-found_date", "id")[:100])
    if code:
        chosen = Hazard.objects.filter(code=code, status__in=sorted(UNFIXED)).first()
        rows = [*([chosen] if chosen else []), *(row for row in rows if row != chosen)]
    return [(str(row.pk), f"{row.code} · {row.description[:120]}", row.code) for row in rows]


def benefits_of(project: ImprovementProject) -> list[Benefit]:
    """The benefits of a project, the verified first."""
    return list(project.benefits.select_related("part_of").order_by("verified_date", "title", "id"))


def benefits_elsewhere(project: ImprovementProject) -> list[Benefit]:
    """Benefits of other projects that stand by themselves: two projects may have brought one and the same saving."""
    rows = Benefit.objects.filter(part_of=None).exclude(project=project)
    return list(
        rows.exclude(project__status__in=[Status.CANCELLED, Status.WITHDRAWN])
        .select_related("project")
        .order_by("title", "id")[:200]
    )


def has_amounts() -> bool:
    """Whether any money is stated, all of it in the enterprise's currency or with a rate to it."""
    return (
        Benefit.objects.filter(unit="").exists()
        or ImprovementProject.objects.filter(Q(cost__gt=0) | Q(saving__gt=0)).exists()
    )


def projects_to_visit(day: date, limit: int) -> list[tuple[ImprovementProject, int]]:
    """Finished projects that somebody should look at again, with the months since the finish (3, 6 or 12).

    The longest finished first; visits missed for more than a year are history, not work.
    """
    earliest = day - timedelta(days=31 * (VISITS_AFTER[-1] + 12))
    reached = [
        When(finish_date__lte=last_finish_for(months, day), then=Value(months))
        for months in sorted(VISITS_AFTER, reverse=True)
    ]
    # A later visit stands for those missed before it, so the last one reached is the one that counts.
    later = Visit.objects.filter(project=OuterRef("pk"), after_months__gte=OuterRef("visit_after"))
    rows = (
        ImprovementProject.objects.filter(
            status__in=sorted(COMPLETED),
            finish_date__range=(earliest, last_finish_for(VISITS_AFTER[0], day)),
        )
        .annotate(visit_after=Case(*reached, output_field=IntegerField()))
        .filter(~Exists(later))
        .order_by("finish_date", "id")[:limit]
    )
    return [(row, row.visit_after) for row in rows]


def milestones(codes: Sequence[str] | None = None) -> list[Milestone]:
    """Projects an indicator's chart may look around: these codes, or the 200 newest that are not withdrawn."""
    rows = ImprovementProject.objects.order_by("-finish_date", "-start_date", "id")
    if codes is None:
        rows = rows.exclude(status__in=[Status.WITHDRAWN, Status.CANCELLED])[:200]
    else:
        rows = rows.filter(code__in=codes)
    return [
        Milestone(
            row.code, row.title, row.finish_date if row.status in COMPLETED else None, "projects:detail"
        )
        for row in rows
    ]
