"""Shift talks and what was raised in them as sheets."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from django.utils import timezone

from fairfloor.core.sheets import Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.teams.models import ShiftTalk, TalkIssue
from fairfloor.teams.services.members import SUPPLIER
from fairfloor.teams.workflow import MOST_ISSUES, IssueKind, Shift, TalkTopic

_PEOPLE = {"minimum": Decimal(0), "maximum": Decimal(10_000)}
# The register each kind of result stands in.
REGISTERS = {IssueKind.SUGGESTION: "Suggestions", IssueKind.HAZARD: "Hazards", IssueKind.ACTION: "Actions"}


class ShiftTalkSheet(ModelSheet):
    """Shift talks, by code."""

    name = "ShiftTalks"
    model = ShiftTalk
    verb = "shift_talk"
    key = ("code",)
    fields = {
        "date": "talk_date",
        "department": "department_code",
        "leader": "leader_name",
        "women": "present_women",
        "men": "present_men",
        "withdrawn": "withdrawn_date",
        "reason": "withdrawn_reason",
    }
    import_permission = "teams.manage"
    export_permission = "teams.talk"
    columns = (
        Column("code", required=True, max_length=20),
        Column("date", ColumnKind.DAY, required=True),
        Column("department", required=True, ref=("Departments", "code"), max_length=40),
        Column("shift", required=True, choices=tuple(Shift)),
        Column("leader", max_length=150),
        Column("present", ColumnKind.WHOLE, required=True, **_PEOPLE),
        Column("women", ColumnKind.WHOLE, **_PEOPLE),
        Column("men", ColumnKind.WHOLE, **_PEOPLE),
        Column("topics", ColumnKind.CODES, choices=tuple(TalkTopic), max_length=80),
        # A talk that was taken back goes out with why, and counts no more where it comes in.
        Column("withdrawn", ColumnKind.DAY),
        Column("reason", max_length=300),
    )

    def problems_in(self, row):
        if row["date"] > timezone.localdate():
            yield Problem("date", "STILL_TO_COME", {})
        if not row["present"]:
            yield Problem("present", "NOBODY_THERE", {})
        elif (row["women"] or 0) + (row["men"] or 0) > row["present"]:
            yield Problem("women", "MORE_THAN_PRESENT", {})
        if row["withdrawn"] and not row["reason"]:
            yield Problem("reason", "MISSING_FOR_OTHER", {"other": "withdrawn"})

    def prepare(self, objs, rows):
        for obj in objs:
            if obj._state.adding:
                # A talk from a workbook was on no phone of ours; its code says which it is.
                obj.client_id = f"workbook-{obj.code}"
                obj.content_hash = hashlib.sha256(obj.client_id.encode()).hexdigest()

    def after_save(self, objs):
        mark_stale(SUPPLIER, *{obj.talk_date for obj in objs})


class TalkIssueSheet(ModelSheet):
    """What was raised in shift talks, by talk and number, and what it became."""

    name = "TalkIssues"
    model = TalkIssue
    verb = "talk_issue"
    key = ("talk", "number")
    fields = {"number": "position", "became": "result_kind", "result": "result_code"}
    links = (Link("talk", ShiftTalk, {"talk": "code"}),)
    import_permission = "teams.manage"
    export_permission = "teams.talk"
    columns = (
        Column("talk", required=True, max_length=20, ref=("ShiftTalks", "code")),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(MOST_ISSUES)),
        Column("text", ColumnKind.LONG_TEXT, required=True, max_length=500),
        Column("became", choices=tuple(IssueKind)),
        Column("result", max_length=20),
    )

    def problems_in(self, row):
        for column, other in (("result", "became"), ("became", "result")):
            if row[other] and not row[column]:
                yield Problem(column, "MISSING_FOR_OTHER", {"other": other})

    def problems_across(self, rows, whole):
        for kind, register in REGISTERS.items():
            named = [(index, row["result"]) for index, row in enumerate(rows) if row["became"] == kind]
            known = {row["code"] for row in whole(register)} if named else set()
            for index, code in named:
                if code not in known:
                    yield index, Problem("result", "UNKNOWN_REFERENCE", {"text": code, "sheet": register})


SHEETS = (ShiftTalkSheet(), TalkIssueSheet())
