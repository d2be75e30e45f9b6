"""Jobs, job risks, their measures and their ratings as sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem, Row, Sheet
from fairfloor.core.stale import mark_stale
from fairfloor.measure.risk import (
    LEC_EXPOSURES,
    LEC_LIKELIHOODS,
    LEC_SEVERITIES,
    MATRIX_VALUES,
    RiskError,
)
from fairfloor.organisations.public import DEPARTMENT, Level
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Control, Job, JobRisk, JobStep, RatingRecord
from fairfloor.safety.workflow import (
    REVIEW_AFTER,
    ControlType,
    Method,
    Stage,
    job_risk_rating,
    level_of,
    strength,
)

__all__ = ["SCALES", "SHEETS", "JobRiskSheet", "scale_words"]

# What each method allows, by column.
SCALES: dict[str, dict[str, frozenset[Decimal]]] = {
    Method.MATRIX: {"likelihood": MATRIX_VALUES, "severity": MATRIX_VALUES},
    Method.LEC: {"likelihood": LEC_LIKELIHOODS, "exposure": LEC_EXPOSURES, "severity": LEC_SEVERITIES},
}
RATED = ("method", "likelihood", "exposure", "severity")
TRIPLE = ("job", "step", "hazard")
KEY_COLUMNS = (
    Column("job", required=True, max_length=120),
    Column("step", required=True),
    Column("hazard", required=True),
)
RATING_COLUMNS = (
    Column("method", required=True, choices=tuple(Method)),
    Column("likelihood", ColumnKind.NUMBER, required=True),
    Column("exposure", ColumnKind.NUMBER),
    Column("severity", ColumnKind.NUMBER, required=True),
)
PLANNED, IN_PLACE, DROPPED = "PLANNED", "IN_PLACE", "DROPPED"
YES, NO = "YES", "NO"


def scale_words(values: Iterable[Decimal]) -> str:
    """The values of a scale, rising, as people write them."""
    return ", ".join(format(value, "f") for value in sorted(values))


def rating_problems(row: Row) -> Iterator[Problem]:
    """Values off the scale of the row's method."""
    scales = SCALES.get(row["method"])
    if scales is None:
        return
    for column in ("likelihood", "exposure", "severity"):
        value, allowed = row[column], scales.get(column)
        if allowed is None:
            if value is not None:
                yield Problem(column, "NOT_FOR_METHOD", {"method": row["method"]})
        elif value is not None and value not in allowed:
            yield Problem(column, "OUTSIDE_SCALE", {"values": scale_words(allowed)})
        elif value is None and column == "exposure":
            yield Problem(column, "MISSING_FOR_METHOD", {"method": row["method"]})


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
        old = {key: obj for key, obj in _live_risks().items() if key in keys} if keys else {}
        super().save(actor, created, updated, at)
        touched = keys | {self.key_of(row) for row in created}
        now = {key: obj for key, obj in _live_risks().items() if key in touched}
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


def _live_risks() -> dict[Any, JobRisk]:
    return {
        (risk.job, risk.step, risk.hazard): risk
        for risk in JobRisk.objects.filter(withdrawn_date__isnull=True).iterator(chunk_size=2000)
    }


def _last_numbers(model: Any, field: str) -> dict[int, int]:
    last: dict[int, int] = {}
    for risk_id, number in model.objects.values_list("risk_id", field):
        last[risk_id] = max(last.get(risk_id, 0), number)
    return last


def _mirror(risk_ids: set[int]) -> None:
    """Show on each risk the surest of its measures in place."""
    best: dict[int, Control] = {}
    for each in Control.objects.filter(is_in_place=True, dropped_date__isnull=True):
        known = best.get(each.risk_id)
        rank = (strength(each.control_type), each.position)
        if known is None or rank < (strength(known.control_type), known.position):
            best[each.risk_id] = each
    changed = []
    for risk in JobRisk.objects.all():
        if risk.pk in risk_ids:
            found = best.get(risk.pk)
            values = (found.text, found.control_type) if found else ("", "")
            if values != (risk.control, risk.control_type):
                risk.control, risk.control_type = values
                changed.append(risk)
    JobRisk.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["control", "control_type"],
    )


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


