"""Jobs, job risks, their measures and their ratings as sheets."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from fairfloor.core.sheets import Column, ColumnKind, Link, ModelSheet
from fairfloor.core.stale import mark_stale
from fairfloor.measure.risk import (
    RiskError,
)
from fairfloor.organisations.public import DEPARTMENT, Level
from fairfloor.safety import job_detail_sheets
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Control, Job, JobRisk, JobStep, RatingRecord
from fairfloor.safety.risk_columns import (
    KEY_COLUMNS,
    RATED,
    RATING_COLUMNS,
    SCALES,
    TRIPLE,
    live_risks,
    rating_problems,
    scale_words,
)
from fairfloor.safety.workflow import (
    REVIEW_AFTER,
    ControlType,
    Stage,
    job_risk_rating,
    level_of,
)

__all__ = ["SCALES", "SHEETS", "JobRiskSheet", "scale_words"]


def _level(obj: JobRisk) -> int:
    try:
        return level_of(job_risk_rating(obj.method, obj.likelihood, obj.exposure, obj.severity).band)
    except RiskError:
        return 0


def _steps_for(wanted: dict[tuple[str, str], JobRisk]) -> dict[tuple[str, str], JobStep]:
    """(job, step) → step, made where it is not there yet; few statements, however many rows."""
    jobs = {job.title: job for job in Job.objects.all()}
    new: dict[str, Job] = {}
    for (title, _step), risk in wanted.items():
        if title not in jobs and title not in new:
            new[title] = Job(
                title=title,
                department_code=risk.department_code,
                review_date=risk.assessed_date + REVIEW_AFTER,
            )
    Job.objects.bulk_create(new.values(), batch_size=1000)
    jobs |= new
    steps: dict[tuple[str, str], JobStep] = {}
    last: dict[int, int] = defaultdict(int)
    titles = {job.pk: job.title for job in jobs.values()}
    for step in JobStep.objects.all():
        steps[titles[step.job_id], step.name] = step
        last[step.job_id] = max(last[step.job_id], step.position)
    made = []
    for title, name in wanted:
        if (title, name) not in steps:
            job = jobs[title]
            last[job.pk] += 1
            steps[title, name] = JobStep(job=job, name=name, position=last[job.pk])
            made.append(steps[title, name])
    JobStep.objects.bulk_create(made, batch_size=1000)
    return steps


class JobRiskSheet(ModelSheet):
    """Job risks, by job, step and hazard. A measure in it is one in place; a rating in it is the first."""

    name = "JobRisks"
    model = JobRisk
    verb = "job_risk"
    key = TRIPLE
    fields = {"date": "assessed_date", "department": "department_code"}
    prepared_fields = ("version", "job_step", "level_first", "level_now")
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        Column("date", ColumnKind.DAY, required=True),
        *KEY_COLUMNS,
        DEPARTMENT,
        Column("finder_level", choices=tuple(Level)),
        *RATING_COLUMNS,
        Column("control", ColumnKind.LONG_TEXT, max_length=1000),
        Column("control_type", choices=tuple(ControlType)),
    )

    def queryset(self):
        return JobRisk.objects.filter(withdrawn_date__isnull=True)

    def problems_in(self, row):
        return rating_problems(row)

    def prepare(self, objs, rows):
        if not objs:
            return
        steps = _steps_for({(obj.job, obj.step): obj for obj in objs})
        for obj in objs:
            obj.job_step = steps[obj.job, obj.step]
            obj.level_first = _level(obj)
            if not obj.after_method:
                obj.level_now = obj.level_first
            if not obj._state.adding:
                obj.version += 1

    def after_save(self, objs):
        mark_stale(SUPPLIER.code, *{obj.assessed_date for obj in objs})

    def save(self, actor, created, updated, at):
        keys = {self.key_of(row) for row in updated}
        old = {key: obj for key, obj in live_risks().items() if key in keys} if keys else {}
        super().save(actor, created, updated, at)
        touched = keys | {self.key_of(row) for row in created}
        now = {key: obj for key, obj in live_risks().items() if key in touched}
        self._keep_ratings(now, old)
        self._keep_controls(now, old, at)

    @staticmethod
    def _keep_ratings(now: dict[Any, JobRisk], old: dict[Any, JobRisk]) -> None:
        numbers = _last_numbers(RatingRecord, "number") if old else {}
        new = []
        for key, risk in now.items():
            before = old.get(key)
            if before and all(getattr(before, name) == getattr(risk, name) for name in RATED):
                continue
            rating = job_risk_rating(risk.method, risk.likelihood, risk.exposure, risk.severity)
            new.append(
                RatingRecord(
                    risk=risk,
                    number=numbers.get(risk.pk, 0) + 1,
                    stage=Stage.FIRST.value,
                    score=rating.score,
                    band=rating.band,
                    rated_date=risk.assessed_date,
                    **{name: getattr(risk, name) for name in RATED},
                )
            )
        RatingRecord.objects.bulk_create(new, batch_size=1000)

    @staticmethod
    def _keep_controls(now: dict[Any, JobRisk], old: dict[Any, JobRisk], at) -> None:
        numbers = _last_numbers(Control, "position") if old else {}
        new = []
        for key, risk in now.items():
            before = old.get(key)
            if before and (before.control, before.control_type) == (risk.control, risk.control_type):
                continue
            same = None
            if before and (before.control or before.control_type):
                same = Control.objects.filter(
                    risk=risk,
                    is_in_place=True,
                    dropped_date__isnull=True,
                    text=before.control,
                    control_type=before.control_type,
                ).first()
            if not (risk.control or risk.control_type):
                if same is not None:
                    same.dropped_date = at.date()
                    same.save()
            elif same is not None:
                same.text, same.control_type = risk.control, risk.control_type
                same.version += 1
                same.save()
            else:
                new.append(
                    Control(
                        risk=risk,
                        position=numbers.get(risk.pk, 0) + 1,
                        text=risk.control,
                        control_type=risk.control_type,
                        is_in_place=True,
                    )
                )
        Control.objects.bulk_create(new, batch_size=1000)


def _last_numbers(model: Any, field: str) -> dict[int, int]:
    last: dict[int, int] = {}
    for risk_id, number in model.objects.values_list("risk_id", field):
        last[risk_id] = max(last.get(risk_id, 0), number)
    return last


class JobSheet(ModelSheet):
    """Jobs, by title: who does them and when their risks are looked at again."""

    name = "Jobs"
    model = Job
    verb = "safety_job"
    key = ("job",)
    fields = {"job": "title", "department": "department_code"}
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        Column("job", required=True, max_length=120),
        DEPARTMENT,
        Column("women", ColumnKind.WHOLE),
        Column("men", ColumnKind.WHOLE),
        Column("reviewed_date", ColumnKind.DAY),
        Column("review_date", ColumnKind.DAY),
    )


class JobStepSheet(ModelSheet):
    """The steps of jobs, by job and step, in the order in which they are worked."""

    name = "JobSteps"
    model = JobStep
    verb = "job_step"
    key = ("job", "step")
    fields = {"step": "name", "number": "position"}
    links = (Link("job", Job, {"job": "title"}),)
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        Column("job", required=True, max_length=120, ref=("Jobs", "job")),
        Column("step", required=True, max_length=200),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(1000)),
    )


# Jobs and steps first: a risk of a job or a step that is not there yet makes it.
SHEETS = (JobSheet(), JobStepSheet(), JobRiskSheet(), *job_detail_sheets.SHEETS)
