"""A factory takes its records elsewhere: what went in comes out, and is refused clearly where it is wrong."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from fairfloor.core.models import AuditEvent, StaleMark
from fairfloor.core.tenancy import scope
from fairfloor.desk.board import live_items
from fairfloor.organisations.public import Role
from fairfloor.registers.messages import what
from fairfloor.registers.public import WorkbookRefused, apply_workbook, export_workbook, import_workbook
from tests.cast import NOW
from tests.registers.workbooks import DEPARTMENTS, read, suggestion, suggestions, workbook

LATER = NOW + timedelta(hours=1)
DAY = date(2024, 3, 4)

# Sheet → rows with headings. They name each other as a factory's records do.
BOOK: dict[str, list[list]] = {
    "Departments": [*DEPARTMENTS, ["PAK", "Packing", "包装车间", "production", 2]],
    "People": [
        ["code", "name", "sex", "level"],
        ["W1", "Li Wei", "MALE", "FRONT_LINE"],
        ["W2", "An", "", ""],
    ],
    "Teams": [
        ["code", "name", "active", "purpose", "every_weeks", "programme_ended"],
        ["EIT", "Team", "YES", "Better work\nfor all", 2, date(2023, 9, 1)],
    ],
    "TeamMembers": [
        ["team", "member", "sex", "role", "from_date", "shift"],
        ["EIT", "W1", "MALE", "LEADER", date(2022, 9, 1), "NIGHT"],
        ["EIT", "W2", "FEMALE", "MEMBER", date(2022, 9, 1), ""],
    ],
    "Meetings": [
        [
            "team",
            "number",
            "date",
            "status",
            "present",
            "minutes",
            "time",
            "place",
            "released_date",
            "on_board",
        ],
        ["EIT", 1, DAY, "HELD", "W1;W2", "We began.", "09:05", "Canteen", DAY, "YES"],
        ["EIT", 2, date(2024, 4, 4), "PLANNED", "", "", "", "", "", ""],
    ],
    "TeamChecks": [
        ["team", "after_months", "date", "alive", "words", "checked_by"],
        ["EIT", 6, DAY, "NO", "No time", "Chen Jing"],
    ],
    "HandOvers": [
        ["team", "date", "number", "role", "from_member", "to_member", "words"],
        ["EIT", DAY, 1, "SECRETARY", "W1", "W2", "The keys"],
        ["EIT", DAY, 2, "LEADER", "W2", "W1", "The list"],
    ],
    "Projects": [
        ["code", "title", "status", "start_date", "finish_date", "problem"],
        ["IP-1", "Light", "DONE", date(2023, 1, 2), date(2023, 3, 2), "Dark stairs"],
    ],
    "Benefits": [
        ["code", "project", "title", "kind", "target", "actual", "currency", "rate"],
        ["B-1", "IP-1", "Less light to pay", "ONE_OFF", 500, 410.5, "", 1],
    ],
    "Suggestions": suggestions(suggestion("S-1", status="IMPLEMENTED"), suggestion("S-2")),
    "AnswerTemplates": [
        ["title", "language", "text"],
        ["Thanks", "en", "Thank you"],
        ["Thanks", "zh-hans", "谢谢"],
    ],
    "ProjectSuggestions": [["project", "suggestion"], ["IP-1", "S-1"]],
    "ProjectMembers": [["project", "person", "sex", "level"], ["IP-1", "W1", "MALE", "FRONT_LINE"]],
    "Causes": [
        ["project", "people", "whys", "root"],
        ["IP-1", "Nobody looks\nNo time", "Why\nBecause", "No rule"],
    ],
    "Trials": [
        ["project", "date", "number", "what", "worked", "learned", "tried_by"],
        ["IP-1", DAY, 1, "One lamp", "NO", "Too weak", "An"],
        ["IP-1", DAY, 2, "Two lamps", "", "", ""],
    ],
    "Visits": [
        ["project", "after_months", "date", "state", "words", "checked_by"],
        ["IP-1", 3, date(2023, 6, 5), "PARTLY", "One is out", "An"],
    ],
    "Spreads": [["project", "department", "adopted", "words"], ["IP-1", "PAK", "YES", "Since May"]],
    "Hazards": [
        ["code", "date", "description", "status", "fixed_date", "recurrence_of", "urgent"],
        ["H-2", DAY, "Loose again", "OPEN", "", "H-1", "YES"],
        ["H-1", date(2023, 3, 1), "Loose rail", "CLOSED", date(2023, 3, 9), "", ""],
    ],
    "Actions": [
        ["code", "text", "owner", "date", "due_date", "done_date", "status", "about", "about_code"],
        ["A-1", "Mend it", "An", DAY, date(2024, 3, 9), date(2024, 3, 8), "DONE", "teams", "T-1"],
        ["A-2", "Paint it", "", DAY, "", "", "OPEN", "", ""],
    ],
    "AgendaItems": [
        ["team", "meeting", "number", "kind", "about", "title", "done", "carried_from"],
        ["EIT", 1, 1, "SUGGESTION", "S-1", "", "YES", ""],
        ["EIT", 1, 2, "TOPIC", "", "The canteen", "NO", ""],
        ["EIT", 2, 1, "ACTION", "A-2", "", "NO", 1],
    ],
    "Decisions": [
        ["team", "meeting", "number", "item", "kind", "text", "result"],
        ["EIT", 1, 1, 1, "START_PROJECT", "Light", "IP-1"],
        ["EIT", 1, 2, 2, "NOTE", "Ask again", ""],
    ],
    "ShiftTalks": [
        [
            "code",
            "date",
            "department",
            "shift",
            "leader",
            "present",
            "women",
            "men",
            "topics",
            "withdrawn",
            "reason",
        ],
        ["T-1", DAY, "KNT", "MORNING", "Chen Jing", 12, 8, 3, "SAFETY;QUALITY", DAY, "Told twice"],
    ],
    "TalkIssues": [
        ["talk", "number", "text", "became", "result"],
        ["T-1", 1, "The rail is loose", "HAZARD", "H-2"],
        ["T-1", 2, "Too warm", "", ""],
    ],
    "Visions": [["year", "text"], [2024, "Nobody gets hurt"]],
    "Goals": [
        [
            "code",
            "year",
            "title",
            "indicator",
            "baseline_from",
            "baseline_to",
            "baseline",
            "target",
            "projects",
        ],
        ["G-1", 2024, "Fewer", "defect-rate", date(2023, 1, 1), date(2023, 12, 31), 0.123457, 0.05, "IP-1"],
    ],
    "Jobs": [["job", "department", "women", "men"], ["Cutter", "KNT", 4, 2]],
    "JobSteps": [["job", "step", "number"], ["Cutter", "Cut", 2], ["Cutter", "Lay", 1]],
    "JobReviews": [
        ["job", "date", "number", "cause", "words", "done_date", "done_by", "outcome"],
        ["Cutter", DAY, 1, "CHANGE", "New machine", DAY, "An", "Nothing new"],
        ["Cutter", DAY, 2, "INCIDENT", "", "", "", ""],
    ],
    "Consultations": [
        ["job", "date", "number", "women", "men", "front_line", "words", "signatures", "recorded_by"],
        ["Cutter", DAY, 1, 2, 1, 3, "Gloves slip", "Li Wei (W1);An", "Chen Jing"],
        ["Cutter", DAY, 2, 0, 2, 1, "", "", ""],
    ],
    "OwnHazards": [
        ["list", "step", "hazard", "likelihood", "severity", "exposure", "pregnancy", "breastfeeding"],
        ["Ours", "Cut", "Blade", 2, 4, 6, "NO", "NO"],
    ],
    "Incidents": [
        ["code", "date", "kind", "class", "description", "status"],
        ["N-1", DAY, "INJURY", "FIRST_AID", "A cut", "REPORTED"],
    ],
    "Investigations": [
        ["incident", "date", "why_1", "why_2", "factors"],
        ["N-1", DAY, "Tired", "Late", "MACHINE"],
    ],
    "InvestigationMembers": [
        ["incident", "number", "person", "sex"],
        ["N-1", 1, "W1", "MALE"],
        ["N-1", 2, "", "FEMALE"],
    ],
    "SafetySettings": [
        ["setting", "value"],
        ["CRITICAL_DAYS", "0"],
        ["HIGH_DAYS", "2"],
        ["MEDIUM_DAYS", "14"],
        ["LOW_DAYS", "60"],
        ["HOUR_BASE", "200000"],
        ["RISK_METHOD", "LEC"],
    ],
    "Areas": [["code", "name"], ["A1", "Hall"]],
    "OwnChecklists": [
        ["code", "number", "name", "kind", "in_use", "text"],
        ["own-1", 1, "Ours", "FIVE_S", "NO", "# Hall\nIs it clean? | No oil"],
        ["own-1", 2, "Ours", "FIVE_S", "YES", "# Hall\nIs it clean? | No oil\nIs it light?"],
    ],
    "Routines": [["area", "checklist", "every_weeks", "from_date"], ["A1", "own-1", 2, DAY]],
    "Readings": [
        ["indicator", "month", "numerator", "denominator", "said", "explanation"],
        ["defect-rate", date(2023, 1, 1), 1, 3, "", ""],
        ["defect-rate", date(2023, 2, 1), 1, 3, "SAME", "As before"],
    ],
    "IndicatorPlans": [
        [
            "indicator",
            "reporter",
            "since",
            "baseline_from",
            "baseline_to",
            "baseline",
            "target",
            "projects",
            "in_use",
        ],
        [
            "defect-rate",
            "",
            date(2023, 1, 1),
            date(2023, 1, 1),
            date(2023, 2, 1),
            0.333333,
            0.1,
            "IP-1",
            "YES",
        ],
    ],
    "BoardItems": [
        ["date", "kind", "about", "words", "words_zh", "number", "done", "released_by", "withdrawn_date"],
        [DAY, "MINUTES", "EIT-1", "Our meeting", "", 1, "NO", "An", ""],
        [DAY, "NOTE", "", "Tea", "茶", 1, "NO", "An", DAY],
        [DAY, "NOTE", "", "Tea", "茶", 2, "NO", "An", ""],
        [DAY, "PROJECT", "IP-1", "Light on the stairs", "", 1, "YES", "An", ""],
    ],
}


def bring_in(factory, path, at=NOW):
    with scope(factory.id):
        return apply_workbook(actor=factory.actor(Role.MANAGER), path=path, at=at)


def take_out(factory) -> dict[str, list[list]]:
    out = io.BytesIO()
    with scope(factory.id):
        export_workbook(target=out, actor=factory.system, at=NOW)
    return read(out.getvalue())


def refused(factory, path, at=NOW) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and code of everything wrong; each has a sentence."""
    with pytest.raises(WorkbookRefused) as caught:
        bring_in(factory, path, at)
    found = caught.value.checked.problems.kept
    assert not [each for each in found if "does not fit" in what(each) or "%(" in what(each)]
    return [(each.sheet, each.row, each.column, each.code) for each in found]


