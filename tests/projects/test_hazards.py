"""Hazards behind a project: chosen at the start, told the outcome, still for safety to verify."""

import pytest
from django.urls import reverse

from fairfloor.core import audit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import MoveNotAllowed, Refused
from fairfloor.projects.models import ImprovementProject, ProjectHazard
from fairfloor.safety.public import Hazard, Status, report_hazard
from fairfloor.safety.services import reject_hazard
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in

pytestmark = pytest.mark.django_db
WHEN = {"day": TODAY, "at": NOW}


def hazard_in(factory, description="The guard of line 2 is off") -> Hazard:
    return report_hazard(
        actor=person(factory, Role.SAFETY_OFFICER, user_id=9),
        description=description,
        category="",
        **WHEN,
    )


def test_a_project_names_its_hazards_and_tells_them_the_outcome(river):
    with scope(river.id):
        one, two = hazard_in(river), hazard_in(river, "No lamp above the knife")
        member = person(river, Role.TEAM_MEMBER, user_id=7)
        project = project_in(river, actor=member, hazard_ids=[one.pk])
        services.link_hazards(actor=member, project_id=project.pk, hazard_ids=[one.pk, two.pk], **WHEN)
        assert ProjectHazard.objects.filter(project=project).count() == 2
        services.finish_project(actor=member, project_id=project.pk, check_result="Guards on.", **WHEN)
        for hazard in (one, two):
            hazard.refresh_from_db()
            assert hazard.status == Status.OPEN
            events = [event for event in audit.story_of(hazard) if "project" in event.verb]
            told = {event.verb: event.detail["reason"] for event in events}
            assert told == {
                "hazard.project_started": f"{project.code} · {project.title}",
                "hazard.project_finished": f"{project.code} · Guards on.",
            }
        with pytest.raises(MoveNotAllowed):
            services.link_hazards(actor=member, project_id=project.pk, hazard_ids=[one.pk], **WHEN)


def test_what_is_no_hazard_or_another_factory_s_is_refused(river, hill):
    with scope(hill.id):
        foreign = hazard_in(hill)
    with scope(river.id):
        hazard = hazard_in(river)
        officer = person(river, Role.SAFETY_OFFICER, user_id=9)
        reject_hazard(actor=officer, hazard_id=hazard.pk, reason="A shadow.", at=NOW)
        with pytest.raises(Refused) as refused:
            project_in(river, hazard_ids=[hazard.pk])
        assert refused.value.reason == "HAZARD_CLOSED"
        with pytest.raises(Hazard.DoesNotExist):
            project_in(river, hazard_ids=[foreign.pk])


def test_from_the_page_of_a_hazard_to_a_project(river, hill, client):
    with scope(river.id):
        hazard, later = hazard_in(river), hazard_in(river, "The floor is wet")
    with scope(hill.id):
        foreign = hazard_in(hill, "Hill's own danger")
    client.force_login(river.user("li", Role.TEAM_SECRETARY))
    shown = client.get(
        reverse("safety:hazard", kwargs={"slug": "river", "code": hazard.code})
    ).content.decode()
    start = f"{reverse('projects:new', kwargs={'slug': 'river'})}?hazard={hazard.code}"
    assert start in shown
    assert hazard.code in client.get(start).content.decode()
    stolen = client.post(start, {"title": "Guards", "hazard_ids": [foreign.pk]})
    assert stolen.status_code == 422
    assert client.post(start, {"title": "Guards", "hazard_ids": [hazard.pk]}).status_code == 303
    with scope(river.id):
        project = ImprovementProject.objects.get()
    page = reverse("projects:detail", kwargs={"slug": "river", "code": project.code})
    assert hazard.description in client.get(page).content.decode()
    added = client.post(f"{page}hazards/", {"hazard_ids": [later.pk], "version": project.version})
    assert added.status_code == 303
    stale = client.post(f"{page}hazards/", {"hazard_ids": [later.pk], "version": project.version})
    assert stale.status_code == 409
    shown = client.get(page).content.decode()
    assert later.description in shown
    assert foreign.description not in shown