class _OfRisk(Sheet):
    """Rows that belong to one job risk, named by job, step and hazard."""

    import_permission = "safety.correct"
    export_permission = "safety.view_finder"

    def problems_across(self, rows, whole):
        known = {tuple(row[code] for code in TRIPLE) for row in whole("JobRisks")}
        for index, row in enumerate(rows):
            if tuple(row[code] for code in TRIPLE) not in known:
                yield (
                    index,
                    Problem(
                        "hazard",
                        "UNKNOWN_REFERENCE",
                        {"text": " · ".join(row[code] for code in TRIPLE), "sheet": "JobRisks"},
                    ),
                )

    def write(self, actor, rows: list[Row], at) -> None:
        raise NotImplementedError

    def save(self, actor, created, updated, at):
        # The rows of JobRisks were written just before and may have made some of these: all are upserts.
        self.write(actor, [*created, *updated], at)


class JobRiskPeopleSheet(_OfRisk):
    """Who is exposed to a job risk, and whether it matters in pregnancy and while nursing."""

    name = "JobRiskPeople"
    key = TRIPLE
    columns = (
        *KEY_COLUMNS,
        Column("kind", max_length=20),
        Column("women", ColumnKind.WHOLE),
        Column("men", ColumnKind.WHOLE),
        Column("pregnancy", choices=(YES, NO)),
        Column("breastfeeding", choices=(YES, NO)),
    )

    def rows(self, keys=None):
        for risk in (
            JobRisk.objects.filter(withdrawn_date__isnull=True)
            .order_by(*TRIPLE, "id")
            .iterator(chunk_size=2000)
        ):
            yield {
                **{code: getattr(risk, code) for code in (*TRIPLE, "kind", "women", "men")},
                "pregnancy": YES if risk.is_pregnancy else NO,
                "breastfeeding": YES if risk.is_breastfeeding else NO,
            }

    def problems_in(self, row):
        if row["kind"] and row["kind"] not in load_content().hazard_categories:
            yield Problem("kind", "UNKNOWN_REFERENCE", {"text": row["kind"], "sheet": "hazards.yaml"})

    def write(self, actor, rows, at):
        risks = _live_risks()
        changed = []
        for row in rows:
            risk = risks[self.key_of(row)]
            risk.kind, risk.women, risk.men = row["kind"], row["women"], row["men"]
            risk.is_pregnancy, risk.is_breastfeeding = row["pregnancy"] == YES, row["breastfeeding"] == YES
            risk.version += 1
            changed.append(risk)
        JobRisk.objects.bulk_create(
            changed,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["kind", "women", "men", "is_pregnancy", "is_breastfeeding", "version"],
        )
        audit.record_many(actor, "job_risk.changed_by_import", changed, at)