def acts(factory) -> int:
    """How much was ever done: whatever is written is recorded."""
    with scope(factory.id):
        return AuditEvent.objects.count()


def with_cells(changes: dict[str, dict[tuple[int, str], object]]) -> dict[str, list[list]]:
    """The book with other values in some cells: sheet → (row of the list, column) → value."""
    book = {name: [list(row) for row in rows] for name, rows in BOOK.items()}
    for name, cells in changes.items():
        for (line, column), value in cells.items():
            book[name][line][book[name][0].index(column)] = value
    return book


@pytest.fixture
def moved_in(river, tmp_path):
    outcome = bring_in(river, workbook(tmp_path / "book.xlsx", BOOK))
    assert (outcome.updated, outcome.conflicts) == (0, 0)
    return river


def _plain(cell: object) -> object:
    """A cell without what says nothing: the kind of number, the order of several codes."""
    if isinstance(cell, int):
        return float(cell)
    return sorted(cell.split(";")) if isinstance(cell, str) else cell


def test_what_came_in_leaves_and_comes_in_elsewhere_as_it_was(moved_in, hill, tmp_path):
    first = take_out(moved_in)
    for name, rows in BOOK.items():
        columns = [first[name][0].index(column) for column in rows[0]]
        came_out = [[_plain(row[place]) for place in columns] for row in first[name][1:]]
        assert sorted(map(str, came_out)) == sorted(
            str([_plain(cell) for cell in row]) for row in rows[1:]
        ), name
    again = bring_in(moved_in, workbook(tmp_path / "again.xlsx", BOOK), LATER)
    assert (again.created, again.updated, again.conflicts) == (0, 0, 0)
    assert sum(len(plan.skipped) for plan in again.plans) == 0
    del first["Enterprise"]
    bring_in(hill, workbook(tmp_path / "moved.xlsx", first))
    second = take_out(hill)
    assert {name: rows for name, rows in second.items() if name != "Enterprise"} == first


