"""People, measures and ratings of job risks as sheets: rows that name their risk by job, step and hazard."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core import audit
from fairfloor.core.sheets import Column, ColumnKind, Problem, Row, Sheet
from fairfloor.core.stale import mark_stale
from fairfloor.safety.figures import SUPPLIER
from fairfloor.safety.models import Control, JobRisk, RatingRecord
from fairfloor.safety.risk_columns import (
    KEY_COLUMNS,
    RATED,
    RATING_COLUMNS,
    TRIPLE,
    live_risks,
    rating_problems,
)
from fairfloor.safety.workflow import ControlType, Stage, job_risk_rating, level_of, strength

PLANNED, IN_PLACE, DROPPED = "PLANNED", "IN_PLACE", "DROPPED"
YES, NO = "YES", "NO"


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

    def count(self):
        return JobRisk.objects.filter(withdrawn_date__isnull=True).count()

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
        risks = live_risks()
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
        risks = live_risks()
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
        risks = live_risks()
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


SHEETS = (JobRiskPeopleSheet(), ControlSheet(), RatingSheet())
