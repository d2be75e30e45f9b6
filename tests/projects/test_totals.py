"""What all projects bring: the same verified sum as the figure, the rest beside it and never in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import month_of
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.totals import brought_by, total
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in
from tests.projects.test_benefits import finished, stated, verified

pytestmark = pytest.mark.django_db


def rich(factory):
    """600 in four months verified with its part, another found only, cost 800: 1800 - 800, 1200 found, 2400 wanted."""
    project = finished(factory, title="Less yarn")
    services.correct_project(
        actor=person(factory), project_id=project.pk, reason="Bill.", cost=Decimal(800), day=TODAY, at=NOW
    )
    whole = verified(factory, project, target=Decimal(800))
    verified(factory, project, title="Of it: cones", actual=Decimal(200), part_of_id=whole.pk)
    stated(factory, project, title="Fewer rejects", months=6, actual=Decimal(600))
    stated(factory, project, title="Quieter", unit="dB", kind="ONE_OFF", actual=Decimal(9), target=Decimal(9))
    project.refresh_from_db()
    return project


def test_each_amount_counts_once_in_its_place(river, hill):
    with scope(river.id):
        project = rich(river)
        brought = brought_by(project)
        assert (brought.verified, brought.found, brought.wanted) == (1000, 1200, 2400)
        plain = finished(river, title="Tidy shelves")
        assert brought_by(plain).verified is None
        assert total(ImprovementProject.objects.all()) == brought
        assert figure("projects.savings_verified", month_of(TODAY)).value == brought.verified
    with scope(hill.id):
        assert total(ImprovementProject.objects.all()).verified is None


def test_a_saving_from_a_register_is_found_until_its_project_is_verified(river):
    with scope(river.id):
        project = finished(river)
        ImprovementProject.objects.filter(pk=project.pk).update(saving=Decimal(300), saving_type="ONE_OFF")
        project.refresh_from_db()
        assert (brought_by(project).verified, brought_by(project).found) == (None, 300)
        project.status = "VERIFIED"
        assert (brought_by(project).verified, brought_by(project).found) == (300, 0)


def test_the_page_shows_the_period_asked_for_and_only_this_factory(river, hill, client):
    with scope(river.id):
        rich(river)
        running = project_in(river, title="Still running")
        stated(river, running, actual=None, target=Decimal(100))
    with scope(hill.id):
        verified(hill, finished(hill, title="Hill's own"), actual=Decimal(77777))
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    url = reverse("projects:benefits", kwargs={"slug": "river"})
    shown = client.get(url, {"period": "2026"}).content.decode()
    for words in ("Less yarn", "1,000", "1,200", "2,400", "300"):
        assert words in shown
    assert "Still running" not in shown
    assert "Hill" not in shown
    assert client.get(url, {"period": "nonsense"}).status_code == 200
    assert client.get(url, {"export": "xlsx"}).headers["Content-Type"].startswith("application/vnd")
    assert client.get(reverse("projects:benefits", kwargs={"slug": "hill"})).status_code == 404


def test_another_year_holds_only_its_own(river, client):
    with scope(river.id):
        rich(river)
        verified(river, finished(river, TODAY - timedelta(days=365), title="Last year's"))
    client.force_login(river.user("li", Role.TEAM_SECRETARY))
    url = reverse("projects:benefits", kwargs={"slug": "river"})
    shown = client.get(url, {"period": "2025"}).content.decode()
    assert "Last year&#x27;s" in shown
    assert "Less yarn" not in shown
