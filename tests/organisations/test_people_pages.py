"""The registers about people: roster, departments, workforce."""

from datetime import date

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.departments import DepartmentRefused, add_department, change_department, seen_of
from fairfloor.organisations.models import Department
from fairfloor.organisations.public import Role
from tests.cast import NOW
from tests.pages import browser, queries_of
from tests.registers_rows import bring_in, row


def people(factory, numbers):
    with scope(factory.id):
        bring_in(
            factory,
            "People",
            [row("People", code=f"P{n:02}", name=f"Wei {n}", department="KNT") for n in numbers],
        )
        bring_in(
            factory,
            "Workforce",
            [
                row(
                    "Workforce",
                    date=date(2026, 1, 1),
                    department=f"D{n}",
                    level="FRONT_LINE",
                    sex="FEMALE",
                    headcount=n,
                )
                for n in numbers
            ],
        )


def test_departments_are_added_and_changed_with_their_trace(river, hill):
    with scope(river.id):
        manager = river.actor(Role.MANAGER)
        department = add_department(actor=manager, code="DYE", name="Dyeing", at=NOW)
        with pytest.raises(DepartmentRefused):
            add_department(actor=manager, code="DYE", name="Again", at=NOW)
        seen = seen_of(department)
        change_department(actor=manager, department_id=department.pk, seen=seen, name="Dye house", at=NOW)
        with pytest.raises(StaleEdit):
            change_department(actor=manager, department_id=department.pk, seen=seen, name="x", at=NOW)
        with pytest.raises(Forbidden):
            add_department(actor=river.actor(Role.TEAM_MEMBER), code="X", name="X", at=NOW)
    with scope(hill.id):
        assert not Department.objects.filter(code="DYE").exists()


def test_pages(river, hill):
    people(river, range(1, 4))
    people(hill, range(7, 8))
    client = browser(river, Role.MANAGER)
    page = client.get("/e/river/people/").content.decode()
    assert "Wei 3" in page
    assert "Wei 7" not in page
    for url in ("departments/", "departments/add/", "departments/KNT/", "workforce/"):
        assert client.get(f"/e/river/people/{url}").status_code == 200, url
    assert client.get("/e/river/people/departments/NONE/").status_code == 404
    assert client.get("/e/hill/people/").status_code == 404
    sent = {"code": "DYE", "name": "Dyeing"}
    assert client.post("/e/river/people/departments/add/", sent).status_code == 303
    assert client.post("/e/river/people/departments/add/", sent).status_code == 422
    change = {"name": "Dye house", "seen": "Dyeing|||"}
    assert client.post("/e/river/people/departments/DYE/", change).status_code == 303
    assert client.post("/e/river/people/departments/DYE/", change).status_code == 409
    change = {"name": "Dye house", "seen": "Dye house|||", "kind": "Production"}
    assert client.post("/e/river/people/departments/DYE/", change).status_code == 303
    with scope(river.id):
        assert Department.objects.get(code="DYE").kind == "production"
    other = browser(river, Role.TEAM_MEMBER)
    assert other.get("/e/river/people/").status_code == 403
    assert other.get("/e/river/people/departments/").status_code == 200
    assert other.get("/e/river/people/departments/KNT/").status_code == 403


@pytest.mark.parametrize("url", ["", "departments/", "workforce/"])
def test_lists_cost_the_same_with_more_rows(river, url):
    client = browser(river, Role.MANAGER)
    people(river, range(1, 3))
    few = queries_of(client, f"/e/river/people/{url}")
    people(river, range(3, 31))
    with scope(river.id):
        for number in range(28):
            add_department(actor=river.system, code=f"X{number}", name="X", at=NOW)
    assert queries_of(client, f"/e/river/people/{url}") == few
