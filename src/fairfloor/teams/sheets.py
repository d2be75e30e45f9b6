"""Team members and meetings as sheets."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from datetime import time
from decimal import Decimal

from fairfloor.core import audit
from fairfloor.core.sheets import YES, Column, ColumnKind, ModelSheet, Problem
from fairfloor.core.stale import mark_stale
from fairfloor.organisations.public import DEPARTMENT, LEVEL, SEX
from fairfloor.teams.agenda_sheets import SHEETS as AGENDA_SHEETS
from fairfloor.teams.care_sheets import SHEETS as CARE_SHEETS
from fairfloor.teams.care_sheets import TeamSheet
from fairfloor.teams.direction_sheets import SHEETS as DIRECTION_SHEETS
from fairfloor.teams.models import Attendance, ImprovementTeam, Meeting, TeamMember
from fairfloor.teams.services.errors import NotAMember
from fairfloor.teams.services.members import SUPPLIER, mark_terms_stale
from fairfloor.teams.talk_sheets import SHEETS as TALK_SHEETS
from fairfloor.teams.workflow import STANDARD_NAME, Shift, Status, TeamRole, is_in_term

DEFAULT_NAMES = {"EIT": STANDARD_NAME}


def teams_for(actor, codes, at) -> dict[str, ImprovementTeam]:
    """Code → team; a team the registers name for the first time is created."""
    found = {team.code: team for team in ImprovementTeam.objects.filter(code__in=codes)}
    new = [
        ImprovementTeam(code=code, name=DEFAULT_NAMES.get(code, code))
        for code in sorted(codes - found.keys())
    ]
    ImprovementTeam.objects.bulk_create(new)
    audit.record_many(actor, "team.imported", new, at)
    return found | {team.code: team for team in new}


class _TeamSheet(ModelSheet):
    """A sheet whose rows belong to a team named by its code."""

    import_permission = "teams.manage"
    export_permission = "teams.view"

    def queryset(self):
        return self.model.objects.select_related("team")

    def row_of(self, obj):
        row = {}
        for column in self.columns:
            if column.code == "team":
                row["team"] = obj.team.code
            else:
                row[column.code] = getattr(obj, self.field_of(column.code))
        return row

    def rows(self, keys=None):
        order = ["team__code", *(self.field_of(code) for code in self.key if code != "team")]
        for obj in self.queryset().order_by(*order, "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def values_of(self, row):
        return {
            self.field_of(column.code): row[column.code] for column in self.columns if column.code != "team"
        }

    def save(self, actor, created, updated, at):
        teams = teams_for(actor, {row["team"] for row in (*created, *updated)}, at)
        new = [self.model(team=teams[row["team"]], **self.values_of(row)) for row in created]
        self.model.objects.bulk_create(new, batch_size=1000)
        audit.record_many(actor, f"{self.verb}.imported", new, at)
        changed, before = [], []
        wanted = {self.key_of(row): row for row in updated}
        if wanted:
            for obj in self.queryset().select_for_update(of=("self",)):
                row = wanted.get(self.key_of(self.row_of(obj)))
                if row is not None:
                    before.append(copy(obj))
                    for name, value in self.values_of(row).items():
                        setattr(obj, name, value)
                    obj.version += 1
                    changed.append(obj)
            names = sorted({*self.values_of(updated[0]), "version"})
            self.model.objects.bulk_update(changed, names, batch_size=500)
            audit.record_many(actor, f"{self.verb}.changed_by_import", changed, at)
        pairs = {(obj.team.code, *self.own_key(obj)): obj for obj in (*new, *changed)}
        self.after_rows(actor, pairs, [*created, *updated])
        self.after_save([*new, *before, *changed])

    def own_key(self, obj) -> tuple:
        """The key of a model row without its team."""
        return tuple(getattr(obj, self.field_of(code)) for code in self.key if code != "team")

    def after_rows(self, actor, objs, rows) -> None:
        """Write what hangs on the rows. Nothing by default."""


class TeamMemberSheet(_TeamSheet):
    """Terms of members, by team, member and first day."""

    name = "TeamMembers"
    model = TeamMember
    verb = "team_member"
    columns = (
        Column("team", required=True, max_length=20),
        Column("member", required=True, max_length=40),
        SEX,
        LEVEL,
        DEPARTMENT,
        Column("shift", choices=tuple(Shift)),
        Column("role", required=True, choices=tuple(TeamRole)),
        Column("from_date", ColumnKind.DAY, required=True),
        Column("to_date", ColumnKind.DAY),
    )
    key = ("team", "member", "from_date")
    fields = {"member": "member_code", "department": "department_code"}

    def problems_in(self, row):
        if row["from_date"] and row["to_date"] and row["to_date"] < row["from_date"]:
            yield Problem("to_date", "BEFORE", {"other": "from_date"})

    def after_save(self, objs):
        days = {day for obj in objs for day in (obj.from_date, obj.to_date)}
        mark_terms_stale({obj.team_id for obj in objs}, *days)


class MeetingSheet(_TeamSheet):
    """Meetings, by team and number, with the codes of those present."""

    name = "Meetings"
    model = Meeting
    verb = "meeting"
    columns = (
        Column("team", required=True, max_length=20),
        Column("number", ColumnKind.WHOLE, required=True, minimum=Decimal(1)),
        Column("date", ColumnKind.DAY),
        Column("status", required=True, choices=tuple(Status)),
        Column("present", ColumnKind.CODES),
        Column("minutes", ColumnKind.LONG_TEXT, max_length=20000),
        Column("time", ColumnKind.HOUR),
        Column("place", max_length=120),
        Column("released_date", ColumnKind.DAY),
        # Only said of released minutes: those of a workbook that does not say it hang nowhere unseen.
        Column("on_board", choices=(YES,)),
    )
    key = ("team", "number")
    fields = {"date": "meeting_date", "time": "start_time", "on_board": "is_for_board"}

    def queryset(self):
        return super().queryset().prefetch_related("attendances__member")

    def row_of(self, obj):
        row = {
            "team": obj.team.code,
            "number": obj.number,
            "date": obj.meeting_date,
            "status": obj.status,
            "minutes": obj.minutes,
            "time": obj.start_time.strftime("%H:%M") if obj.start_time else "",
            "place": obj.place,
            "released_date": obj.released_date,
            "on_board": YES if obj.released_date and obj.is_for_board else "",
        }
        present = {a.member.member_code for a in obj.attendances.all() if a.is_present}
        return {"present": tuple(sorted(present))} | row

    def values_of(self, row):
        return {
            "number": row["number"],
            "meeting_date": row["date"],
            "status": row["status"],
            "minutes": row["minutes"],
            "start_time": time.fromisoformat(row["time"]) if row["time"] else None,
            "place": row["place"],
            "released_date": row["released_date"],
            "is_for_board": row["on_board"] == YES or not row["released_date"],
        }

    def problems_in(self, row):
        if row["status"] == Status.HELD and not row["date"]:
            yield Problem("date", "MISSING_FOR_STATUS", {"status": row["status"]})
        elif row["present"] and not row["date"]:
            yield Problem("date", "MISSING_FOR_PRESENT", {})
        released = row["released_date"]
        if released and row["status"] != Status.HELD:
            yield Problem("released_date", "NOT_FOR_STATUS", {"status": row["status"]})
        elif released and row["date"] and released < row["date"]:
            yield Problem("released_date", "BEFORE", {"other": "date"})
        elif row["on_board"] and not released:
            yield Problem("released_date", "MISSING_FOR_OTHER", {"other": "on_board"})

    def problems_across(self, rows, whole):
        terms = defaultdict(list)
        for row in whole("TeamMembers"):
            if row["from_date"]:
                terms[row["team"], row["member"]].append((row["from_date"], row["to_date"]))
        decided: set[tuple] = set()
        for index, row in enumerate(rows):
            if not row["date"]:
                continue
            strangers = [
                code
                for code in row["present"]
                if not any(is_in_term(*term, row["date"]) for term in terms[row["team"], code])
            ]
            if row["released_date"] and not row["minutes"]:
                decided = decided or {(each["team"], each["meeting"]) for each in whole("Decisions")}
                if (row["team"], row["number"]) not in decided:
                    yield index, Problem("released_date", "NOTHING_TO_READ", {})
            if strangers:
                yield index, Problem("present", "NOT_A_MEMBER", {"values": "; ".join(strangers)})

    def after_rows(self, actor, objs, rows):
        terms: dict[int, list[TeamMember]] = defaultdict(list)
        team_ids = {obj.team_id for obj in objs.values()}
        for member in TeamMember.objects.filter(team__in=team_ids).order_by("from_date", "id"):
            terms[member.team_id].append(member)
        attendances = []
        for row in rows:
            meeting = objs[row["team"], row["number"]]
            day = meeting.meeting_date
            in_term: dict[str, TeamMember] = {}
            for member in terms[meeting.team_id] if day else ():
                if is_in_term(member.from_date, member.to_date, day):
                    in_term.setdefault(member.member_code, member)
            present = set(row["present"])
            if present - in_term.keys():
                raise NotAMember(sorted(present - in_term.keys()), day)
            if meeting.status in {Status.HELD, Status.OPEN} or present:
                attendances += [
                    Attendance(meeting=meeting, member=member, is_present=code in present)
                    for code, member in in_term.items()
                ]
        Attendance.objects.filter(meeting__in=[obj.pk for obj in objs.values()]).delete()
        Attendance.objects.bulk_create(attendances, batch_size=1000)

    def after_save(self, objs):
        mark_stale(SUPPLIER, *{obj.meeting_date for obj in objs})


SHEETS = (
    TeamSheet(),
    TeamMemberSheet(),
    MeetingSheet(),
    *CARE_SHEETS,
    *AGENDA_SHEETS,
    *TALK_SHEETS,
    *DIRECTION_SHEETS,
)
