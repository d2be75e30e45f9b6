"""What leaves: the same shape, text as text, and no small group of answers through a page."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import translation

from fairfloor.core.access import Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import Worker
from fairfloor.organisations.public import Role
from fairfloor.registers.checking import Found
from fairfloor.registers.exporting import blank_workbook
from fairfloor.registers.headings import SHEET_NAMES
from fairfloor.registers.messages import what
from fairfloor.registers.public import all_sheets, apply_workbook, export_workbook
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.public import accept_suggestion
from tests.cast import NOW, TODAY
from tests.registers.workbooks import DEPARTMENTS, read, suggestion, suggestions, workbook

LATER = NOW + timedelta(hours=1)


def take_out(factory, actor=None, only="") -> bytes:
    out = io.BytesIO()
    with scope(factory.id):
        export_workbook(target=out, actor=actor or factory.system, at=NOW, only=only)
    return out.getvalue()


def bring_in(factory, path, at=NOW):
    with scope(factory.id):
        return apply_workbook(actor=factory.actor(Role.MANAGER), path=path, at=at)


def test_text_that_begins_with_an_equals_sign_stays_text(river, tmp_path):
    row = suggestion(text="=HYPERLINK(1)", title="=1+1", reason="+1", proposer="@x")
    bring_in(river, workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(row)}))
    content = take_out(river, only="Suggestions")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    head, first = read(content)["Suggestions"]
    values = dict(zip(head, first, strict=True))
    assert (values["text"], values["title"]) == ("=HYPERLINK(1)", "=1+1")
    assert values["date"] == date(2023, 3, 2)


def test_out_and_in_again_changes_nothing_and_is_identical(river, tmp_path):
    rows = suggestions(
        suggestion("S-1", text="Two\nlines  kept _x000D_ \x01"), suggestion("S-2", project="", proposer="W1")
    )
    bring_in(river, workbook(tmp_path / "a.xlsx", {"Departments": DEPARTMENTS, "Suggestions": rows}))
    first = take_out(river)
    path = tmp_path / "b.xlsx"
    path.write_bytes(first)
    outcome = bring_in(river, path, LATER)
    assert (outcome.created, outcome.updated, outcome.conflicts) == (0, 0, 0)
    assert read(take_out(river)) == read(first)


def test_an_edited_export_updates_only_what_was_edited(river, tmp_path):
    bring_in(
        river,
        workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("S-1"), suggestion("S-2"))}),
    )
    sheets = read(take_out(river))
    with scope(river.id):
        changed = Suggestion.objects.get(code="S-2")
        accept_suggestion(actor=river.actor(Role.MANAGER), suggestion_id=changed.id, day=TODAY, at=NOW)
    rows = sheets["Suggestions"]
    rows[1][rows[0].index("title")] = "Light"
    outcome = bring_in(river, workbook(tmp_path / "b.xlsx", {"Suggestions": rows}), LATER)
    plan = outcome.plans[0]
    assert (len(plan.updated), len(plan.skipped), len(plan.conflicts)) == (1, 1, 0)


def test_an_unchanged_old_export_does_not_undo_what_came_after(river, tmp_path):
    bring_in(river, workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion())}))
    old = tmp_path / "old.xlsx"
    old.write_bytes(take_out(river))
    rows = suggestions(suggestion(title="Light"))
    assert bring_in(river, workbook(tmp_path / "b.xlsx", {"Suggestions": rows})).updated == 1
    outcome = bring_in(river, old, LATER)
    assert outcome.updated == 0
    assert sum(len(plan.skipped) for plan in outcome.plans) == 1


def test_people_take_out_what_they_may_see(river):
    with scope(river.id):
        Worker.objects.create(code="W1", name="Somebody")
    assert "People" in read(take_out(river, river.actor(Role.MANAGER)))
    assert "People" not in read(take_out(river, river.actor(Role.TEAM_MEMBER)))
    with pytest.raises(Forbidden):
        take_out(river, river.actor(Role.TEAM_MEMBER), only="People")
    for role in (Role.WORKER_REPRESENTATIVE, Role.BUYER, Role.TRAINER):
        with pytest.raises(Forbidden):
            take_out(river, river.actor(role))


def test_another_factorys_rows_never_leave(river, hill, tmp_path):
    bring_in(hill, workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("HILL-1"))}))
    assert b"HILL-1" not in take_out(river)
    assert len(read(take_out(river))["Suggestions"]) == 1


def test_small_groups_of_answers_leave_only_by_the_operators_command(river, tmp_path, listed):
    rows = [["round", "department", "sex", "level", "q1"]]
    rows += [[1, "KNT", "FEMALE", "FRONT_LINE", 4]] * 5 + [[1, "PAK", "MALE", "FRONT_LINE", 5]] * 6
    rows += [[2, "KNT", "FEMALE", "TOP", 4]] + [[2, "KNT", "MALE", "FRONT_LINE", 4]] * 7
    rows += [[3, "KNT", "MALE", "FRONT_LINE", 4]] * 4
    sheets = {
        "SurveyRounds": [["round", "status"], [1, "CLOSED"], [2, "CLOSED"], [3, "CLOSED"]],
        "SurveyAnswers": rows,
    }
    bring_in(river, workbook(tmp_path / "a.xlsx", sheets))
    full = read(take_out(river))["SurveyAnswers"]
    assert sorted(map(str, full[1:])) == sorted(str([float(r[0]), *r[1:4], float(r[4])]) for r in rows[1:])
    shown = read(take_out(river, river.actor(Role.MANAGER)))["SurveyAnswers"][1:]
    by_round = {number: {tuple(row[1:4]) for row in shown if row[0] == number} for number in (1, 2, 3)}
    assert by_round[1] == {("KNT", "FEMALE", "FRONT_LINE"), ("PAK", "MALE", "FRONT_LINE")}
    assert by_round[2] == {("", "", "")}
    assert by_round[3] == set()
    # Brought back, such a file does not cost the answers what it left out.
    path = tmp_path / "b.xlsx"
    path.write_bytes(take_out(river, river.actor(Role.MANAGER)))
    assert bring_in(river, path, LATER).created == 0
    assert read(take_out(river))["SurveyAnswers"] == full


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_blank_workbook_is_understood_when_it_comes_back(river, tmp_path, language):
    path = tmp_path / "blank.xlsx"
    blank_workbook(path, language=language)
    sheets = read(path)
    assert len(sheets) == len(all_sheets()) + 2
    with scope(river.id):
        outcome = apply_workbook(actor=river.actor(Role.MANAGER), path=path, at=NOW)
    assert (outcome.created, outcome.updated, outcome.notes) == (0, 0, [])
    if language == "en":
        assert sheets["Suggestions"][0][:3] == ["code", "date", "channel"]
    else:
        assert sheets["建议"][0][:3] == ["编号", "提交日期", "渠道"]


def test_the_chinese_blank_workbook_speaks_of_its_own_sheets_and_columns(tmp_path):
    path = tmp_path / "blank.xlsx"
    with translation.override("zh-hans"):
        blank_workbook(path, language="zh-hans")
    with zipfile.ZipFile(path) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    prompts = " ".join(re.findall(r'prompt(?:Title)?="[^"]*"', " ".join(pages)))
    assert 'promptTitle="编号"' in prompts
    assert "改善项目" in prompts
    assert not re.search("“?(Projects|Areas|Findings|Departments)”?", prompts)


def test_an_unknown_code_names_the_register_as_the_reader_knows_it():
    found = Found("RedTags", "UNKNOWN_REFERENCE", {"text": "NOWHERE", "sheet": "Areas"}, 2, "area", "area")
    with translation.override("zh-hans"):
        assert "区域 (Areas)" in what(found)
    with translation.override("en"):
        assert "register Areas." in what(found)


def test_every_sheet_has_a_chinese_heading_for_every_column(db):
    from fairfloor.registers.headings import find_columns, heading

    for sheet in all_sheets():
        assert sheet.name in SHEET_NAMES
        codes = [column.code for column in sheet.columns]
        chinese = [heading(sheet.name, code, "zh-hans") for code in codes]
        assert all(ord(text[0]) > 0x2E80 for text in chinese), (sheet.name, chinese)
        found, twice = find_columns(sheet.name, codes, chinese, {})
        assert [found.get(place) for place in range(len(codes))] == codes, sheet.name
        assert not twice


def test_the_sheets_come_in_the_order_of_the_workbook(river):
    assert list(read(take_out(river))) == list(SHEET_NAMES)
