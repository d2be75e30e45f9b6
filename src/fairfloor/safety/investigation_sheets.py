"""Why incidents happened, and who looked into them, as sheets."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from fairfloor.core.sheets import Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.organisations.public import LEVEL, SEX
from fairfloor.safety.incident_workflow import Factor
from fairfloor.safety.models import Incident, Investigation, InvestigationMember

_WHYS = tuple(f"why_{number}" for number in range(1, 6))


class InvestigationSheet(ModelSheet):
    """Investigations, by the incident's code."""

    name = "Investigations"
    model = Investigation
    verb = "investigation"
    key = ("incident",)
    fields = {"date": "held_date"}
    links = (Link("incident", Incident, {"incident": "code"}),)
    import_permission = "safety.correct"
    export_permission = "safety.view_incidents"
    columns = (
        Column("incident", required=True, max_length=20, ref=("Incidents", "code")),
        Column("date", ColumnKind.DAY, required=True),
        *(Column(why, ColumnKind.LONG_TEXT, required=why == _WHYS[0], max_length=500) for why in _WHYS),
        Column("factors", ColumnKind.CODES, choices=tuple(Factor)),
    )

    def problems_in(self, row):
        if row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        said = [bool(row[why]) for why in _WHYS]
        for before, here, why in zip(said, said[1:], _WHYS, strict=False):
            if here and not before:
                yield Problem(why, "MISSING", {})

    def problems_across(self, rows, whole):
        days = {row["code"]: row["date"] for row in whole("Incidents")}
        for index, row in enumerate(rows):
            happened = days.get(row["incident"])
            if happened and row["date"] < happened:
                yield index, Problem("date", "BEFORE_IT_HAPPENED", {"date": happened})


class InvestigationMemberSheet(ModelSheet):
    """Who took part in an investigation, by incident and number."""

    name = "InvestigationMembers"
    model = InvestigationMember
    verb = "investigation_member"
    key = ("incident", "number")
    fields = {"number": "position", "person": "worker_code"}
    links = (Link("investigation", Investigation, {"incident": "incident__code"}),)
    import_permission = "safety.correct"
    export_permission = "safety.view_incidents"
    columns = (
        Column("incident", required=True, max_length=20, ref=("Investigations", "incident")),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(200)),
        Column("person", max_length=40, ref=("People", "code")),
        SEX,
        LEVEL,
    )

    def problems_in(self, row):
        if not row["person"] and not row["sex"] and not row["level"]:
            yield Problem("person", "MISSING", {})


SHEETS = (InvestigationSheet(), InvestigationMemberSheet())
