"""Projects as a sheet: the columns, what is wrong with a row, and that what goes in comes out."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core import audit
from fairfloor.core.models import StaleMark
from fairfloor.core.tenancy import scope
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.sheets import ProjectSheet
from fairfloor.projects.workflow import Status
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SHEET = ProjectSheet()


def row(**values):
    return {
        "code": "IP-001",
        "title": "Steam leak repair",
        "department": "KNT",
        "module": "WPC",
        "tags": ("5S", "gender_practice"),
        "status": "DONE",
        "start_date": date(2026, 1, 5),
        "due_date": date(2026, 2, 5),
        "finish_date": date(2026, 2, 1),
        "cost": Decimal("2350.50"),
        "saving": None,
        "saving_type": "",
        "owner": "Chen Jing",
        "problem": "Steam escapes\nat two valves",
        "target": "",
        "measures": "",
        "check_result": "No steam",
        "learned": "",
        "standard": "",
        "no_check_reason": "",
        "saving_effect": "",
        "finished_by": "",
        "verified_by": "",
        "verified_date": None,
        **values,
    }


def test_the_columns_are_those_of_the_workbook():
    assert [column.code for column in SHEET.columns] == list(row())
    by_code = {column.code: column for column in SHEET.columns}
    assert set(by_code["status"].choices) == set(Status)
    assert {"gender_practice", "women_facility", "5S"} <= set(by_code["tags"].choices)
    assert {"WPC", "GE"} <= set(by_code["module"].choices)
    assert by_code["cost"].minimum == by_code["saving"].minimum == 0
    assert by_code["department"].ref == ("Departments", "code")


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, []),
        ({"status": "IN_PROGRESS", "finish_date": None}, []),
        ({"start_date": None, "due_date": None}, []),
        ({"finish_date": None}, [("finish_date", "MISSING_FOR_STATUS", {"status": "DONE"})]),
        (
            {"finish_date": None, "status": "VERIFIED"},
            [("finish_date", "MISSING_FOR_STATUS", {"status": "VERIFIED"})],
        ),
        (
            {"finish_date": None, "status": "SUSTAINED"},
            [("finish_date", "MISSING_FOR_STATUS", {"status": "SUSTAINED"})],
        ),
        ({"finish_date": date(2026, 1, 4)}, [("finish_date", "BEFORE", {"other": "start_date"})]),
        ({"verified_date": date(2026, 1, 31)}, [("verified_date", "BEFORE", {"other": "finish_date"})]),
        ({"due_date": date(2026, 1, 4)}, [("due_date", "BEFORE", {"other": "start_date"})]),
    ],
)
def test_what_is_wrong_with_a_row(values, problems):
    found = [(problem.column, problem.code, problem.values) for problem in SHEET.problems_in(row(**values))]
    assert found == problems


def test_what_goes_in_comes_out_and_stays_in_its_factory(river, hill):
    rows = [row(), row(code="IP-002", status="CANCELLED", finish_date=None, tags=())]
    with scope(river.id):
        SHEET.save(river.system, rows, [], NOW)
        assert list(SHEET.rows()) == rows
        marked = set(StaleMark.objects.filter(supplier="projects").values_list("month_date", flat=True))
        assert marked == {date(2026, 2, 1)}
    with scope(hill.id):
        assert list(SHEET.rows()) == []


def test_a_changed_row_marks_both_months_and_makes_open_forms_stale(river):
    with scope(river.id):
        SHEET.save(river.system, [row()], [], NOW)
        StaleMark.objects.all().delete()
        SHEET.save(river.system, [], [row(finish_date=date(2026, 3, 1))], NOW)
        project = ImprovementProject.objects.get(code="IP-001")
        assert (project.finish_date, project.version) == (date(2026, 3, 1), 2)
        marked = set(StaleMark.objects.filter(supplier="projects").values_list("month_date", flat=True))
        assert marked == {date(2026, 2, 1), date(2026, 3, 1)}
        verbs = {event.verb for event in audit.story_of(project)}
        assert verbs == {"project.imported", "project.changed_by_import"}