class ControlSheet(_OfRisk):
    """Measures against job risks, by job risk and number."""

    name = "Controls"
    key = (*TRIPLE, "number")
    columns = (
        *KEY_COLUMNS,
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("control", ColumnKind.LONG_TEXT, max_length=1000),
        Column("control_type", choices=tuple(ControlType)),
        Column("status", required=True, choices=(PLANNED, IN_PLACE, DROPPED)),
        Column("owner", max_length=150),
        Column("due_date", ColumnKind.DAY),
        Column("done_date", ColumnKind.DAY),
        Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def count(self):
        return Control.objects.filter(risk__withdrawn_date__isnull=True).count()

    def rows(self, keys=None):
        found = (
            Control.objects.filter(risk__withdrawn_date__isnull=True)
            .select_related("risk")
            .order_by("risk__job", "risk__step", "risk__hazard", "position", "id")
        )
        for each in found.iterator(chunk_size=2000):
            yield {
                **{code: getattr(each.risk, code) for code in TRIPLE},
                "number": each.position,
                "control": each.text,
                "control_type": each.control_type,
                "status": DROPPED if each.dropped_date else IN_PLACE if each.is_in_place else PLANNED,
                "owner": each.owner_name,
                "due_date": each.due_date,
                "done_date": each.dropped_date or each.done_date,
                "reason": each.dropped_reason,
            }

    def problems_in(self, row):
        if not row["control"] and not row["control_type"]:
            yield Problem("control", "MISSING", {})
        if row["status"] == PLANNED:
            for code in ("owner", "due_date"):
                if not row[code]:
                    yield Problem(code, "MISSING_FOR_STATUS", {"status": PLANNED})
        if row["status"] == DROPPED and not row["done_date"]:
            yield Problem("done_date", "MISSING_FOR_STATUS", {"status": DROPPED})

    def write(self, actor, rows, at):
        risks = _live_risks()
        known = {(each.risk_id, each.position): each for each in Control.objects.all()}
        made, changed, touched = [], [], set()
        for row in rows:
            risk = risks[tuple(row[code] for code in TRIPLE)]
            touched.add(risk.pk)
            control = known.get((risk.pk, row["number"]))
            is_new = control is None
            control = control or Control(risk=risk, position=row["number"], is_in_place=True)
            is_dropped = row["status"] == DROPPED
            control.text, control.control_type = row["control"], row["control_type"]
            if not is_dropped:
                control.is_in_place = row["status"] == IN_PLACE
            elif is_new:
                control.is_in_place = True
            control.owner_name, control.due_date = row["owner"], row["due_date"]
            control.done_date = None if is_dropped else row["done_date"]
            control.dropped_date = row["done_date"] if is_dropped else None
            control.dropped_reason = row["reason"] if is_dropped else ""
            (made if is_new else changed).append(control)
        Control.objects.bulk_create(made, batch_size=1000)
        for control in changed:
            control.version += 1
        Control.objects.bulk_create(
            changed,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[
                *("text", "control_type", "is_in_place", "owner_name", "due_date", "done_date"),
                *("dropped_date", "dropped_reason", "version"),
            ],
        )
        _mirror(touched)
        audit.record_many(actor, "risk_control.imported", [*made, *changed], at)
        mark_stale(SUPPLIER.code, at.date(), *{row["due_date"] for row in rows})


class RatingSheet(_OfRisk):
    """Every rating ever given, by job risk and number."""

    name = "Ratings"
    key = (*TRIPLE, "number")
    columns = (
        *KEY_COLUMNS,
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("stage", required=True, choices=tuple(Stage)),
        Column("date", ColumnKind.DAY, required=True),
        *RATING_COLUMNS,
        Column("rated_by", max_length=150),
        Column("reason", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def count(self):
        return RatingRecord.objects.filter(risk__withdrawn_date__isnull=True).count()

    def rows(self, keys=None):
        found = (
            RatingRecord.objects.filter(risk__withdrawn_date__isnull=True)
            .select_related("risk")
            .order_by("risk__job", "risk__step", "risk__hazard", "number", "id")
        )
        for each in found.iterator(chunk_size=2000):
            yield {
                **{code: getattr(each.risk, code) for code in TRIPLE},
                **{code: getattr(each, code) for code in ("number", "stage", *RATED, "rated_by", "reason")},
                "date": each.rated_date,
            }

    def problems_in(self, row):
        return rating_problems(row)

    def write(self, actor, rows, at):
        risks = _live_risks()
        known = {(each.risk_id, each.number): each for each in RatingRecord.objects.all()}
        made, changed, latest = [], [], {}
        for row in rows:
            risk = risks[tuple(row[code] for code in TRIPLE)]
            record = known.get((risk.pk, row["number"]))
            is_new = record is None
            record = record or RatingRecord(risk=risk, number=row["number"])
            for code in ("stage", *RATED, "rated_by", "reason"):
                setattr(record, code, row[code])
            record.rated_date = row["date"]
            rating = job_risk_rating(*(row[code] for code in RATED))
            record.score, record.band = rating.score, rating.band
            (made if is_new else changed).append(record)
            known[risk.pk, record.number] = record
        for record in sorted(known.values(), key=lambda each: each.number):
            if record.stage == Stage.AFTER:
                latest[record.risk_id] = record
        RatingRecord.objects.bulk_create(made, batch_size=1000)
        written = {each.pk for each in (*made, *changed)}
        names = ("stage", *RATED, "score", "band", "rated_date", "rated_by", "reason")
        RatingRecord.objects.bulk_create(
            changed, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=names
        )
        touched = []
        for risk in risks.values():
            record = latest.get(risk.pk)
            if record is not None and record.pk in written:
                for name in RATED:
                    setattr(risk, f"after_{name}", getattr(record, name))
                risk.level_now = level_of(record.band)
                touched.append(risk)
        JobRisk.objects.bulk_create(
            touched,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*(f"after_{name}" for name in RATED), "level_now"],
        )
        audit.record_many(actor, "risk_rating.imported", [*made, *changed], at)
        mark_stale(SUPPLIER.code, *{risk.assessed_date for risk in touched})


SHEETS = (JobRiskSheet(), JobSheet(), JobRiskPeopleSheet(), ControlSheet(), RatingSheet())
