"""Reads on jobs, their risks, the measures and who took part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from fairfloor.content import load as load_content
from fairfloor.content import translate
from fairfloor.measure.risk import RiskError
from fairfloor.safety.models import (
    Consultation,
    Control,
    Job,
    JobReview,
    JobRisk,
    JobStep,
    OwnHazard,
    RatingRecord,
)
from fairfloor.safety.workflow import job_risk_rating, strength

LEVELS = (1, 2, 3, 4)


def live_risks() -> QuerySet[JobRisk]:
    """Job risks that count."""
    return JobRisk.objects.filter(withdrawn_date__isnull=True)


@dataclass
class JobRow:
    """A job in the list: how many risks of each colour it has now."""

    job: Job
    levels: dict[int, int] = field(default_factory=dict)
    open_review: str = ""

    @property
    def total(self) -> int:
        """All its risks."""
        return sum(self.levels.values())


def job_rows() -> list[JobRow]:
    """All jobs with their risks counted, by title; three queries however many there are."""
    rows = {job.pk: JobRow(job) for job in Job.objects.order_by("title", "id")}
    counted = live_risks().values("job_step__job_id", "level_now").annotate(n=Count("id")).order_by()
    for each in counted:
        if each["job_step__job_id"] in rows:
            rows[each["job_step__job_id"]].levels[each["level_now"]] = each["n"]
    for review in JobReview.objects.filter(done_date__isnull=True):
        rows[review.job_id].open_review = review.cause
    return list(rows.values())


@dataclass
class StepView:
    """A step of a job with its risks, the worst first, each with its measures."""

    step: JobStep
    risks: list[JobRisk]


def with_controls(risks: Iterable[JobRisk]) -> list[JobRisk]:
    """The risks with ``kept`` (in place, the surest first) and ``planned`` measures on each; one query for all."""
    risks = list(risks)
    by_risk: dict[int, list[Control]] = defaultdict(list)
    found = Control.objects.filter(dropped_date__isnull=True)
    if len(risks) <= 500:
        found = found.filter(risk_id__in=[risk.pk for risk in risks])
    for control in found:
        by_risk[control.risk_id].append(control)
    for risk in risks:
        own = sorted(by_risk[risk.pk], key=lambda each: (strength(each.control_type), each.position))
        risk.kept = [each for each in own if each.is_in_place]
        risk.planned = [each for each in own if not each.is_in_place]
    return risks


def steps_of(job: Job) -> list[StepView]:
    """The steps of a job in order, each with its live risks and measures; steps without risks too."""
    risks = with_controls(live_risks().filter(job_step__job=job).order_by("-level_now", "hazard", "id"))
    by_step: dict[int, list[JobRisk]] = defaultdict(list)
    for risk in risks:
        by_step[risk.job_step_id].append(risk)
    return [
        StepView(step, by_step[step.pk])
        for step in JobStep.objects.filter(job=job).order_by("position", "id")
    ]


def ratings_of(risk: JobRisk) -> list[RatingRecord]:
    """Every rating of a risk, the newest first."""
    return list(RatingRecord.objects.filter(risk=risk).order_by("-number", "id"))


def score_now(risk: JobRisk) -> Any:
    """The latest score of a risk; ``None`` for a rating off its scale."""
    prefix = "after_" if risk.after_method else ""
    try:
        return job_risk_rating(
            *(getattr(risk, prefix + name) for name in ("method", "likelihood", "exposure", "severity"))
        ).score
    except RiskError:
        return None


def level_table(field_name: str = "level_now") -> dict[str, dict[int, int]]:
    """Department code → level → risks; only departments that have any."""
    table: dict[str, dict[int, int]] = {}
    for each in live_risks().values("department_code", field_name).annotate(n=Count("id")).order_by():
        table.setdefault(each["department_code"], {})[each[field_name]] = each["n"]
    return table


def register_rows(department: str = "", job: str = "", level: str = "") -> Iterator[JobRisk]:
    """The whole register by job, step and hazard, with measures; two queries, whatever its length."""
    rows = live_risks().order_by("job", "job_step__position", "hazard", "id")
    if department:
        rows = rows.filter(department_code=department)
    if job:
        rows = rows.filter(job=job)
    if level.isdigit():
        rows = rows.filter(level_now=int(level))
    yield from with_controls(rows)


def planned_controls() -> QuerySet[Control]:
    """Measures planned and not in place, the earliest day first, with their risks."""
    return (
        Control.objects.filter(
            is_in_place=False, dropped_date__isnull=True, risk__withdrawn_date__isnull=True
        )
        .select_related("risk")
        .order_by("due_date", "id")
    )


def jobs_to_review(day: date, limit: int) -> list[tuple[Job, JobReview | None]]:
    """Jobs whose review was asked for, then those whose day has come; each once, no more than ``limit``."""
    asked = list(
        JobReview.objects.filter(done_date__isnull=True)
        .select_related("job")
        .order_by("asked_date", "id")[:limit]
    )
    known = {review.job_id for review in asked}
    due = Job.objects.filter(review_date__lte=day).exclude(pk__in=known).order_by("review_date", "id")
    due = due[: limit - len(asked)]
    return [*((review.job, review) for review in asked), *((job, None) for job in due)]


@dataclass(frozen=True)
class Participation:
    """Who took part in the job risks of a period: finders by level, and people asked."""

    finders: dict[str, int]
    consultations: list[Consultation]
    women: int
    men: int
    front_line: int
    signatures: int


def participation(first: date, last: date) -> Participation:
    """Who found job risks and who was asked about them between two days."""
    finders = dict(
        live_risks()
        .filter(assessed_date__range=(first, last))
        .values_list("finder_level")
        .annotate(n=Count("id"))
        .order_by()
    )
    held = list(
        Consultation.objects.filter(held_date__range=(first, last))
        .select_related("job")
        .annotate(signed=Count("signatures"))
        .order_by("held_date", "id")
    )
    return Participation(
        finders,
        held,
        sum(each.women for each in held),
        sum(each.men for each in held),
        sum(each.front_line for each in held),
        sum(each.signed for each in held),
    )


# --- hazard lists: the packs, and the factory's own ---


@dataclass(frozen=True)
class ListMeasure:
    """A measure a hazard list suggests."""

    type: str
    text: str


@dataclass(frozen=True)
class ListLine:
    """A line of a hazard list in the reader's language; ratings 1 to 5, exposure as LEC has it."""

    key: str
    step: str
    text: str
    kind: str
    first: tuple[int, int]
    after: tuple[int, int] | None
    exposure: int
    is_pregnancy: bool
    is_breastfeeding: bool
    measures: tuple[ListMeasure, ...]
    pin: str