def test_the_file_makes_a_factory_that_was_not_there(moved_in, tmp_path):
    book = take_out(moved_in)
    book["Enterprise"] = [["field", "value"], ["name", "New Works"], ["slug", "new-works"]]
    outcome = import_workbook(path=workbook(tmp_path / "new.xlsx", book), at=NOW)
    assert outcome.problems == []
    assert outcome.is_new


CHANGES = {
    "Teams": {(1, "purpose"): "Safer work"},
    "Meetings": {(1, "time"): "10:30", (1, "place"): "Hall"},
    "TeamChecks": {(1, "words"): "Too busy"},
    "HandOvers": {(2, "words"): "Both lists"},
    "AgendaItems": {(2, "done"): "YES"},
    "Decisions": {(2, "text"): "Ask in May"},
    "ShiftTalks": {(1, "present"): 14},
    "TalkIssues": {(2, "became"): "ACTION", (2, "result"): "A-1"},
    "Visions": {(1, "text"): "Nobody is tired"},
    "Goals": {(1, "target"): 0.04},
    "ProjectMembers": {(1, "level"): "SUPERVISOR"},
    "Causes": {(1, "root"): "No owner"},
    "Trials": {(2, "worked"): "YES"},
    "Visits": {(1, "state"): "YES"},
    "Spreads": {(1, "adopted"): "NO"},
    "AnswerTemplates": {(1, "text"): "Many thanks"},
    "JobSteps": {(1, "number"): 3},
    "JobReviews": {(1, "outcome"): "A new guard"},
    "Consultations": {(1, "signatures"): "An (W2)", (1, "words"): "New gloves"},
    "OwnHazards": {(1, "severity"): 5},
    "Investigations": {(1, "why_2"): "No break"},
    "InvestigationMembers": {(2, "sex"): "OTHER"},
    "OwnChecklists": {(1, "in_use"): "YES", (2, "in_use"): "NO"},
    "Routines": {(1, "every_weeks"): 4},
    "SafetySettings": {(4, "value"): "90"},
    "IndicatorPlans": {(1, "target"): 0.2},
    "Actions": {(2, "owner"): "Li Wei"},
    "BoardItems": {(3, "withdrawn_date"): DAY},
}


