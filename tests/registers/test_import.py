"""A whole workbook: all of it or nothing, every problem at once, the same file twice changes nothing."""

from datetime import date, timedelta

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Department, Worker, WorkforceCount
from fairfloor.organisations.public import Enterprise, Role, update_enterprise
from fairfloor.registers.messages import sentence
from fairfloor.registers.models import RowBase
from fairfloor.registers.public import WorkbookRefused, apply_workbook, check_workbook, import_workbook
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.public import accept_suggestion
from tests.cast import NOW, TODAY
from tests.registers.workbooks import DEPARTMENTS, PROFILE, suggestion, suggestions, workbook

pytestmark = pytest.mark.usefixtures("listed")
LATER = NOW + timedelta(hours=1)


def everything(*factories):
    """All rows an import could touch."""
    found = []
    for factory in factories:
        with scope(factory.id):
            for model in (Department, Worker, WorkforceCount, Suggestion, AuditEvent, RowBase):
                found += list(model.objects.order_by("id").values())
    return [*found, *Enterprise.objects.order_by("id").values()]


def bring_in(factory, path, at=NOW, role=Role.MANAGER):
    with scope(factory.id):
        return apply_workbook(actor=factory.actor(role), path=path, at=at)


def problems_of(factory, path):
    with scope(factory.id), pytest.raises(WorkbookRefused) as caught:
        apply_workbook(actor=factory.actor(Role.MANAGER), path=path, at=NOW)
    found = caught.value.checked.problems.kept
    assert all(sentence(each) for each in found)
    return found


def places(found):
    return {(each.sheet, each.row, each.column, each.code) for each in found}


def test_rows_come_in_and_the_other_factory_is_untouched(river, hill, tmp_path):
    before = everything(hill)
    path = workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("S-1"), suggestion("S-2"))})
    outcome = bring_in(river, path)
    assert (outcome.created, outcome.updated, outcome.conflicts) == (2, 0, 0)
    with scope(river.id):
        first = Suggestion.objects.get(code="S-1")
        assert (first.submitted_date, first.level) == (date(2023, 3, 2), "FRONT_LINE")
        assert AuditEvent.objects.filter(verb="suggestion.imported").count() == 2
        assert AuditEvent.objects.get(verb="workbook.imported").detail["counts"]["Suggestions"] == [
            2,
            0,
            0,
            0,
        ]
    assert everything(hill) == before


def test_the_same_file_twice_changes_nothing(river, tmp_path):
    sheets = {
        "Departments": [*DEPARTMENTS, ["DYE", "Dyeing", "染色", "production", 2]],
        "Suggestions": suggestions(suggestion("S-1"), suggestion("S-2", text="=1+1", department="DYE")),
        "Readings": [
            ["indicator", "month", "numerator", "denominator"],
            ["defect-rate", date(2023, 1, 9), 0.1, 7],
        ],
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    bring_in(river, path)
    before = everything(river)
    outcome = bring_in(river, path, LATER)
    assert (outcome.created, outcome.updated, outcome.conflicts) == (0, 0, 0)
    assert outcome.unchanged == 5
    assert everything(river) == before


def test_every_problem_is_told_at_once_and_nothing_is_written(river, hill, tmp_path):
    sheets = {
        "Departments": [["code", "name", "shifts"], ["NEW", "New one", 1], ["SEW", "Sewing", -1]],
        "Workforce": [
            ["date", "department", "level", "sex", "headcount"],
            [date(2023, 1, 1), "KNT", "FRONT_LINE", "FEMALE", -4],
            [date(2023, 1, 1), "KNT", "FRONT_LINE", "MALE", 2.5],
        ],
        "Suggestions": suggestions(
            suggestion("S-1", date="31 February 2023"),
            suggestion("S-2", level="KING"),
            suggestion("S-3", project="IP-404"),
            suggestion("S-4"),
            suggestion("S-4", text="The same code"),
            ["", "", ""],
            suggestion("S-5", status="DECLINED", decided_date=date(2023, 4, 1)),
            suggestion("S-6", status="ACCEPTED", decided_date=date(2023, 1, 1)),
            suggestion("S-7", text=""),
            suggestion("S-8", reason="x" * 1001),
            suggestion("S-9", department="NOWHERE"),
            suggestion("S-10", date="2.3.2023"),
        ),
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    before = everything(river, hill)
    found = problems_of(river, path)
    assert places(found) == {
        ("Departments", 3, "shifts", "NEGATIVE"),
        ("Workforce", 2, "headcount", "NEGATIVE"),
        ("Workforce", 3, "headcount", "NOT_WHOLE"),
        ("Suggestions", 2, "date", "NO_SUCH_DAY"),
        ("Suggestions", 3, "level", "UNKNOWN_CODE"),
        ("Suggestions", 4, "project", "UNKNOWN_REFERENCE"),
        ("Suggestions", 6, "code", "DUPLICATE"),
        ("Suggestions", 8, "reason", "REASON_MISSING"),
        ("Suggestions", 9, "decided_date", "BEFORE"),
        ("Suggestions", 10, "text", "MISSING"),
        ("Suggestions", 11, "reason", "TOO_LONG"),
        ("Suggestions", 12, "department", "UNKNOWN_REFERENCE"),
        ("Suggestions", 13, "date", "AMBIGUOUS_DAY"),
    }
    assert everything(river, hill) == before
    texts = {sentence(each) for each in found}
    assert (
        "Row 2 of Suggestions, column date: “31 February 2023” is a day that does not exist. "
        "Write the date as 2023-02-28." in texts
    )


def test_a_preview_writes_nothing_and_counts(river, tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("S-1"))})
    before = everything(river)
    with scope(river.id):
        preview = check_workbook(actor=river.actor(Role.TEAM_SECRETARY), path=path)
    assert preview.plans[0].created_count == 1
    assert everything(river) == before


