"""Which projects count, in which period and under which indicator."""

from collections import Counter
from datetime import date, timedelta

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import Period, month_of
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.figures import project_flows
from tests.cast import NOW
from tests.projects.builders import person, project_in

pytestmark = pytest.mark.django_db
MARCH = month_of(date(2026, 3, 1))


def completed(factory, day, *, tags=(), verified=False):
    project = project_in(factory, day=day - timedelta(days=5), tags=tags)
    done = {"project_id": project.pk, "day": day, "at": NOW}
    services.finish_project(actor=person(factory), check_result="Good.", **done)
    if verified:
        services.verify_project(actor=person(factory, Role.MANAGER, user_id=2, name="Chen"), **done)
    return project


def counts(period):
    return dict(Counter(code for code, _fact in project_flows(period)))


def test_completed_verified_and_tagged_projects_count_by_finish_day(river, hill):
    with scope(hill.id):
        completed(hill, date(2026, 3, 5), tags=["gender_practice"], verified=True)
    with scope(river.id):
        completed(river, date(2026, 3, 1), tags=["5S", "gender_practice"])
        completed(river, date(2026, 3, 15), tags=["women_facility", "gender_practice"], verified=True)
        completed(river, date(2026, 3, 31), tags=["safety"])
        completed(river, date(2026, 4, 1), tags=["gender_practice"])
        project_in(river, day=date(2026, 3, 2), tags=["gender_practice"])
        assert counts(MARCH) == {
            "projects.completed": 3,
            "projects.verified": 1,
            "projects.gender_practices": 2,
            "projects.women_facilities": 1,
        }
        assert counts(Period(date(2026, 3, 1), date(2026, 3, 14))) == {
            "projects.completed": 1,
            "projects.gender_practices": 1,
        }
        assert counts(Period(date(2026, 3, 16), date(2026, 4, 15)))["projects.completed"] == 2


def test_the_figure_follows_a_reopened_corrected_or_withdrawn_project(river, hill):
    half = Period(date(2026, 3, 10), date(2026, 3, 20))
    with scope(river.id):
        one, two, three = (completed(river, date(2026, 3, 15)) for _ in range(3))
        assert [figure("projects.completed", period).value for period in (MARCH, half)] == [3, 3]
        do = {"actor": person(river), "reason": "Wrong.", "day": date(2026, 5, 2), "at": NOW}
        services.reopen_project(project_id=one.pk, **do)
        services.correct_project(project_id=two.pk, finish_date=date(2026, 4, 2), **do)
        services.withdraw_project(project_id=three.pk, **do)
        assert [figure("projects.completed", period).value for period in (MARCH, half)] == [0, 0]
        assert figure("projects.completed", month_of(date(2026, 4, 1))).value == 1
    with scope(hill.id):
        assert figure("projects.completed", MARCH).value == 0


def test_a_fact_leads_back_to_its_project(river):
    with scope(river.id):
        project = completed(river, date(2026, 3, 5))
        [(code, fact)] = project_flows(MARCH)
        assert (code, fact.day) == ("projects.completed", date(2026, 3, 5))
        assert (fact.ref.url_name, fact.ref.key, fact.ref.label) == (
            "projects:detail",
            project.code,
            project.title,
        )