def test_a_changed_cell_of_each_sheet_changes_that_row_alone(moved_in, tmp_path):
    before = take_out(moved_in)
    outcome = bring_in(moved_in, workbook(tmp_path / "changed.xlsx", with_cells(CHANGES)), LATER)
    counts = {
        plan.sheet.name: (len(plan.created), len(plan.updated)) for plan in outcome.plans if plan.writes
    }
    assert counts == dict.fromkeys(CHANGES, (0, 1)) | {"OwnChecklists": (0, 2)}
    assert outcome.conflicts == 0
    after = take_out(moved_in)
    for name, rows in after.items():
        differing = [line for line, row in enumerate(rows) if row != before[name][line]]
        assert len(differing) == counts.get(name, (0, 0))[1], name


WRONG = {
    "Teams": [((1, "every_weeks"), 0, "BELOW"), ((1, "active"), "maybe", "UNKNOWN_CODE")],
    "Meetings": [
        ((1, "time"), "25:00", "NOT_AN_HOUR"),
        ((2, "released_date"), DAY, "NOT_FOR_STATUS"),
        ((2, "on_board"), "YES", "MISSING_FOR_OTHER"),
    ],
    "TeamChecks": [((1, "after_months"), 7, "NOT_ONE_OF"), ((1, "team"), "XX", "UNKNOWN_REFERENCE")],
    "HandOvers": [((1, "to_member"), "W9", "UNKNOWN_REFERENCE"), ((2, "number"), 4, "NUMBER_LEFT_OUT")],
    "AgendaItems": [
        ((1, "about"), "S-99", "UNKNOWN_REFERENCE"),
        ((2, "title"), "", "MISSING"),
        ((3, "meeting"), 9, "UNKNOWN_REFERENCE"),
        ((3, "carried_from"), 2, "ABOVE"),
    ],
    "Decisions": [((1, "item"), 7, "UNKNOWN_REFERENCE"), ((2, "number"), 1, "DUPLICATE")],
    "ShiftTalks": [
        ((1, "women"), 30, "MORE_THAN_PRESENT"),
        ((1, "date"), date(2199, 1, 1), "STILL_TO_COME"),
        ((1, "department"), "XX", "UNKNOWN_REFERENCE"),
        ((1, "present"), 0, "NOBODY_THERE"),
        ((1, "reason"), "", "MISSING_FOR_OTHER"),
    ],
    "TalkIssues": [((1, "result"), "H-99", "UNKNOWN_REFERENCE"), ((2, "result"), "A-1", "MISSING_FOR_OTHER")],
    "Visions": [((1, "year"), 24, "BELOW")],
    "Goals": [((1, "target"), 0.5, "NOT_REACHED"), ((1, "baseline"), 1.5, "NOT_A_SHARE")],
    "ProjectSuggestions": [((1, "suggestion"), "S-99", "UNKNOWN_REFERENCE")],
    "ProjectMembers": [((1, "person"), "W9", "UNKNOWN_REFERENCE")],
    "Causes": [((1, "whys"), "1\n2\n3\n4\n5\n6", "TOO_MANY_LINES")],
    "Trials": [((1, "learned"), "", "MISSING"), ((2, "date"), date(2199, 1, 1), "STILL_TO_COME")],
    "Visits": [((1, "date"), date(2023, 2, 1), "BEFORE_THE_FINISH"), ((1, "words"), "", "MISSING")],
    "Spreads": [((1, "department"), "XX", "UNKNOWN_REFERENCE")],
    "Suggestions": [((2, "code"), "S-1", "DUPLICATE")],
    "Hazards": [((2, "recurrence_of"), "H-1", "ITSELF")],
    "AnswerTemplates": [((1, "language"), "fr", "UNKNOWN_CODE"), ((2, "language"), "en", "DUPLICATE")],
    "JobSteps": [((1, "job"), "Baker", "UNKNOWN_REFERENCE")],
    "JobReviews": [((1, "outcome"), "", "MISSING_FOR_OTHER"), ((1, "done_date"), date(2024, 1, 1), "BEFORE")],
    "Consultations": [
        ((1, "signatures"), "Li Wei (W9)", "UNKNOWN_REFERENCE"),
        ((1, "signatures"), "a;b;c;d", "MORE_THAN_PEOPLE"),
        ((1, "front_line"), 9, "MORE_THAN_PEOPLE"),
        ((1, "women"), -1, "NEGATIVE"),
        ((2, "men"), 0, "NOBODY_THERE"),
        ((1, "job"), "Baker", "UNKNOWN_REFERENCE"),
    ],
    "OwnHazards": [((1, "likelihood"), 6, "ABOVE")],
    "Investigations": [
        ((1, "date"), date(2024, 3, 1), "BEFORE_IT_HAPPENED"),
        ((1, "incident"), "N-9", "UNKNOWN_REFERENCE"),
    ],
    "InvestigationMembers": [((1, "person"), "W9", "UNKNOWN_REFERENCE"), ((2, "sex"), "", "MISSING")],
    "OwnChecklists": [((1, "in_use"), "YES", "ONLY_ONE"), ((1, "text"), "# Only a heading", "NO_QUESTION")],
    "SafetySettings": [
        ((1, "value"), "5", "DAYS_UNFIT"),
        ((4, "value"), "400", "DAYS_UNFIT"),
        ((5, "value"), "7", "NOT_ONE_OF"),
        ((6, "value"), "GUESS", "NOT_ONE_OF"),
        ((2, "value"), "soon", "NOT_ONE_OF"),
    ],
    "Routines": [((1, "checklist"), "own-9", "UNKNOWN_REFERENCE")],
    "IndicatorPlans": [
        ((1, "target"), 0.9, "NOT_REACHED"),
        ((1, "baseline"), 0.9, "READINGS_SAY"),
        ((1, "baseline"), "", "MISSING_FOR_OTHER"),
        ((1, "baseline_to"), "", "MISSING_FOR_OTHER"),
        ((1, "reporter"), "Nobody", "UNKNOWN_PERSON"),
        ((1, "indicator"), "no-such", "UNKNOWN_CODE"),
        ((1, "projects"), "IP-9", "UNKNOWN_REFERENCE"),
    ],
    "Actions": [((1, "done_date"), "", "MISSING_FOR_STATUS"), ((2, "done_date"), DAY, "NOT_FOR_STATUS")],
    "BoardItems": [
        ((1, "about"), "EIT-9", "UNKNOWN_REFERENCE"),
        ((4, "about"), "", "MISSING_FOR_STATUS"),
        ((2, "withdrawn_date"), date(2024, 1, 1), "BEFORE"),
        ((3, "number"), 3, "NUMBER_LEFT_OUT"),
    ],
}


