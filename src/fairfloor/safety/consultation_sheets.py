"""Around jobs, as sheets: who was asked about the risks, looks asked for, and the factory's own hazard lists."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from django.utils import timezone

from fairfloor.content import load as load_content
from fairfloor.core.sheet_numbers import NumberedSheet
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.safety.models import Consultation, ConsultationSignature, Job, JobReview, OwnHazard
from fairfloor.safety.workflow import Cause, ControlType

MOST_PEOPLE = {"minimum": Decimal(0), "maximum": Decimal(10_000)}
_SCALE = {"minimum": Decimal(1), "maximum": Decimal(5)}
NUMBER = Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1))
_JOB = Column("job", required=True, max_length=120, ref=("Jobs", "job"))
_OF_JOB = Link("job", Job, {"job": "title"})


def signature_text(name: str, code: str) -> str:
    """A signature in one cell: the name, and the worker's code in brackets."""
    # A name that ends in brackets itself gets empty ones, so that they are not taken for a code.
    return f"{name} ({code})" if code or name.endswith(")") else name


_SIGNED = re.compile(r"(.*?)\s*\(([^()]*)\)$")
_AGAIN = re.compile(r" #\d+$")


def signature_of(text: str) -> tuple[str, str]:
    """Name and worker code of a signature in a cell.

    >>> signature_of("Li Wei (W-12)"), signature_of("Li Wei"), signature_of("Li Wei #2")
    (('Li Wei', 'W-12'), ('Li Wei', ''), ('Li Wei', ''))
    """
    text = _AGAIN.sub("", text)
    match = _SIGNED.match(text)
    return (match[1].strip(), match[2].strip()) if match else (text.strip(), "")


class ConsultationSheet(NumberedSheet):
    """Who was asked about a job's risks, by job, day and number; signatures as names with worker codes."""

    name = "Consultations"
    model = Consultation
    verb = "consultation"
    key = ("job", "date", "number")
    fields = {"date": "held_date"}
    links = (_OF_JOB,)
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        _JOB,
        Column("date", ColumnKind.DAY, required=True),
        NUMBER,
        Column("women", ColumnKind.WHOLE, required=True, **MOST_PEOPLE),
        Column("men", ColumnKind.WHOLE, required=True, **MOST_PEOPLE),
        Column("front_line", ColumnKind.WHOLE, required=True, **MOST_PEOPLE),
        Column("words", ColumnKind.LONG_TEXT, max_length=4000),
        Column("signatures", ColumnKind.CODES, max_length=20_000),
        Column("recorded_by", max_length=150),
    )

    def queryset(self):
        return super().queryset().prefetch_related("signatures")

    def row_of(self, obj):
        seen: Counter[str] = Counter()
        signed = []
        for name, code in sorted((each.name, each.worker_code) for each in obj.signatures.all()):
            text = signature_text(re.sub("[、,;\n]", " ", name), code)
            seen[text] += 1
            signed.append(text if seen[text] == 1 else f"{text} #{seen[text]}")
        return super().row_of(obj) | {"signatures": tuple(signed)}

    def _cell_of(self, column, value):
        return () if column.code == "signatures" else super()._cell_of(column, value)

    def values_of(self, row):
        values = super().values_of(row)
        del values["signatures"]
        return values

    def problems_in(self, row):
        if row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        people = row["women"] + row["men"]
        if not people:
            yield Problem("women", "NOBODY_THERE", {})
        elif row["front_line"] > people:
            yield Problem("front_line", "MORE_THAN_PEOPLE", {})
        elif len(row["signatures"]) > people:
            yield Problem("signatures", "MORE_THAN_PEOPLE", {})
        for text in row["signatures"]:
            name, code = signature_of(text)
            if not name:
                yield Problem("signatures", "MISSING", {})
            for part, limit in ((name, 150), (code, 40)):
                if len(part) > limit:
                    yield Problem("signatures", "TOO_LONG", {"length": len(part), "limit": limit})

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        named = [
            (index, signature_of(text)[1]) for index, row in enumerate(rows) for text in row["signatures"]
        ]
        if not any(code for _index, code in named):
            return
        known = {row["code"] for row in whole("People")}
        for index, code in named:
            if code and code not in known:
                yield index, Problem("signatures", "UNKNOWN_REFERENCE", {"text": code, "sheet": "People"})

    def prepare(self, objs, rows):
        super().prepare(objs, rows)
        for obj, row in zip(objs, rows, strict=True):
            obj.signed = row["signatures"]

    def after_save(self, objs):
        written = [obj for obj in objs if hasattr(obj, "signed")]
        ConsultationSignature.objects.filter(consultation__in=[obj.pk for obj in written]).delete()
        ConsultationSignature.objects.bulk_create(
            (
                ConsultationSignature(
                    consultation=obj, name=name, worker_code=code, signed_date=obj.held_date
                )
                for obj in written
                for name, code in map(signature_of, obj.signed)
            ),
            batch_size=1000,
        )


class JobReviewSheet(NumberedSheet):
    """Looks at a job's risks that were asked for, by job, day and number."""

    name = "JobReviews"
    model = JobReview
    verb = "job_review"
    key = ("job", "date", "number")
    fields = {"date": "asked_date"}
    links = (_OF_JOB,)
    import_permission = "safety.correct"
    export_permission = "safety.view_finder"
    columns = (
        _JOB,
        Column("date", ColumnKind.DAY, required=True),
        NUMBER,
        Column("cause", required=True, choices=tuple(Cause)),
        Column("words", ColumnKind.LONG_TEXT, max_length=1000),
        Column("done_date", ColumnKind.DAY),
        Column("done_by", max_length=150),
        Column("outcome", ColumnKind.LONG_TEXT, max_length=1000),
    )

    def problems_in(self, row):
        if row["done_date"] and row["done_date"] < row["date"]:
            yield Problem("done_date", "BEFORE", {"other": "date"})
        if row["done_date"] and not row["outcome"]:
            yield Problem("outcome", "MISSING_FOR_OTHER", {"other": "done_date"})
        if row["outcome"] and not row["done_date"]:
            yield Problem("done_date", "MISSING_FOR_OTHER", {"other": "outcome"})


class OwnHazardSheet(ModelSheet):
    """The lines of the factory's own hazard lists, by list, step and text."""

    name = "OwnHazards"
    model = OwnHazard
    verb = "own_hazard"
    key = ("list", "step", "hazard")
    fields = {
        "list": "list_name",
        "hazard": "text",
        "pregnancy": "is_pregnancy",
        "breastfeeding": "is_breastfeeding",
    }
    flags = ("pregnancy", "breastfeeding")
    import_permission = "safety.correct"
    export_permission = "safety.view"
    columns = (
        Column("list", required=True, max_length=120),
        Column("step", required=True, max_length=200),
        Column("hazard", required=True, max_length=200),
        Column("kind", max_length=20),
        Column("likelihood", ColumnKind.WHOLE, required=True, **_SCALE),
        Column("severity", ColumnKind.WHOLE, required=True, **_SCALE),
        Column("exposure", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(10)),
        Column("pregnancy", required=True, choices=(YES, NO)),
        Column("breastfeeding", required=True, choices=(YES, NO)),
        Column("control", ColumnKind.LONG_TEXT, max_length=1000),
        Column("control_type", choices=tuple(ControlType)),
    )

    def problems_in(self, row):
        if row["kind"] and row["kind"] not in load_content().hazard_categories:
            yield Problem("kind", "UNKNOWN_REFERENCE", {"text": row["kind"], "sheet": "hazards.yaml"})


SHEETS = (ConsultationSheet(), JobReviewSheet(), OwnHazardSheet())
