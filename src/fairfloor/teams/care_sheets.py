"""Teams themselves, how they are after a programme, and posts handed over, as sheets."""

from __future__ import annotations

from decimal import Decimal

from fairfloor.core.sheet_numbers import NumberedSheet
from fairfloor.core.sheets import NO, YES, Column, ColumnKind, Link, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.teams.models import HandOver, ImprovementTeam, TeamCheck, TeamMember
from fairfloor.teams.services.members import SUPPLIER
from fairfloor.teams.workflow import CHECKS_AFTER, TeamRole

TEAM = Column("team", required=True, max_length=20, ref=("Teams", "code"))
OF_TEAM = Link("team", ImprovementTeam, {"team": "code"})


class TeamSheet(ModelSheet):
    """Teams with their charters, by code. The secret part of a calendar's address never leaves."""

    name = "Teams"
    model = ImprovementTeam
    verb = "team"
    key = ("code",)
    fields = {
        "active": "is_active",
        "sponsor": "sponsor_name",
        "every_weeks": "meets_every_weeks",
        "programme_ended": "programme_ended_date",
    }
    flags = ("active",)
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (
        Column("code", required=True, max_length=20),
        Column("name", required=True, max_length=120),
        Column("active", required=True, choices=(YES, NO)),
        Column("purpose", ColumnKind.LONG_TEXT, max_length=1000),
        Column("rules", ColumnKind.LONG_TEXT, max_length=2000),
        Column("sponsor", max_length=150),
        Column("every_weeks", ColumnKind.WHOLE, required=True, minimum=Decimal(1), maximum=Decimal(26)),
        Column("programme_ended", ColumnKind.DAY),
    )

    def after_save(self, objs):
        was: dict[int, bool] = {}
        turned = {obj.pk for obj in objs if was.setdefault(obj.pk, obj.is_active) != obj.is_active}
        # Whether a team is at work counts for all its terms.
        firsts = TeamMember.objects.filter(team__in=turned).values_list("from_date", flat=True)
        mark_stale(SUPPLIER, *firsts)


class TeamCheckSheet(ModelSheet):
    """How teams are, 6 and 12 months after the programme that coached them."""

    name = "TeamChecks"
    model = TeamCheck
    verb = "team_check"
    key = ("team", "after_months")
    fields = {"date": "check_date", "alive": "is_alive", "checked_by": "by_name"}
    flags = ("alive",)
    links = (OF_TEAM,)
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (
        TEAM,
        Column("after_months", ColumnKind.WHOLE, required=True),
        Column("date", ColumnKind.DAY, required=True),
        Column("alive", required=True, choices=(YES, NO)),
        Column("words", ColumnKind.LONG_TEXT, max_length=1000),
        Column("checked_by", max_length=150),
    )

    def problems_in(self, row):
        if row["after_months"] not in CHECKS_AFTER:
            yield Problem("after_months", "NOT_ONE_OF", {"values": ", ".join(map(str, CHECKS_AFTER))})
        if row["alive"] == NO and not row["words"]:
            yield Problem("words", "MISSING", {})


class HandOverSheet(NumberedSheet):
    """Posts handed over, by team, day and number."""

    name = "HandOvers"
    model = HandOver
    verb = "hand_over"
    key = ("team", "date", "number")
    fields = {"date": "hand_over_date", "from_member": "from_code", "to_member": "to_code"}
    links = (OF_TEAM,)
    import_permission = "teams.manage"
    export_permission = "teams.view"
    columns = (
        TEAM,
        Column("date", ColumnKind.DAY, required=True),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("role", required=True, choices=tuple(TeamRole)),
        Column("from_member", required=True, max_length=40),
        Column("to_member", required=True, max_length=40),
        Column("words", ColumnKind.LONG_TEXT, required=True, max_length=2000),
    )

    def problems_in(self, row):
        if row["from_member"] == row["to_member"]:
            yield Problem("to_member", "SAME_PERSON", {})

    def problems_across(self, rows, whole):
        yield from super().problems_across(rows, whole)
        members = {(row["team"], row["member"]) for row in whole("TeamMembers")}
        for index, row in enumerate(rows):
            for column in ("from_member", "to_member"):
                if (row["team"], row[column]) not in members:
                    values = {"text": row[column], "sheet": "TeamMembers"}
                    yield index, Problem(column, "UNKNOWN_REFERENCE", values)


SHEETS = (TeamCheckSheet(), HandOverSheet())