def test_a_row_may_refer_to_one_with_a_problem_without_a_second_problem(river, tmp_path):
    sheets = {
        "Departments": [["code", "name", "shifts"], ["DYE", "Dyeing", 99]],
        "Suggestions": suggestions(suggestion("S-1", department="DYE")),
    }
    found = problems_of(river, workbook(tmp_path / "a.xlsx", sheets))
    assert places(found) == {("Departments", 2, "shifts", "ABOVE")}


def test_chinese_headings_words_and_order_with_a_title_above(river, tmp_path):
    rows = [
        ["2023年员工建议登记表"],
        [],
        ["状态", "内容", "性别", "职级", "部门", "提交日期", "来源", "编号", "备注"],
        ["已采纳", "增加照明", "女", " 一线员工 ", "织造车间", "2023年3月2日", "意见箱", "S-1", "x"],
        [],
        ["未处理", "安装风扇", "男", "", "PAK", "2023/3/4", "扫码", 2.0, ""],
    ]
    outcome = bring_in(river, workbook(tmp_path / "a.xlsx", {"员工建议": rows}))
    assert outcome.created == 2
    assert [(each.code, each.row) for each in outcome.notes] == [("UNKNOWN_COLUMN", 3)]
    with scope(river.id):
        first, second = Suggestion.objects.order_by("submitted_date")
        assert (first.status, first.sex, first.level) == ("ACCEPTED", "FEMALE", "FRONT_LINE")
        assert (first.department_code, first.channel) == ("KNT", "BOX")
        assert (second.code, second.level, second.status) == ("2", "", "NEW")


def test_missing_columns_and_unknown_workbooks_are_told(river, tmp_path):
    found = problems_of(
        river, workbook(tmp_path / "a.xlsx", {"Suggestions": [["code", "date"], ["S-1", "x"]]})
    )
    assert {each.column for each in found if each.code == "MISSING_COLUMN"} == {"channel", "text", "status"}
    found = problems_of(river, workbook(tmp_path / "b.xlsx", {"Sheet1": [["hello"]]}))
    assert [each.code for each in found] == ["NO_KNOWN_SHEET"]
    twice = {"Suggestions": suggestions(suggestion()), "建议": suggestions(suggestion("S-2"))}
    assert problems_of(river, workbook(tmp_path / "c.xlsx", twice))[0].code == "SHEET_TWICE"


def test_one_department_named_in_two_ways_is_one_row(river, tmp_path):
    rows = [
        ["date", "department", "level", "sex", "headcount"],
        [date(2023, 1, 1), "KNT", "TOP", "MALE", 4],
        [date(2023, 1, 1), "Knitting", "TOP", "MALE", 4],
    ]
    found = problems_of(river, workbook(tmp_path / "a.xlsx", {"Workforce": rows}))
    assert places(found) == {("Workforce", 3, "date", "DUPLICATE")}