@pytest.mark.parametrize(
    ("name", "cell", "value", "code"), [(name, *case) for name, cases in WRONG.items() for case in cases]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(river, tmp_path, name, cell, value, code):
    river.user("an", Role.MANAGER)
    before = acts(river)
    book = with_cells({name: {cell: value}})
    found = refused(river, workbook(tmp_path / "wrong.xlsx", book))
    assert (name, cell[0] + 1, code) in {(sheet, row, each) for sheet, row, _column, each in found}, found
    assert acts(river) == before


def test_a_baseline_is_never_typed_over(moved_in, tmp_path):
    book = {"IndicatorPlans": with_cells({"IndicatorPlans": {(1, "baseline"): 0.5}})["IndicatorPlans"]}
    assert [found[-1] for found in refused(moved_in, workbook(tmp_path / "a.xlsx", book), LATER)] == [
        "READINGS_SAY"
    ]
    book = {"Goals": with_cells({"Goals": {(1, "baseline"): 0.2}})["Goals"]}
    assert [found[-1] for found in refused(moved_in, workbook(tmp_path / "b.xlsx", book), LATER)] == [
        "FIGURE_SAYS"
    ]


def test_a_thing_hangs_on_the_board_once(moved_in, tmp_path):
    rows = [*BOOK["BoardItems"], [date(2024, 5, 1), "PROJECT", "IP-1", "Again", "", 1, "YES", "", ""]]
    found = refused(moved_in, workbook(tmp_path / "a.xlsx", {"BoardItems": rows}), LATER)
    assert {code for *_place, code in found} == {"ALREADY_SHOWN"}


def test_shift_talks_are_counted_anew_in_the_months_they_touch(moved_in, tmp_path):
    with scope(moved_in.id):
        StaleMark.objects.all().delete()
    book = {"ShiftTalks": with_cells({"ShiftTalks": {(1, "date"): date(2024, 5, 6)}})["ShiftTalks"]}
    bring_in(moved_in, workbook(tmp_path / "a.xlsx", book), LATER)
    with scope(moved_in.id):
        marks = set(StaleMark.objects.values_list("supplier", "month_date"))
    assert marks == {("teams", date(2024, 3, 1)), ("teams", date(2024, 5, 1))}


def test_a_pair_of_photos_comes_in_without_them_and_is_not_shown(moved_in, tmp_path):
    rows = [BOOK["BoardItems"][0], [DAY, "PHOTO", "IP-1", "Before and after", "", 1, "YES", "An", ""]]
    assert bring_in(moved_in, workbook(tmp_path / "a.xlsx", {"BoardItems": rows}), LATER).created == 1
    with scope(moved_in.id):
        assert {item.kind for item in live_items()} == {"MINUTES", "NOTE", "PROJECT"}
