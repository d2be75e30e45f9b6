"""What projects bring: stated, found, verified by somebody else, counted once; and whether it lasts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import facts_behind, figure
from fairfloor.measure.cells import month_of
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import MoveNotAllowed, Refused
from fairfloor.projects.models import Benefit
from fairfloor.projects.waiting import waiting
from fairfloor.projects.workflow import months_after, visit_due
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in

pytestmark = pytest.mark.django_db
WHEN = {"day": TODAY, "at": NOW}
OWN = "CNY"
YARN = {"title": "Less yarn thrown away", "kind": "RECURRING", "months": 4, "actual": Decimal(600)}


def chen(factory):
    return person(factory, Role.MANAGER, user_id=2, name="Chen")


def finished(factory, day=TODAY, **values):
    project = project_in(factory, day=day - timedelta(days=5), **values)
    return services.finish_project(
        actor=person(factory), project_id=project.pk, check_result="Good.", day=day, at=NOW
    )


def stated(factory, project, **values):
    return services.state_benefit(
        actor=person(factory), project_id=project.pk, own_currency=OWN, **WHEN, **{**YARN, **values}
    )


def verified(factory, project, **values):
    benefit = stated(factory, project, **values)
    return services.verify_benefit(actor=chen(factory), benefit_id=benefit.pk, **WHEN)


def test_only_verified_benefits_count_once_and_less_the_cost(river, hill):
    with scope(river.id):
        project = finished(river)
        services.correct_project(
            actor=person(river), project_id=project.pk, reason="Bill.", cost=Decimal(800), **WHEN
        )
        whole = verified(river, project)
        verified(river, project, title="Of it: cones", actual=Decimal(200), part_of_id=whole.pk)
        verified(river, project, title="Old machine sold", kind="ONE_OFF", actual=Decimal(500))
        stated(river, project, title="Not looked at yet", actual=Decimal(9999))
        verified(river, project, title="Quieter", unit="dB", kind="ONE_OFF", actual=Decimal(12))
        month = month_of(TODAY)
        assert figure("projects.savings_verified", month).value == 1500
        [(_code, fact)] = [("", one) for one in facts_behind("projects.savings_verified", month, 10)]
        assert fact.ref.key == project.code
    with scope(hill.id):
        assert figure("projects.savings_verified", month_of(TODAY)).value == 0


def test_a_saving_of_a_register_counts_when_its_project_is_verified(river):
    with scope(river.id):
        project = finished(river)
        saving = {"saving": Decimal(1200), "saving_type": "RECURRING"}
        services.record_check(actor=person(river), project_id=project.pk, **saving, **WHEN)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 0
        services.verify_project(actor=chen(river), project_id=project.pk, **saving, **WHEN)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 1200
        # Written one by one, the benefits take its place; nothing counts twice.
        verified(river, project)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 1800


def test_another_currency_keeps_the_rate_of_its_day(river):
    with scope(river.id):
        project = finished(river)
        with pytest.raises(Refused, match="RATE_MISSING"):
            stated(river, project, currency="USD")
        with pytest.raises(Refused, match="RATE_IN_FUTURE"):
            stated(river, project, currency="usd", rate=Decimal(7), rate_date=TODAY + timedelta(days=1))
        assert not Benefit.objects.exists()
        verified(river, project, currency="usd", rate=Decimal("7.1"), rate_date=TODAY)
        assert figure("projects.savings_verified", month_of(TODAY)).value == Decimal("12780")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"title": " "}, "BENEFIT_TITLE_MISSING"),
        ({"kind": "SOMETIMES"}, "SAVING_TYPE_MISSING"),
        ({"months": None}, "MONTHS_MISSING"),
        ({"months": 61}, "MONTHS_MISSING"),
        ({"actual": None}, "AMOUNT_MISSING"),
        ({"actual": Decimal(-1)}, "AMOUNT_OUT_OF_RANGE"),
        ({"target": Decimal(10) ** 12}, "AMOUNT_OUT_OF_RANGE"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_kept(river, wrong, reason):
    with scope(river.id):
        project = finished(river)
        with pytest.raises(Refused, match=reason):
            stated(river, project, **wrong)
        assert not Benefit.objects.exists()


def test_nobody_verifies_their_own_amount_or_one_that_was_not_found(river):
    with scope(river.id):
        project = finished(river, owner_user_id=7)
        benefit = stated(river, project)
        for own in (person(river, Role.MANAGER), person(river, Role.MANAGER, user_id=7, name="Owner")):
            with pytest.raises(Refused, match="OWN_BENEFIT"):
                services.verify_benefit(actor=own, benefit_id=benefit.pk, **WHEN)
        with pytest.raises(Forbidden):
            services.verify_benefit(
                actor=person(river, Role.TEAM_MEMBER, user_id=3), benefit_id=benefit.pk, **WHEN
            )
        wanted = stated(river, project, actual=None, target=Decimal(5))
        with pytest.raises(Refused, match="ACTUAL_MISSING"):
            services.verify_benefit(actor=chen(river), benefit_id=wanted.pk, **WHEN)
        assert not Benefit.objects.exclude(verified_date=None).exists()
        assert (
            services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN).verified_date == TODAY
        )


def test_a_verified_amount_stays_until_the_verification_is_taken_back(river):
    with scope(river.id):
        project = finished(river)
        benefit = verified(river, project)
        change = {"actor": person(river), "benefit_id": benefit.pk, "own_currency": OWN, **WHEN}
        with pytest.raises(Refused, match="BENEFIT_VERIFIED"):
            services.change_benefit(**change, actual=Decimal(9))
        with pytest.raises(Refused, match="BENEFIT_VERIFIED"):
            services.remove_benefit(actor=person(river), benefit_id=benefit.pk, reason="x", **WHEN)
        with pytest.raises(Refused, match="REASON_MISSING"):
            services.unverify_benefit(actor=chen(river), benefit_id=benefit.pk, reason=" ", **WHEN)
        services.unverify_benefit(actor=chen(river), benefit_id=benefit.pk, reason="Counted twice.", **WHEN)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 0
        with pytest.raises(StaleEdit):
            services.change_benefit(**change, version=1, actual=Decimal(9))
        services.change_benefit(**change, version=3, actual=Decimal(9))
        services.remove_benefit(actor=person(river), benefit_id=benefit.pk, reason="Wrong.", **WHEN)
        told = [event.verb for event in audit.story_of(project) if event.verb.startswith("benefit.")]
        assert sorted(told) == sorted(
            f"benefit.{v}" for v in ("stated", "verified", "unverified", "changed", "removed")
        )


def test_a_part_has_one_whole(river):
    with scope(river.id):
        project = finished(river)
        whole = stated(river, project)
        part = stated(river, project, part_of_id=whole.pk)
        with pytest.raises(Refused, match="PART_OF_PART"):
            stated(river, project, part_of_id=part.pk)
        with pytest.raises(Refused, match="HAS_PARTS"):
            services.remove_benefit(actor=person(river), benefit_id=whole.pk, reason="x", **WHEN)


def test_visits_are_due_after_three_six_and_twelve_months():
    end = date(2026, 1, 31)
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert [visit_due(end, [], months_after(end, m)) for m in (2, 3, 5, 6, 11, 12, 20)] == [
        None, 3, 3, 6, 6, 12, 12,
    ]  # fmt: skip
    assert visit_due(end, [3], months_after(end, 5)) is None
    assert visit_due(end, [6], months_after(end, 12)) == 12


def test_a_look_back_is_asked_for_recorded_once_and_sustains_a_verified_project(river):
    with scope(river.id):
        end = TODAY - timedelta(days=100)
        project = finished(river, day=end)
        services.verify_project(actor=chen(river), project_id=project.pk, day=end, at=NOW)
        assert "still in place" in next(
            w.text for w in waiting(chen(river), TODAY) if w.url_name == "projects:visit"
        )
        look = {"actor": chen(river), "project_id": project.pk, **WHEN}
        with pytest.raises(Refused, match="WORDS_MISSING"):
            services.record_visit(**look, state="NO")
        with pytest.raises(Refused, match="STATE_MISSING"):
            services.record_visit(**look, state="MAYBE")
        assert services.record_visit(**look, state="YES").status == "SUSTAINED"
        with pytest.raises(Refused, match="VISIT_NOT_DUE"):
            services.record_visit(**look, state="YES")
        assert not [w for w in waiting(chen(river), TODAY) if w.url_name == "projects:visit"]
        later = {**look, "day": TODAY + timedelta(days=100)}
        services.record_visit(**later, state="PARTLY", words="One guard is gone.")
        assert [visit.after_months for visit in project.visits.order_by("after_months")] == [3, 6]


def test_an_unfinished_project_is_not_visited(river):
    with scope(river.id):
        project = project_in(river)
        with pytest.raises(MoveNotAllowed):
            services.record_visit(actor=chen(river), project_id=project.pk, state="YES", **WHEN)


def test_the_pages_write_verify_and_tell(river, hill, client):
    with scope(river.id):
        project = finished(river)
    client.force_login(river.user("lina", Role.TEAM_SECRETARY))
    new = f"/e/river/projects/{project.code}/benefits/new/"
    assert client.get(new).status_code == 200
    refused = client.post(new, {"title": "Yarn", "kind": "RECURRING", "months": "", "actual": "600"})
    assert refused.status_code == 422
    assert "how many months" in refused.content.decode()
    sent = client.post(new, {"title": "Yarn", "kind": "RECURRING", "months": "4", "actual": "600"})
    assert sent.status_code == 303
    with scope(river.id):
        benefit = Benefit.objects.get()
    one = f"/e/river/projects/{project.code}/benefits/{benefit.code}/"
    assert client.get(one).status_code == 200
    own = client.post(f"{one}verify/", {"version": benefit.version})
    assert own.status_code == 422
    client.force_login(river.user("chen", Role.MANAGER))
    # Whoever confirms an amount sees it, and sees it again when taking that back.
    assert "600 in 4 months" in client.get(f"{one}verify/").content.decode()
    assert client.post(f"{one}verify/", {"version": 99}).status_code == 409
    assert client.post(f"{one}verify/", {"version": benefit.version}).status_code == 303
    shown = client.get(sent.url).content.decode()
    assert "Verified, in a year and less the cost" in shown
    assert "600 in 4 months" in client.get(f"{one}unverify/").content.decode()
    client.force_login(hill.user("wu", Role.MANAGER))
    assert client.get(one.replace("river", "hill")).status_code == 404


def test_causes_trials_people_and_other_places(river, hill, client):
    with scope(river.id):
        project = project_in(river, department_code="KNT")
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        with pytest.raises(Refused, match="TOO_MANY_WHYS"):
            services.name_causes(**do, whys="\n".join("abcdef"))
        services.name_causes(
            **do, machine=" Guard too short \n\n", whys="It slips\nIt is worn", root="No check."
        )
        services.name_causes(**do, people="New people do not know")
        with pytest.raises(Refused, match="LEARNED_MISSING"):
            services.record_trial(**do, what="A longer guard", has_worked=False)
        with pytest.raises(Refused, match="TRIAL_IN_FUTURE"):
            services.record_trial(**do, what="A longer guard", trial_date=TODAY + timedelta(days=1))
        with pytest.raises(Refused, match="TRIAL_MISSING"):
            services.record_trial(**do, what=" ")
        services.record_trial(**do, what="A longer guard", has_worked=False, learned="It hides the thread.")
        with pytest.raises(Refused, match="UNKNOWN_PERSON"):
            services.set_members(**do, worker_codes=["nobody"])
        with pytest.raises(MoveNotAllowed):
            services.say_where_else(**do, department_code="KNT")
    client.force_login(river.user("lina", Role.TEAM_SECRETARY))
    base = f"/e/river/projects/{project.code}/"
    for act in ("causes", "trial", "members", "elsewhere"):
        assert client.get(f"{base}{act}/").status_code in {200, 302}
    assert "Guard too short" in client.get(f"{base}causes/").content.decode()
    shown = client.get(base).content.decode()
    assert all(
        words in shown for words in ("Guard too short", "New people do not know", "No check.", "It hides the")
    )
    sent = client.post(f"{base}trial/", {"version": "", "what": "Paint it red", "has_worked": "yes"})
    assert sent.status_code == 303
    assert "It worked" in client.get(base).content.decode()
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    assert client.post(f"{base}trial/", {"what": "x"}).status_code == 403
    client.force_login(hill.user("wu", Role.MANAGER))
    assert client.get(base.replace("river", "hill") + "causes/").status_code == 404


def test_a_finished_improvement_can_work_elsewhere(river):
    with scope(river.id):
        from fairfloor.organisations.models import Department

        for code in ("KNT", "PAK"):
            Department.objects.get_or_create(code=code, defaults={"name": code})
        project = finished(river, department_code="KNT")
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        with pytest.raises(Refused, match="OWN_DEPARTMENT"):
            services.say_where_else(**do, department_code="KNT")
        with pytest.raises(Refused, match="UNKNOWN_DEPARTMENT"):
            services.say_where_else(**do, department_code="MOON")
        services.say_where_else(**do, department_code="PAK", words="With lower tables.")
        services.say_where_else(**do, department_code="PAK", is_adopted=True)
        assert [(s.department_code, s.is_adopted) for s in project.spreads.all()] == [("PAK", True)]