@dataclass(frozen=True)
class HazardList:
    """A hazard list: a job of a pack, or one of the factory's own."""

    code: str
    name: str
    group: str
    is_own: bool
    lines: tuple[ListLine, ...]


def _pack_list(template: Any, language: str) -> HazardList:
    lines = tuple(
        ListLine(
            key=line.code,
            step=translate(step.name, language),
            text=translate(line.text, language),
            kind=line.kind,
            first=line.first,
            after=line.after,
            exposure=line.exposure,
            is_pregnancy=line.is_pregnancy,
            is_breastfeeding=line.is_breastfeeding,
            measures=tuple(ListMeasure(each.type, translate(each.text, language)) for each in line.measures),
            pin=line.pin,
        )
        for step in template.steps
        for line in step.lines
    )
    return HazardList(
        template.code,
        translate(template.name, language),
        translate(template.group, language),
        False,
        lines,
    )


def _own_list(name: str, rows: list[OwnHazard]) -> HazardList:
    lines = tuple(
        ListLine(
            key=str(row.pk),
            step=row.step,
            text=row.text,
            kind=row.kind,
            first=(row.likelihood, row.severity),
            after=None,
            exposure=row.exposure,
            is_pregnancy=row.is_pregnancy,
            is_breastfeeding=row.is_breastfeeding,
            measures=(ListMeasure(row.control_type, row.control),) if row.control or row.control_type else (),
            pin="",
        )
        for row in rows
    )
    return HazardList(f"own-{rows[0].pk}", name, "", True, lines)


def own_lists() -> list[HazardList]:
    """The factory's own hazard lists, by name."""
    by_name: dict[str, list[OwnHazard]] = defaultdict(list)
    for row in OwnHazard.objects.order_by("list_name", "step", "id"):
        by_name[row.list_name].append(row)
    return [_own_list(name, rows) for name, rows in by_name.items()]


def pack_lists() -> list[HazardList]:
    """The jobs of the packs, in the reader's language."""
    language = get_language() or "en"
    return [_pack_list(template, language) for template in load_content().job_hazards.values()]


def hazard_list(code: str) -> HazardList | None:
    """One list by its code; ``None`` for one that is not there."""
    template = load_content().job_hazards.get(code)
    if template is not None:
        return _pack_list(template, get_language() or "en")
    return next((each for each in own_lists() if each.code == code), None)


def overdue_count(day: date) -> int:
    """Planned measures past their day."""
    return planned_controls().filter(due_date__lt=day).count()


def high_on_ppe() -> Q:
    """High risks that rest on protective equipment alone."""
    return Q(level_now__gte=3, control_type="PPE")
