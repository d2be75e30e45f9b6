"""Improvement plans: rows with a pair, looks, the project in one step, the wall, the sheets."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import Refused
from fairfloor.projects.models import ImprovementPlan, ImprovementProject, PlanLook, PlanRow
from fairfloor.projects.plan_sheets import SHEETS
from tests.cast import NOW, TODAY
from tests.projects.builders import person

pytestmark = pytest.mark.django_db
WHEN = {"day": TODAY, "at": NOW}
ROW = {
    "problem": "Needles break and nobody counts them",
    "source": "BASELINE",
    "action": "Count needles at each change of shift",
    "worker": "Wang Fang",
    "manager": "Chen Bo",
    "measure": "Needle breaks a week",
    "baseline": "14",
    "target": "5",
    "start_date": TODAY,
    "due_date": TODAY + timedelta(days=30),
}


def plan_in(factory, **values):
    return services.draft_plan(actor=person(factory), **{"title": "Plan of spring", **WHEN, **values})


def row_in(factory, plan, **values):
    return services.add_row(actor=person(factory), plan_id=plan.pk, at=NOW, **{**ROW, **values})


def test_a_plan_needs_a_name_and_a_day_that_has_come(river):
    with scope(river.id):
        assert plan_in(river, title="", module="WPC").revision == 1
        for values, field in (
            ({"title": " "}, "title"),
            ({"module": "NO"}, "module"),
            ({"drafted_date": TODAY + timedelta(days=1)}, "drafted_date"),
        ):
            with pytest.raises(Refused) as refused:
                plan_in(river, **values)
            assert refused.value.field == field
        assert ImprovementPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"problem": ""}, "problem"),
        ({"source": "RUMOUR"}, "source"),
        ({"action": ""}, "action"),
        ({"worker": " "}, "worker"),
        ({"manager": ""}, "manager"),
        ({"manager": "wang fang"}, "manager"),
        ({"due_date": TODAY - timedelta(days=1)}, "due_date"),
    ],
)
def test_a_row_needs_a_pair_and_an_end_after_its_start(river, values, field):
    with scope(river.id):
        plan = plan_in(river)
        assert [row_in(river, plan).number, row_in(river, plan).number] == [1, 2]
        with pytest.raises(Refused) as refused:
            row_in(river, plan, **values)
        assert refused.value.field == field
        row = PlanRow.objects.get(number=1)
        with pytest.raises(Refused):
            services.change_row(actor=person(river), row_id=row.pk, at=NOW, **values)
        assert PlanRow.objects.count() == 2


def test_a_look_says_a_light_and_words_and_the_later_one_of_a_day_counts(river):
    with scope(river.id):
        row = row_in(river, plan_in(river))
        look = {"actor": person(river), "row_id": row.pk, **WHEN}
        services.look_at_row(**look, light="AMBER", words="Two shifts of three count.")
        services.look_at_row(**look, light="GREEN", words="All count.")
        services.look_at_row(**look, light="RED", words="Nobody did.", look_date=TODAY - timedelta(days=7))
        assert list(PlanLook.objects.order_by("look_date").values_list("light", flat=True)) == [
            "RED",
            "GREEN",
        ]
        for values in (
            {"light": "BLUE", "words": "x"},
            {"light": "RED", "words": " "},
            {"light": "RED", "words": "x", "look_date": TODAY + timedelta(days=1)},
        ):
            with pytest.raises(Refused):
                services.look_at_row(**look, **values)
        with pytest.raises(StaleEdit):
            services.look_at_row(**look, light="RED", words="x", version=1)


def test_a_row_starts_its_project_once(river):
    with scope(river.id):
        row = row_in(river, plan_in(river, module="WPC"))
        start = {"actor": person(river), "row_id": row.pk, **WHEN}
        project = services.start_row_project(**start)
        assert services.start_row_project(**start, version=1) == project
        assert (project.title, project.module, project.owner_name) == (ROW["action"], "WPC", "Wang Fang")
        assert (project.problem, project.due_date) == (ROW["problem"], ROW["due_date"])
        assert project.target == "Needle breaks a week 14 → 5"
        assert ImprovementProject.objects.count() == 1
        verbs = [event.verb for event in audit.story_of(row.plan)]
        assert sorted(verbs) == ["plan.drafted", "plan.project_started", "plan.row_added"]


def test_only_the_improvement_team_writes(river, hill):
    with scope(river.id):
        plan = plan_in(river)
        row = row_in(river, plan)
        representative = person(river, Role.WORKER_REPRESENTATIVE)
        with pytest.raises(Forbidden):
            services.draft_plan(actor=representative, title="x", **WHEN)
        with pytest.raises(Forbidden):
            services.look_at_row(actor=representative, row_id=row.pk, light="RED", words="x", **WHEN)
    with scope(hill.id), pytest.raises(PlanRow.DoesNotExist):
        services.change_row(actor=person(hill), row_id=row.pk, at=NOW, problem="Stolen")


def at(name, factory, **kwargs):
    return reverse(f"projects:{name}", kwargs={"slug": factory.slug, **kwargs})


def test_the_pages_from_the_draft_to_the_wall(river, hill, client):
    client.force_login(river.user("li", Role.TEAM_SECRETARY))
    made = client.post(at("plan_new", river), {"title": "Spring", "drafted_date": "2026-03-01"})
    assert made.status_code == 303
    with scope(river.id):
        plan = ImprovementPlan.objects.get()
    here = {"code": plan.code}
    lacking = client.post(at("plan_row_new", river, **here), {**ROW, "manager": ""})
    assert lacking.status_code == 422
    assert "a worker and a manager" in lacking.content.decode()
    assert client.post(at("plan_row_new", river, **here), ROW).status_code == 303
    row = {**here, "number": 1}
    look = {"light": "AMBER", "words": "Half of the lines count.", "version": 1}
    assert client.post(at("plan_look", river, **row), look).status_code == 303
    assert client.post(at("plan_look", river, **row), look).status_code == 409
    assert client.get(at("plan_start", river, **row)).status_code == 405
    assert client.post(at("plan_start", river, **row), {"version": 2}).status_code == 303
    assert (
        client.post(
            at("plan_change", river, **here),
            {"title": "Spring", "drafted_date": "2026-03-01", "is_revision": "on", "version": 1},
        ).status_code
        == 303
    )
    wall = client.get(at("plan_wall", river, **here)).content.decode()
    for words in ("revision 2", "◆", "Half of the lines count.", "Wang Fang", "Signed for the workers"):
        assert words in wall
    assert client.get(at("plan_detail", river, code="PL-NONE")).status_code == 404

    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    page = client.get(at("plan_detail", river, **here)).content.decode()
    assert ROW["problem"] in page
    assert "Say how it stands" not in page
    assert client.get(at("plans", river)).status_code == 200
    assert client.get(at("plan_row", river, **row)).status_code == 403

    client.force_login(hill.user("other", Role.TEAM_SECRETARY))
    assert client.get(at("plan_detail", hill, **here)).status_code == 404
    assert client.get(at("plan_detail", river, **here)).status_code == 404


def test_the_sheets_bring_back_what_they_took_out(river, hill):
    with scope(river.id):
        row = row_in(river, plan_in(river))
        services.start_row_project(actor=person(river), row_id=row.pk, **WHEN)
        services.look_at_row(actor=person(river), row_id=row.pk, light="GREEN", words="All count.", **WHEN)
        taken = {sheet.name: list(sheet.rows()) for sheet in SHEETS}
        project = ImprovementProject.objects.get()
    for name in taken:
        assert len(taken[name]) == 1
    taken["PlanRows"][0]["project"] = ""
    with scope(hill.id):
        for sheet in SHEETS:
            assert not list(sheet.problems_in(taken[sheet.name][0]))
            sheet.save(person(hill), taken[sheet.name], [], NOW)
        assert {sheet.name: list(sheet.rows()) for sheet in SHEETS} == taken
        changed = [{**taken["PlanRows"][0], "target": "3"}]
        SHEETS[1].save(person(hill), [], changed, NOW)
        assert PlanRow.objects.get().target == "3"
        assert PlanRow.objects.get().version == 2
        late = {**taken["PlanRows"][0], "due_date": TODAY - timedelta(days=1)}
        assert [problem.code for problem in SHEETS[1].problems_in(late)] == ["BEFORE"]
        lost = [{**taken["PlanLooks"][0], "number": 9}]
        [(_index, problem)] = SHEETS[2].problems_across(lost, lambda name: taken[name])
        assert problem.code == "UNKNOWN_REFERENCE"
    with scope(river.id):
        assert PlanRow.objects.get().project == project
