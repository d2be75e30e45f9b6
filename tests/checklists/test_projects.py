"""Findings behind projects: started from one, linked to one, told by it; and what was given up waits again."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fairfloor.actions.public import ActionItem, cancel_action, complete_action
from fairfloor.checklists.models import Finding, FindingProject, WalkRound
from fairfloor.checklists.origins import findings_behind
from fairfloor.checklists.outcomes import findings_to_take_up, outcomes_of
from fairfloor.checklists.public import waiting
from fairfloor.checklists.services import findings as services
from fairfloor.checklists.services.rounds import Answer, withdraw_round
from fairfloor.checklists.sheets import ProjectFindingSheet
from fairfloor.checklists.workflow import FindingStatus, Standing
from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.models import AuditEvent
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    DataClass,
    Role,
    add_organisation_member,
    create_organisation,
    give_grant,
)
from fairfloor.projects.link_sheets import ProjectHazardSheet
from fairfloor.projects.models import ImprovementProject, ProjectHazard
from fairfloor.projects.public import finish_project
from fairfloor.projects.services import add_photo, cancel_project, verify_project
from fairfloor.registers.public import WorkbookRefused, apply_workbook, export_workbook
from fairfloor.safety.public import Hazard
from tests.cast import NOW, TODAY
from tests.checklists.rounds import all_answers, area, walk
from tests.pages import browser, queries_of
from tests.projects.builders import person, project_in, suggestion_in
from tests.projects.test_hazards import hazard_in
from tests.projects.test_web import photo
from tests.registers.workbooks import read, workbook

WHEN = {"day": TODAY, "at": NOW}


@pytest.fixture(autouse=True)
def inside(river, hill, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with scope(hill.id):
        area(hill)
    with scope(river.id):
        area(river)
        yield


def found(river, count=2):
    """So many findings of one hunt."""
    low = {f"out_{number}": Answer("NOT_OK", f"Seen {number}") for number in range(1, count + 1)}
    walk(river, answers=all_answers("hunt-fire", "OK", **low))
    return list(Finding.objects.order_by("item"))


def standing(finding):
    finding.refresh_from_db()
    return outcomes_of([finding], TODAY)[finding.pk].standing


def act(river, finding, owner="Hu", due=TODAY):
    services.make_action(
        actor=river.actor("SAFETY_OFFICER"),
        finding_id=finding.pk,
        question="",
        owner_name=owner,
        owner_user_id=None,
        due_date=due,
        **WHEN,
    )
    finding.refresh_from_db()
    return ActionItem.objects.get(code=finding.outcome_code)


def test_a_finding_becomes_a_project_and_is_told_how_it_went(river):
    one, _two = found(river)
    secretary = person(river)
    project = services.start_project_of(
        actor=secretary, finding_id=one.pk, version=1, title="Free the exits", **WHEN
    )
    one.refresh_from_db()
    assert (one.status, one.outcome_code, standing(one)) == ("PROJECT", project.code, Standing.UNDER_WAY)
    events = {event.verb: event.detail for event in audit.story_of(project)}
    assert events["project.findings_linked"]["note"] == one.code
    # The same link twice is one, and nothing is told twice.
    project.refresh_from_db()
    services.link_project(actor=secretary, finding_id=one.pk, project_code=project.code, **WHEN)
    version = project.version
    project.refresh_from_db()
    assert (FindingProject.objects.count(), project.version) == (1, version)
    finish_project(actor=secretary, project_id=project.pk, check_result="Free for four weeks.", **WHEN)
    # Finished is not verified, and the finding says which.
    assert standing(one) == Standing.FINISHED
    manager = person(river, Role.MANAGER, user_id=2, name="Chen Bo")
    verify_project(actor=manager, project_id=project.pk, **WHEN)
    assert standing(one) == Standing.DEALT_WITH
    with pytest.raises(MoveNotAllowed):
        services.drop_finding(actor=secretary, finding_id=one.pk, reason="Again", at=NOW)


def test_what_cannot_stand_behind_a_project_changes_nothing(river, hill):
    one, two = found(river)
    secretary = person(river)
    project = project_in(river)
    services.drop_finding(actor=secretary, finding_id=two.pk, reason="A shadow", at=NOW)
    common = {"actor": secretary, "project_code": project.code, **WHEN}
    with pytest.raises(MoveNotAllowed):
        services.link_project(finding_id=two.pk, **common)
    with pytest.raises(StaleEdit):
        services.link_project(finding_id=one.pk, version=9, **common)
    with pytest.raises(services.ProjectUnknown):
        services.link_project(finding_id=one.pk, **{**common, "project_code": "IP-NONE"})
    with pytest.raises(Forbidden):
        services.link_project(
            finding_id=one.pk, **{**common, "actor": river.actor(Role.WORKER_REPRESENTATIVE)}
        )
    with scope(hill.id), pytest.raises(Finding.DoesNotExist):
        services.link_project(**{**common, "actor": person(hill), "finding_id": one.pk})
    with pytest.raises(Finding.DoesNotExist):
        services.link_findings(actor=secretary, project_id=project.pk, finding_ids=[one.pk, 1], **WHEN)
    finish_project(actor=secretary, project_id=project.pk, check_result="Yes", **WHEN)
    with pytest.raises(MoveNotAllowed):
        services.link_project(finding_id=one.pk, **common)
    officer = river.actor("SAFETY_OFFICER")
    withdraw_round(actor=officer, round_id=WalkRound.objects.get().pk, reason="Wrong hall", at=NOW)
    with pytest.raises(MoveNotAllowed):
        services.link_project(finding_id=one.pk, **{**common, "project_code": project_in(river).code})
    assert not FindingProject.objects.exists()


def test_what_was_given_up_waits_again_on_today_too(river):
    one, two, three = found(river, 3)
    secretary = person(river)
    action = act(river, one, due=TODAY - timedelta(days=1))
    assert standing(one) == Standing.LATE
    project = services.start_project_of(actor=secretary, finding_id=two.pk, title="Free the exits", **WHEN)
    assert [each.pk for each in findings_to_take_up()] == [three.pk]
    cancel_action(actor=secretary, action_id=action.pk, reason="Nobody has time", at=NOW)
    cancel_project(actor=secretary, project_id=project.pk, reason="Too dear", **WHEN)
    assert (standing(one), standing(two)) == (Standing.DROPPED, Standing.DROPPED)
    assert {each.pk for each in findings_to_take_up()} == {one.pk, two.pk, three.pk}
    manager = river.actor(Role.MANAGER)
    assert any("3" in each.text for each in waiting(manager, TODAY) if each.url_name == "checklists:round")
    # One that stands behind another project that runs is taken care of.
    other = project_in(river, title="Paint the lines")
    services.link_findings(actor=secretary, project_id=other.pk, finding_ids=[one.pk, two.pk], **WHEN)
    assert (standing(one), standing(two)) == (Standing.UNDER_WAY, Standing.UNDER_WAY)
    again = act(river, three)
    complete_action(actor=secretary, action_id=again.pk, **WHEN)
    assert standing(three) == Standing.DEALT_WITH
    assert not findings_to_take_up().exists()


def test_a_finding_follows_its_hazard(river):
    one, _two = found(river)
    services.make_hazard(actor=river.actor("SAFETY_OFFICER"), finding_id=one.pk, question="", at=NOW)
    hazard = Hazard.objects.filter(code=Finding.objects.get(pk=one.pk).outcome_code)
    client = browser(river, "SAFETY_OFFICER")
    late = {"due_date": TODAY - timedelta(days=1)}
    for status, expected in (
        ("OPEN", Standing.LATE),
        ("FIXED", Standing.FINISHED),
        ("VERIFIED", Standing.DEALT_WITH),
        ("CLOSED", Standing.DEALT_WITH),
        ("REJECTED", Standing.DEALT_WITH),
        ("WITHDRAWN", Standing.DROPPED),
    ):
        hazard.update(status=status, **late)
        assert standing(one) == expected, status
        # Each has its words.
        assert client.get(f"/e/river/checklists/rounds/{one.round_code}/").status_code == 200


def test_by_form_from_the_round_to_the_project_and_back(river, hill):
    one, two, three = found(river, 3)
    client = browser(river, "TEAM_SECRETARY")
    base = f"/e/river/checklists/rounds/{one.round_code}/"
    url = f"{base}{one.code}/project/"
    assert "Seen 1 (" in client.get(url).content.decode()
    assert client.post(url, {"act": "start", "version": 1, "title": ""}).status_code == 422
    form = {
        "act": "start",
        "version": 1,
        "title": "Free the exits",
        "form_id": "7c4f6a3e-1f0c-4b7e-8d8c-3a5b6c7d8e9f",
    }
    assert client.post(url, form).status_code == 303
    # Sent twice it is one project.
    assert client.post(url, form).status_code == 303
    project = ImprovementProject.objects.get()
    link = {"act": "link", "project_code": project.code, "version": 1}
    assert client.post(f"{base}{two.code}/project/", {**link, "project_code": "IP-X"}).status_code == 422
    assert client.post(f"{base}{two.code}/project/", {**link, "version": 7}).status_code == 409
    assert client.post(f"{base}{two.code}/project/", link).status_code == 303
    page = client.get(base).content.decode()
    assert page.count(f"{project.code}</span>") == 2
    assert "Became a project" in page
    project.refresh_from_db()
    add = reverse("checklists:project_findings", kwargs={"slug": "river", "code": project.code})
    shown = client.get(
        reverse("projects:detail", kwargs={"slug": "river", "code": project.code})
    ).content.decode()
    assert add in shown
    assert f"{base}#{one.code}" in shown
    assert "Findings behind it" in shown
    assert client.post(add, {"version": project.version}).status_code == 422
    assert client.post(add, {"version": 1, "finding_ids": [three.pk]}).status_code == 409
    assert client.post(add, {"version": project.version, "finding_ids": [three.pk]}).status_code == 303
    assert FindingProject.objects.count() == 3
    assert client.get(add).status_code == 302
    other = browser(hill, "TEAM_SECRETARY")
    for address in (url, add):
        assert other.get(address.replace("/river/", "/hill/")).status_code == 404
    watcher = browser(river, "WORKER_REPRESENTATIVE")
    assert watcher.get(url).status_code == 403
    assert watcher.get(add).status_code == 403


def test_a_link_is_taken_back_with_a_record(river, hill):
    one, two = found(river)
    secretary = person(river)
    first, other = project_in(river), project_in(river)
    for project in (first, other):
        services.link_project(actor=secretary, finding_id=one.pk, project_code=project.code, **WHEN)
    client, url = browser(river, "TEAM_SECRETARY"), f"/e/river/checklists/rounds/{one.round_code}/"
    back = f"{url}{one.code}/project/back/"
    one.refresh_from_db()
    form = {"version": one.version, "project_code": first.code}
    assert client.get(url).content.decode().count("Take this link back") == 2
    assert client.post(back, {**form, "project_code": "IP-NONE"}).status_code == 422
    assert client.post(back, {**form, "version": 1}).status_code == 409
    assert browser(river, "WORKER_REPRESENTATIVE").post(back, form).status_code == 403
    assert browser(hill, "TEAM_SECRETARY").post(back.replace("/river/", "/hill/"), form).status_code == 404
    assert FindingProject.objects.count() == 2
    # The other project is what it became; sent twice it is taken back once.
    assert [client.post(back, form).status_code for _ in range(2)] == [303, 303]
    one.refresh_from_db()
    assert (one.status, one.outcome_code) == (FindingStatus.PROJECT, other.code)
    first.refresh_from_db()
    verbs = list(AuditEvent.objects.filter(verb__endswith="_unlinked").values_list("verb", flat=True))
    assert sorted(verbs) == ["finding.project_unlinked", "project.findings_unlinked"]
    told = {"actor": secretary, "finding_id": one.pk, "project_code": other.code, **WHEN}
    assert services.unlink_project(**told)
    one.refresh_from_db()
    assert (one.status, one.outcome_code) == (FindingStatus.OPEN, "")
    assert standing(one) == Standing.WAITS
    # What a finished project brought is not taken away from it.
    services.link_project(actor=secretary, finding_id=two.pk, project_code=other.code, **WHEN)
    finish_project(actor=secretary, project_id=other.pk, check_result="Yes", **WHEN)
    with pytest.raises(MoveNotAllowed):
        services.unlink_project(**{**told, "finding_id": two.pk})


def test_an_action_has_somebody_who_does_it(river):
    one, two = found(river)
    client = browser(river, "SAFETY_OFFICER")
    base = f"/e/river/checklists/rounds/{one.round_code}/"
    url = f"{base}{one.code}/action/"
    day = client.get(url).context["form"].initial["due_date"]
    nobody = client.post(url, {"version": 1, "due_date": day})
    assert nobody.status_code == 422
    assert "so that somebody does it" in nobody.content.decode()
    assert client.post(url, {"version": 1, "owner_name": "Hu", "due_date": "2020-01-01"}).status_code == 422
    assert client.post(url, {"version": 1, "owner_name": "Hu", "due_date": day}).status_code == 303
    page = client.get(base).content.decode()
    assert "Hu, by " in page
    assert ActionItem.objects.get().owner_name == "Hu"
    # Without an owner of the area the button leads to the form; nothing is made for nobody.
    assert f'href="{base}{two.code}/action/"' in page


def test_a_round_asks_as_much_with_many_findings(river):
    few = found(river, 1)
    client = browser(river, "MANAGER")
    project = project_in(river)
    services.link_project(actor=person(river), finding_id=few[0].pk, project_code=project.code, **WHEN)
    before = queries_of(client, f"/e/river/checklists/rounds/{few[0].round_code}/")
    walk(river, answers=all_answers("hunt-fire", "NOT_OK"))
    many = Finding.objects.exclude(pk=few[0].pk)
    services.link_findings(
        actor=person(river), project_id=project.pk, finding_ids=many.values_list("pk", flat=True), **WHEN
    )
    assert queries_of(client, f"/e/river/checklists/rounds/{many[0].round_code}/") <= before


def test_the_links_are_a_sheet(river):
    one, two = found(river)
    project = project_in(river)
    services.link_project(actor=person(river), finding_id=one.pk, project_code=project.code, **WHEN)
    sheet = ProjectFindingSheet()
    assert list(sheet.rows()) == [{"project": project.code, "finding": one.code}]
    sheet.save(river.system, [{"project": project.code, "finding": two.code}], list(sheet.rows()), NOW)
    assert FindingProject.objects.filter(project=project).count() == 2


def test_hazards_behind_a_project_are_a_sheet(river):
    project, hazard, other = project_in(river), hazard_in(river), hazard_in(river, "No lamp")
    sheet = ProjectHazardSheet()
    sheet.save(river.system, [{"project": project.code, "hazard": hazard.code}], [], NOW)
    rows = list(sheet.rows())
    assert rows == [{"project": project.code, "hazard": hazard.code}]
    sheet.save(river.system, [{"project": project.code, "hazard": other.code}], rows, NOW)
    assert set(ProjectHazard.objects.values_list("hazard__code", flat=True)) == {hazard.code, other.code}


def test_links_leave_with_the_workbook_and_come_in_elsewhere(river, hill, tmp_path):
    one, two = found(river)
    hazard = hazard_in(river)
    project = project_in(river, hazard_ids=[hazard.pk])
    services.link_project(actor=person(river), finding_id=one.pk, project_code=project.code, **WHEN)
    act(river, two)
    out = io.BytesIO()
    export_workbook(target=out, actor=river.system, at=NOW)
    wanted = {"Departments", "Areas", "WalkRounds", "Findings", "Projects", "Hazards"}
    sheets = {
        name: rows
        for name, rows in read(out.getvalue()).items()
        if name in wanted | {"ProjectFindings", "ProjectHazards"}
    }
    path = workbook(tmp_path / "river.xlsx", sheets)
    with scope(hill.id):
        outcome = apply_workbook(actor=hill.actor(Role.MANAGER), path=path, at=NOW)
        assert not outcome.problems
        links = FindingProject.objects.values_list("project__code", "finding__code")
        assert list(links) == [(project.code, one.code)]
        assert ProjectHazard.objects.get().hazard.code == hazard.code
        assert standing(Finding.objects.get(code=one.code)) == Standing.UNDER_WAY
        sheets["ProjectFindings"].append(["IP-NONE", one.code])
        refused = workbook(tmp_path / "bad.xlsx", {"ProjectFindings": sheets["ProjectFindings"]})
        with pytest.raises(WorkbookRefused):
            apply_workbook(actor=hill.actor(Role.MANAGER), path=refused, at=NOW)
        assert FindingProject.objects.count() == 1
        # A workbook that names the project on the finding alone is understood as well.
        FindingProject.objects.all().delete()
        told = findings_behind(ImprovementProject.objects.get(code=project.code), "hill", TODAY)
        assert [each.code for each in told] == [one.code]


def test_a_card_of_the_gallery_says_what_the_project_came_from(river, hill):
    one, two = found(river)
    idea = suggestion_in(river)
    project = project_in(river, suggestion_ids=[idea.pk])
    services.link_findings(actor=person(river), project_id=project.pk, finding_ids=[one.pk, two.pk], **WHEN)
    for place in ("before", "after"):
        add_photo(actor=person(river), project_id=project.pk, place=place, upload=photo(), **WHEN)
    finish_project(actor=person(river), project_id=project.pk, check_result="No cuts.", **WHEN)
    address = f"/e/river/projects/{project.code}/"
    card = browser(river, Role.TEAM_SECRETARY).get("/e/river/projects/gallery/").content.decode()
    assert f'<a href="{address}#suggestions-title">1 suggestion</a>' in card
    assert f'<a href="{address}#origin-1">2 findings</a>' in card
    assert "hazard<" not in card
    # Who may not read them hears how many there were, and is led nowhere.
    provider = create_organisation(name="Provider", kind="PROVIDER", at=NOW)
    since = date(2020, 1, 1)
    give_grant(
        actor=river.actor(Role.MANAGER),
        organisation_id=provider.pk,
        data_class=DataClass.IMPROVEMENT,
        from_date=since,
        to_date=date(2099, 1, 1),
        at=NOW,
    )
    guest = Client()
    guest.force_login(trainer := river.user("tomas"))
    add_organisation_member(
        user_id=trainer.pk, organisation_id=provider.pk, role=Role.TRAINER, from_date=since
    )
    told = guest.get("/e/river/projects/gallery/").content.decode()
    assert "1 suggestion · 2 findings" in told
    assert "#suggestions-title" not in told
