"""Readings as a sheet."""

from decimal import Decimal

from fairfloor.content import load as load_content
from fairfloor.core.sheets import Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.indicators.models import Reading
from fairfloor.indicators.plan_sheets import SHEETS as PLAN_SHEETS
from fairfloor.indicators.plans import REPORTING
from fairfloor.indicators.services import SAYINGS, SUPPLIER


class ReadingSheet(ModelSheet):
    """Readings, by indicator and month."""

    name = "Readings"
    model = Reading
    verb = "reading"
    key = ("indicator", "month")
    fields = {"month": "month_date"}

    @property
    def columns(self):
        readings = tuple(i.code for i in load_content().indicators.values() if i.is_reading)
        return (
            Column("indicator", required=True, choices=readings),
            Column("month", ColumnKind.MONTH, required=True),
            Column("numerator", ColumnKind.NUMBER, required=True, minimum=Decimal(0)),
            Column("denominator", ColumnKind.NUMBER, required=True, minimum=Decimal(0)),
            Column("quality", choices=("A", "B", "C", "D")),
            Column("said", choices=tuple(code for code in SAYINGS if code)),
            Column("explanation", max_length=500),
            Column("definition", max_length=120),
        )

    def problems_in(self, row):
        if row["quality"] == "D" and (row["numerator"] or row["denominator"]):
            yield Problem("quality", "NOT_MISSING", {})
        definition = load_content().indicators.get(row["indicator"] or "")
        numerator, denominator = row["numerator"], row["denominator"]
        if definition is None or numerator is None or denominator is None:
            return
        # A rate may be above one, but not a count out of nothing.
        if numerator > denominator and (definition.unit == "SHARE" or not denominator):
            yield Problem("numerator", "ABOVE_DENOMINATOR", {})

    def prepare(self, objs, rows):
        # A new month is measured as the indicator is defined today, so that a later definition can tell it apart.
        for obj in objs:
            if obj._state.adding:
                obj.definition = obj.definition or load_content().indicators[obj.indicator].pin

    def after_save(self, objs):
        for supplier in (SUPPLIER, REPORTING):
            mark_stale(supplier, *{obj.month_date for obj in objs})


SHEETS = (ReadingSheet(), *PLAN_SHEETS)
