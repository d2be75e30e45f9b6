"""What counts as verified was looked at by a second person, and stops counting when that no longer holds."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import month_of
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import Refused
from fairfloor.projects.labels import saving_text
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.selectors import projects_to_verify
from fairfloor.projects.totals import brought_by
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in
from tests.projects.test_benefits import OWN, WHEN, chen, finished, stated, verified

pytestmark = pytest.mark.django_db
SAVING = {"saving": Decimal(1200), "saving_type": "RECURRING"}


def counted(day=TODAY):
    return figure("projects.savings_verified", month_of(day)).value


def finished_by_another(factory):
    """A project that neither Li Na nor Chen owns or finished."""
    zhou = person(factory, user_id=9, name="Zhou")
    project = project_in(factory, actor=zhou, day=TODAY - timedelta(days=5))
    return services.finish_project(actor=zhou, project_id=project.pk, check_result="Good.", **WHEN)


def correct(actor, project, **values):
    return services.correct_project(actor=actor, project_id=project.pk, reason="Bill.", **values, **WHEN)


def test_the_writer_of_an_amount_stays_its_writer_when_others_touch_the_title(river):
    with scope(river.id):
        benefit = stated(river, finished_by_another(river))
        change = {"benefit_id": benefit.pk, "own_currency": OWN, **WHEN}
        services.change_benefit(actor=chen(river), **change, title="Less yarn in the bin")
        with pytest.raises(Refused, match="OWN_BENEFIT"):
            services.verify_benefit(actor=person(river), benefit_id=benefit.pk, **WHEN)
        # Who touched words alone may look; who wrote a part of the amount may not.
        third = person(river, Role.MANAGER, user_id=3, name="Wu")
        services.change_benefit(actor=third, **change, months=5)
        for writer in (person(river), third):
            with pytest.raises(Refused, match="OWN_BENEFIT"):
                services.verify_benefit(actor=writer, benefit_id=benefit.pk, **WHEN)
        assert counted() == 0
        services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN)
        assert counted() == 1440


def test_who_wrote_only_what_is_wanted_may_look_at_what_was_found(river):
    with scope(river.id):
        benefit = stated(river, finished_by_another(river), actual=None, target=Decimal(800))
        third = person(river, Role.MANAGER, user_id=3, name="Wu")
        services.change_benefit(
            actor=third, benefit_id=benefit.pk, own_currency=OWN, actual=Decimal(600), **WHEN
        )
        with pytest.raises(Refused, match="OWN_BENEFIT"):
            services.verify_benefit(actor=third, benefit_id=benefit.pk, **WHEN)
        services.verify_benefit(actor=person(river), benefit_id=benefit.pk, **WHEN)
        assert counted() == 1800


def test_one_human_with_two_logins_is_one_person(river):
    with scope(river.id):
        again = person(river, Role.MANAGER, user_id=99, name=" li NA ")
        project = finished(river)
        benefit = stated(river, project)
        with pytest.raises(Refused, match="OWN_BENEFIT"):
            services.verify_benefit(actor=again, benefit_id=benefit.pk, **WHEN)
        with pytest.raises(Refused, match="OWN_WORK"):
            services.verify_project(actor=again, project_id=project.pk, **WHEN, **SAVING)
        assert projects_to_verify(again, TODAY) == []
        assert projects_to_verify(chen(river), TODAY) == [project]
        assert counted() == 0


def test_the_owner_raises_no_verified_saving_alone(river):
    with scope(river.id):
        project = finished(river)
        correct(person(river), project, cost=Decimal(200))
        services.verify_project(actor=chen(river), project_id=project.pk, **WHEN, **SAVING)
        for better in ({"saving": Decimal(9000)}, {"cost": Decimal(0)}, {"cost": None}):
            with pytest.raises(Refused, match="OWN_AMOUNT"):
                correct(person(river), project, **better)
        assert counted() == 1000
        # A bill that came late makes it less; and somebody else may put an amount right.
        correct(person(river), project, cost=Decimal(300), title="Guards")
        correct(chen(river), project, saving=Decimal(1500))
        assert counted() == 1200


def test_the_owner_lowers_no_cost_below_a_verified_benefit(river):
    with scope(river.id):
        project = finished(river)
        services.record_do(actor=person(river), project_id=project.pk, cost=Decimal(800), **WHEN)
        services.record_do(actor=person(river), project_id=project.pk, cost=Decimal(700), **WHEN)
        verified(river, project)
        with pytest.raises(Refused, match="OWN_AMOUNT"):
            services.record_do(actor=person(river), project_id=project.pk, cost=Decimal(1), **WHEN)
        assert counted() == 1100


def test_a_reopened_project_is_verified_anew(river):
    with scope(river.id):
        project = finished(river)
        benefit = verified(river, project)
        assert counted() == 1800
        act = {"actor": person(river), "project_id": project.pk, **WHEN}
        services.reopen_project(**act, reason="The writer says it is not fixed.")
        assert counted() == 0
        services.finish_project(**act)
        benefit.refresh_from_db()
        assert (benefit.verified_date, benefit.verified_by_name) == (None, "")
        assert counted() == 0
        services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN)
        assert counted() == 1800


def test_what_was_found_gone_no_longer_saves_a_whole_year(river):
    with scope(river.id):
        end = TODAY - timedelta(days=200)
        project = finished(river, day=end)
        correct(person(river), project, cost=Decimal(100))
        verified(river, project)  # 1800 in a year
        verified(river, project, title="Old machine sold", kind="ONE_OFF", actual=Decimal(500))
        assert counted(end) == 2200
        services.verify_project(actor=chen(river), project_id=project.pk, day=end, at=NOW)
        look = {"actor": chen(river), "project_id": project.pk, "at": NOW}
        services.record_visit(**look, day=end + timedelta(days=95), state="YES")
        assert counted(end) == 2200
        gone = services.record_visit(**look, day=TODAY, state="NO", words="The bin is back.")
        # Six of twelve months, and what was made once stays; the project is no longer one that lasts.
        assert counted(end) == 1300
        assert gone.status == "VERIFIED"
        assert brought_by(ImprovementProject.objects.get()).verified == 1300
        services.record_visit(**look, day=end + timedelta(days=370), state="YES")
        assert counted(end) == 2200


def test_what_is_found_in_place_again_and_again_stays_sustained(river):
    with scope(river.id):
        end = TODAY - timedelta(days=200)
        project = finished(river, day=end)
        services.verify_project(actor=chen(river), project_id=project.pk, day=end, at=NOW)
        look = {"actor": chen(river), "project_id": project.pk, "at": NOW, "state": "YES"}
        for days in (95, 185, 370):
            assert services.record_visit(**look, day=end + timedelta(days=days)).status == "SUSTAINED"


def test_visits_start_anew_with_a_new_end(river):
    with scope(river.id):
        end = TODAY - timedelta(days=200)
        project = finished(river, day=end)
        look = {"actor": chen(river), "project_id": project.pk, "at": NOW}
        services.record_visit(**look, day=TODAY, state="NO", words="Gone.")
        act = {"actor": person(river), "project_id": project.pk, **WHEN}
        services.reopen_project(**act, reason="Gone.")
        services.finish_project(**act)
        verified(river, project)
        assert counted() == 1800
        services.record_visit(**look, day=TODAY + timedelta(days=95), state="NO", words="Again.")
        services.record_visit(**look, day=TODAY + timedelta(days=185), state="NO", words="Still.")
        assert counted() == 450


def test_a_register_s_saving_found_gone_counts_for_its_months(river):
    with scope(river.id):
        end = TODAY - timedelta(days=100)
        project = finished(river, day=end)
        services.verify_project(actor=chen(river), project_id=project.pk, day=end, at=NOW, **SAVING)
        services.record_visit(
            actor=chen(river), project_id=project.pk, state="NO", words="Nobody does it.", **WHEN
        )
        assert counted(end) == 300


def test_a_benefit_is_a_part_of_its_like(river):
    with scope(river.id):
        project, other = finished(river), finished(river, title="Other")
        noise = stated(river, project, title="Quieter", unit="dB", kind="ONE_OFF", actual=Decimal(9))
        with pytest.raises(Refused, match="PART_OF_OTHER"):
            stated(river, project, part_of_id=noise.pk)
        whole = stated(river, project)
        # The same yarn claimed by two projects counts with one of them.
        part = stated(river, other, part_of_id=whole.pk)
        for benefit in (whole, part):
            services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN)
        assert counted() == 1800
        unverified = {"benefit_id": whole.pk, "own_currency": OWN, **WHEN}
        services.unverify_benefit(actor=chen(river), benefit_id=whole.pk, reason="x", **WHEN)
        with pytest.raises(Refused, match="PART_OF_OTHER"):
            services.change_benefit(actor=person(river), **unverified, unit="kg")


def test_the_form_offers_what_another_project_claims_already(river, hill, client):
    with scope(hill.id):
        stated(hill, finished(hill, title="Theirs"), title="Hill yarn")
    with scope(river.id):
        whole = stated(river, finished(river, title="Cones"), title="Yarn kept")
        project = finished(river, title="Bins")
    client.force_login(river.user("lina", Role.TEAM_SECRETARY))
    new = f"/e/river/projects/{project.code}/benefits/new/"
    shown = client.get(new).content.decode()
    assert "Yarn kept · Cones" in shown
    assert "Hill yarn" not in shown
    fields = {"title": "Yarn", "kind": "RECURRING", "months": "4", "actual": "600", "part_of": whole.pk}
    assert client.post(new, fields).status_code == 303
    with scope(river.id):
        assert project.benefits.get().part_of_id == whole.pk


def test_three_suggestions_behind_one_project_do_not_make_it_three_savings(river):
    from tests.projects.builders import suggestion_in

    with scope(river.id):
        ideas = [suggestion_in(river, f"Idea {n}", str(n) * 32).pk for n in range(3)]
        project = project_in(river, day=TODAY - timedelta(days=5), suggestion_ids=ideas)
        services.finish_project(
            actor=person(river), project_id=project.pk, check_result="Good.", answer="Done.", **WHEN
        )
        verified(river, project)
        assert counted() == 1800
        assert figure("projects.completed", month_of(TODAY)).value == 1


def test_the_words_say_no_more_than_the_figure_counts(river):
    with scope(river.id):
        project = finished(river, day=TODAY - timedelta(days=100))
        services.record_check(actor=person(river), project_id=project.pk, **SAVING, **WHEN)
        assert saving_text(ImprovementProject.objects.get(), OWN).endswith("not verified yet")
        services.verify_project(actor=chen(river), project_id=project.pk, **WHEN, **SAVING)
        assert saving_text(ImprovementProject.objects.get(), OWN).endswith("every year, verified")
        services.record_visit(
            actor=chen(river), project_id=project.pk, state="NO", words="Nobody does it.", **WHEN
        )
        assert "later found gone" in saving_text(ImprovementProject.objects.get(), OWN)
        # Written one by one, benefits take the place of the saving: first nothing is verified, then 3 of 12 months.
        benefit = stated(river, project)
        assert saving_text(ImprovementProject.objects.get(), OWN) == ""
        assert counted(TODAY - timedelta(days=100)) == 0
        services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN)
        assert saving_text(ImprovementProject.objects.get(), OWN) == "450 CNY in a year, verified"
        assert counted(TODAY - timedelta(days=100)) == 450