def test_a_change_in_the_file_updates_and_one_in_the_program_stays(river, tmp_path):
    first = workbook(
        tmp_path / "a.xlsx",
        {"Suggestions": suggestions(suggestion("S-1"), suggestion("S-2"), suggestion("S-3"))},
    )
    bring_in(river, first)
    with scope(river.id):
        for code in ("S-2", "S-3"):
            chosen = Suggestion.objects.get(code=code)
            accept_suggestion(actor=river.actor(Role.MANAGER), suggestion_id=chosen.id, day=TODAY, at=NOW)
    second = workbook(
        tmp_path / "b.xlsx",
        {
            "Suggestions": suggestions(
                suggestion("S-1", title="Light"), suggestion("S-2"), suggestion("S-3", title="Fan")
            )
        },
    )
    outcome = bring_in(river, second, LATER)
    plan = next(each for each in outcome.plans if each.sheet.name == "Suggestions")
    assert (len(plan.updated), len(plan.skipped), len(plan.conflicts)) == (1, 1, 1)
    assert plan.conflicts[0].row == 4
    assert ("title", "", "Fan") in plan.conflicts[0].columns
    with scope(river.id):
        found = {each.code: each for each in Suggestion.objects.all()}
    assert (found["S-1"].title, found["S-1"].version) == ("Light", 2)
    assert found["S-2"].status == "ACCEPTED"
    assert (found["S-3"].status, found["S-3"].title) == ("ACCEPTED", "")


def test_a_column_the_file_lacks_keeps_what_is_there(river, tmp_path):
    bring_in(river, workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion(title="Light"))}))
    rows = [
        ["code", "date", "channel", "text", "status", "sex", "level", "department", "category"],
        [
            "S-1",
            date(2023, 3, 2),
            "ORAL",
            "More light at the stairs",
            "NEW",
            "FEMALE",
            "FRONT_LINE",
            "KNT",
            "SAFETY",
        ],
    ]
    outcome = bring_in(river, workbook(tmp_path / "b.xlsx", {"Suggestions": rows}), LATER)
    assert outcome.updated == 1
    with scope(river.id):
        kept = Suggestion.objects.get()
    assert (kept.title, kept.channel) == ("Light", "ORAL")


def test_roles_that_may_not_import_are_refused(river, tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion())})
    for role in (Role.TEAM_MEMBER, Role.WORKER_REPRESENTATIVE, Role.BUYER):
        with pytest.raises(Forbidden):
            bring_in(river, path, role=role)


def test_a_register_a_person_may_not_change_is_told_only_if_it_would_change(river, tmp_path, listed):
    listed["Projects"].import_permission = "enterprise.manage_members"
    path = workbook(tmp_path / "a.xlsx", {"Projects": [["code", "title"], ["IP-1", "Guard"]]})
    with scope(river.id), pytest.raises(WorkbookRefused) as caught:
        apply_workbook(actor=river.actor(Role.TEAM_SECRETARY), path=path, at=NOW)
    assert [each.code for each in caught.value.checked.problems.kept] == ["NOT_ALLOWED"]
    bring_in(river, path)
    assert bring_in(river, path, role=Role.TEAM_SECRETARY).unchanged == 1


def answers(*rows):
    return [["round", "department", "sex", "level", "q1"], *rows]


def test_a_closed_rounds_answers_are_replaced_as_a_whole(river, tmp_path, listed):
    rounds = [["round", "status"], [1, "CLOSED"], [2, "OPEN"]]
    rows = [[1, "KNT", "FEMALE", "TOP", 4], [1, "PAK", "MALE", "TOP", 5]]
    first = workbook(tmp_path / "a.xlsx", {"SurveyAnswers": answers(*rows), "SurveyRounds": rounds})
    assert bring_in(river, first).created == 4
    turned = workbook(tmp_path / "b.xlsx", {"SurveyAnswers": answers(*reversed(rows))})
    assert bring_in(river, turned).created == 0
    changed = workbook(tmp_path / "c.xlsx", {"SurveyAnswers": answers(rows[0])})
    bring_in(river, changed)
    assert [row["q1"] for row in listed["SurveyAnswers"].kept] == [4]
    running = workbook(tmp_path / "d.xlsx", {"SurveyAnswers": answers([2, "KNT", "MALE", "TOP", 3])})
    assert [each.code for each in problems_of(river, running)] == ["ROUND_NOT_CLOSED"]


def test_a_workbook_creates_its_factory_or_nothing_at_all(db, tmp_path):
    good = {"Enterprise": PROFILE, "Departments": DEPARTMENTS, "Suggestions": suggestions(suggestion())}
    bad = {**good, "Suggestions": suggestions(suggestion(level="KING"))}
    outcome = import_workbook(path=workbook(tmp_path / "b.xlsx", bad), at=NOW)
    assert (outcome.enterprise, outcome.problem_total) == (None, 1)
    assert not Enterprise.objects.exists()
    outcome = import_workbook(path=workbook(tmp_path / "a.xlsx", good), at=NOW)
    assert outcome.is_new
    assert (outcome.enterprise.slug, outcome.enterprise.time_zone) == ("mill-works", "Asia/Shanghai")
    again = import_workbook(path=tmp_path / "a.xlsx", at=LATER)
    assert (again.is_new, again.created, again.updated) == (False, 0, 0)


def test_a_chinese_name_gives_an_address(db, tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"企业": [["字段", "值"], ["企业名称", "河畔针织"], ["国家", "中国"]]}
    )
    enterprise = import_workbook(path=path, at=NOW).enterprise
    assert (enterprise.slug, enterprise.country) == ("he-pan-zhen-zhi", "CN")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("country", "Atlantis", "NO_SUCH_COUNTRY"),
        ("currency", "Shells", "NO_SUCH_CURRENCY"),
        ("time_zone", "Asia/Nowhere", "NO_SUCH_TIME_ZONE"),
        ("slug", "Mill Works!", "NOT_A_SLUG"),
        ("founded", "long ago", "NOT_A_NUMBER"),
        ("report_to", "31 February 2023", "NO_SUCH_DAY"),
        ("languages", "quite a few", "NO_SUCH_LANGUAGE"),
        ("sector", "x" * 21, "TOO_LONG"),
    ],
)
def test_the_profile_is_checked(db, tmp_path, field, value, code):
    rows = [row for row in PROFILE if row[0] != field] + [[field, value]]
    outcome = import_workbook(path=workbook(tmp_path / "a.xlsx", {"Enterprise": rows}), at=NOW)
    assert [each.code for each in outcome.problems] == [code]
    assert all(sentence(each) for each in outcome.problems)
    assert not Enterprise.objects.exists()


def test_a_workbook_without_a_factory_is_told(db, tmp_path):
    outcome = import_workbook(path=workbook(tmp_path / "a.xlsx", {"Departments": DEPARTMENTS}), at=NOW)
    assert [each.code for each in outcome.problems] == ["NO_ENTERPRISE"]


def test_another_factorys_workbook_is_refused_and_the_profile_is_updated(river, tmp_path):
    other = [["field", "value"], ["slug", "hill"]]
    assert [p.code for p in problems_of(river, workbook(tmp_path / "a.xlsx", {"Enterprise": other}))] == [
        "OTHER_FACTORY"
    ]
    own = [["field", "value"], ["slug", "river"], ["sector", "C1439"], ["name", "River Mills"]]
    path = workbook(tmp_path / "b.xlsx", {"Enterprise": own})
    # An empty field is filled; a name that differs, and was never imported, is a difference nobody can explain.
    outcome = bring_in(river, path)
    assert (outcome.updated, outcome.conflicts) == (1, 1)
    enterprise = Enterprise.objects.get(pk=river.id)
    assert (enterprise.sector, enterprise.name) == ("C1439", "River Works")
    with scope(river.id):
        update_enterprise(actor=river.system, enterprise_id=river.id, at=NOW, name="River Mills")
    assert bring_in(river, path).unchanged == 2


def test_what_the_program_writes_beside_the_columns_of_a_file_is_no_change_of_its_rows(river, tmp_path):
    bring_in(river, workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("S-1"))}))
    with scope(river.id):
        Suggestion.objects.filter(code="S-1").update(translation="More light")
    same = bring_in(river, workbook(tmp_path / "b.xlsx", {"Suggestions": suggestions(suggestion("S-1"))}))
    assert (same.updated, same.conflicts) == (0, 0)
    rows = suggestions(suggestion("S-1", title="Light"))
    outcome = bring_in(river, workbook(tmp_path / "c.xlsx", {"Suggestions": rows}), LATER)
    assert (outcome.updated, outcome.conflicts) == (1, 0)
    with scope(river.id):
        found = Suggestion.objects.get(code="S-1")
        assert (found.title, found.translation) == ("Light", "More light")
