"""The life of a project: what may be done, by whom, and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.models import StaleMark
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import MoveNotAllowed, Refused, StaleEdit
from fairfloor.projects.models import ImprovementProject, ProjectSuggestion
from fairfloor.projects.selectors import stale_projects, suggestions_behind
from fairfloor.projects.waiting import waiting
from fairfloor.projects.workflow import MOVES, Status, Step, may_move, next_step
from fairfloor.suggestions.public import Suggestion, confirm_outcome, merge_suggestion
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in, suggestion_in

pytestmark = pytest.mark.django_db
WHEN = {"day": TODAY, "at": NOW}


def finished_in(factory, **values):
    project = project_in(factory, **values)
    return services.finish_project(
        actor=person(factory), project_id=project.pk, check_result="No cuts since.", **WHEN
    )


def test_a_project_starts_in_its_own_factory_only(river, hill):
    with scope(river.id):
        project = project_in(
            river, department_code="KNT", module="WPC", tags=["safety", "5S"], problem="Cuts."
        )
        assert (project.status, project.start_date, project.tag_codes) == (
            "IN_PROGRESS",
            TODAY,
            ("safety", "5S"),
        )
        assert project.code.startswith("IP-")
        assert [event.verb for event in audit.story_of(project)] == ["project.started"]
    with scope(hill.id):
        assert not ImprovementProject.objects.exists()
        with pytest.raises(ImprovementProject.DoesNotExist):
            services.plan_project(actor=person(hill), project_id=project.pk, title="Taken over", **WHEN)


def test_only_the_team_starts_projects(river):
    with scope(river.id):
        for actor in (river.actor(Role.WORKER_REPRESENTATIVE), river.actor(Role.BUYER), river.worker):
            with pytest.raises(Forbidden):
                project_in(river, actor=actor)
        assert not ImprovementProject.objects.exists()
        assert project_in(river, actor=river.actor(Role.TEAM_MEMBER)).pk


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": "  "}, "TITLE_MISSING"),
        ({"due_date": TODAY - timedelta(days=1)}, "DUE_BEFORE_START"),
        ({"department_code": "ZZZ"}, "UNKNOWN_DEPARTMENT"),
        ({"module": "ZZZ"}, "UNKNOWN_MODULE"),
        ({"tags": ["safety", "zzz"]}, "UNKNOWN_TAG"),
    ],
)
def test_a_project_that_cannot_stand_is_not_started(river, values, reason):
    with scope(river.id):
        with pytest.raises(Refused) as refused:
            project_in(river, **values)
        assert refused.value.reason == reason
        assert not ImprovementProject.objects.exists()


def test_suggestions_behind_a_project_are_accepted_and_told_the_outcome(river):
    with scope(river.id):
        one, two = suggestion_in(river), suggestion_in(river, "Tape the cones.", "d" * 32)
        project = project_in(river, suggestion_ids=[one.pk, two.pk])
        for suggestion in (one, two):
            suggestion.refresh_from_db()
            assert (suggestion.status, suggestion.project_code) == ("ACCEPTED", project.code)
        services.finish_project(
            actor=person(river),
            project_id=project.pk,
            check_result="No cuts.",
            answer="Guards are on.",
            **WHEN,
        )
        one.refresh_from_db()
        assert one.status == "IMPLEMENTED"
        confirm_outcome(
            actor=river.worker, suggestion_id=one.pk, is_fixed=False, text="One is loose.", **WHEN
        )
        one.refresh_from_db()
        assert one.status == "ACCEPTED"
        services.reopen_project(
            actor=person(river), project_id=project.pk, reason="A guard is loose.", **WHEN
        )
        project.refresh_from_db()
        assert (project.status, project.finish_date, project.check_result) == (
            "IN_PROGRESS",
            None,
            "No cuts.",
        )
        services.finish_project(actor=person(river), project_id=project.pk, **WHEN)
        one.refresh_from_db()
        assert one.status == "IMPLEMENTED"


def test_a_suggestion_that_joined_another_cannot_be_linked_and_nothing_is_kept(river, hill):
    with scope(hill.id):
        foreign = suggestion_in(hill)
    with scope(river.id):
        one, two = suggestion_in(river), suggestion_in(river, "The same.", "d" * 32)
        merge_suggestion(actor=person(river), suggestion_id=two.pk, into_id=one.pk, **WHEN)
        with pytest.raises(Refused) as refused:
            project_in(river, suggestion_ids=[one.pk, two.pk])
        assert refused.value.reason == "SUGGESTION_CLOSED"
        with pytest.raises(Suggestion.DoesNotExist):
            project_in(river, suggestion_ids=[foreign.pk])
        assert not ImprovementProject.objects.exists()
        assert not ProjectSuggestion.objects.exists()
        one.refresh_from_db()
        assert one.status == "NEW"


def test_one_suggestion_can_stand_behind_two_projects_and_is_linked_once_to_each(river):
    with scope(river.id):
        suggestion = suggestion_in(river)
        first = project_in(river, suggestion_ids=[suggestion.pk])
        second = project_in(river, title="Second", suggestion_ids=[suggestion.pk])
        services.link_suggestions(
            actor=person(river), project_id=first.pk, suggestion_ids=[suggestion.pk], **WHEN
        )
        assert ProjectSuggestion.objects.count() == 2
        assert list(suggestions_behind(first)) == list(suggestions_behind(second)) == [suggestion]


def test_the_four_steps_lead_one_after_the_other(river):
    with scope(river.id):
        project = project_in(river, is_idea=True)
        assert (project.status, project.start_date, next_step(project)) == ("IDEA", None, Step.START)
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        services.approve_project(**do)
        project = services.begin_project(**do)
        assert (project.status, project.start_date) == ("IN_PROGRESS", TODAY)
        seen = [next_step(project)]
        seen.append(
            next_step(services.plan_project(**do, problem="Cuts.", target="None.", cost=Decimal("50")))
        )
        seen.append(next_step(services.record_do(**do, measures="Guards.", cost=Decimal("70"))))
        seen.append(next_step(services.record_check(**do, check_result="None since.", saving=None)))
        seen.append(next_step(services.record_act(**do, standard="Guards on every knife.")))
        assert seen == [Step.PLAN, Step.DO, Step.CHECK, Step.ACT, Step.FINISH]
        assert next_step(services.finish_project(**do)) is Step.VERIFY
        verbs = [event.verb.removeprefix("project.") for event in audit.story_of(project)]
        assert sorted(verbs) == sorted(
            ["noted", "approved", "begun", "planned", "done_recorded", "checked", "acted", "finished"]
        )


def test_a_project_is_not_done_without_a_result_or_a_reason(river):
    with scope(river.id):
        project = project_in(river)
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        with pytest.raises(Refused) as refused:
            services.finish_project(**do, check_result="  ")
        assert refused.value.reason == "CHECK_MISSING"
        done = services.finish_project(**do, no_check_reason="The line was closed.")
        assert (done.status, done.finish_date, done.finished_by_name) == ("DONE", TODAY, "Li Na")


def test_a_finish_before_the_start_or_in_the_future_is_refused(river):
    with scope(river.id):
        project = project_in(river)
        do = {"actor": person(river), "project_id": project.pk, "check_result": "Good.", **WHEN}
        for finish, reason in ((-1, "FINISH_BEFORE_START"), (1, "FINISH_IN_FUTURE")):
            with pytest.raises(Refused) as refused:
                services.finish_project(**do, finish_date=TODAY + timedelta(days=finish))
            assert refused.value.reason == reason
        project.refresh_from_db()
        assert (project.status, project.version) == ("IN_PROGRESS", 1)


def test_somebody_else_verifies_and_fixes_the_saving(river):
    with scope(river.id):
        project = finished_in(river, owner_user_id=3, owner_name="Wang Wei")
        verify = {"project_id": project.pk, "saving": Decimal("1200"), "saving_type": "RECURRING", **WHEN}
        for own in (person(river, user_id=1), person(river, Role.MANAGER, user_id=3)):
            with pytest.raises(Refused) as refused:
                services.verify_project(actor=own, **verify)
            assert refused.value.reason == "OWN_WORK"
        with pytest.raises(Forbidden):
            services.verify_project(actor=person(river, Role.TEAM_MEMBER, user_id=4), **verify)
        manager = person(river, Role.MANAGER, user_id=5, name="Chen")
        done = services.verify_project(actor=manager, **verify)
        assert (done.status, done.saving, done.verified_by_name) == ("VERIFIED", Decimal("1200"), "Chen")
        with pytest.raises(MoveNotAllowed):
            services.record_check(actor=person(river), project_id=project.pk, saving=Decimal("9"), **WHEN)
        assert services.sustain_project(actor=manager, project_id=project.pk, **WHEN).status == "SUSTAINED"


def test_an_owner_known_by_name_only_cannot_verify(river):
    with scope(river.id):
        project = finished_in(river, owner_name="Chen Hui")
        with pytest.raises(Refused):
            services.verify_project(
                actor=person(river, Role.MANAGER, user_id=5, name="chen hui "), project_id=project.pk, **WHEN
            )


def test_a_saving_needs_a_kind_and_no_amount_is_negative(river):
    with scope(river.id):
        project = project_in(river)
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        for values, reason in (
            ({"saving": Decimal(5)}, "SAVING_TYPE_MISSING"),
            ({"saving": Decimal(-5), "saving_type": "ONE_OFF"}, "AMOUNT_OUT_OF_RANGE"),
            ({"saving": Decimal(5), "saving_type": "DAILY"}, "UNKNOWN_SAVING_TYPE"),
        ):
            with pytest.raises(Refused) as refused:
                services.record_check(**do, **values)
            assert refused.value.reason == reason
        assert services.record_check(**do, saving=Decimal(5), saving_type="ONE_OFF").saving == 5
        with pytest.raises(TypeError):
            services.record_act(**do, status="VERIFIED")


def test_a_form_that_saw_an_older_version_is_stale(river):
    with scope(river.id):
        project = project_in(river)
        do = {"project_id": project.pk, "version": 1, **WHEN}
        services.plan_project(actor=person(river), title="First", **do)
        with pytest.raises(StaleEdit) as stale:
            services.plan_project(actor=person(river, user_id=2), title="Second", **do)
        assert stale.value.project.title == "First"
        with pytest.raises(StaleEdit):
            services.cancel_project(actor=person(river, user_id=2), reason="No money.", **do)
        same = services.plan_project(
            actor=person(river), project_id=project.pk, version=2, title="First", **WHEN
        )
        assert same.version == 2  # nothing changed, nothing recorded
        assert len(audit.story_of(project)) == 2


def test_cancel_withdraw_and_correct_need_a_reason_and_leave_a_trace(river):
    with scope(river.id):
        project = finished_in(river)
        secretary, member = person(river), person(river, Role.TEAM_MEMBER, user_id=2)
        do = {"project_id": project.pk, **WHEN}
        with pytest.raises(MoveNotAllowed):
            services.cancel_project(actor=secretary, reason="Too late.", **do)
        for verb in (services.withdraw_project, services.correct_project):
            with pytest.raises(Forbidden):
                verb(actor=member, reason="Wrong.", **do)
            with pytest.raises(Refused):
                verb(actor=secretary, reason=" ", **do)
        earlier = TODAY - timedelta(days=40)
        services.correct_project(
            actor=secretary, reason="Typed wrong.", start_date=earlier, finish_date=earlier, **do
        )
        told = next(event for event in audit.story_of(project) if event.verb == "project.corrected")
        assert told.detail["before"]["finish_date"] == TODAY.isoformat()
        assert told.detail["reason"] == "Typed wrong."
        marked = set(StaleMark.objects.filter(supplier="projects").values_list("month_date", flat=True))
        assert marked == {TODAY.replace(day=1), earlier.replace(day=1)}
        with pytest.raises(Refused):
            services.correct_project(actor=secretary, reason="Oops.", finish_date=None, **do)
        assert services.withdraw_project(actor=secretary, reason="Entered twice.", **do).status == "WITHDRAWN"
        with pytest.raises(MoveNotAllowed):
            services.correct_project(actor=secretary, reason="Again.", title="Back", **do)


def test_every_status_but_the_withdrawn_can_be_left():
    assert set(MOVES) == set(Status)
    assert [status for status in Status if not MOVES[status]] == [Status.WITHDRAWN]
    assert may_move("DONE", "VERIFIED")
    assert not may_move("IN_PROGRESS", "VERIFIED")


def test_stale_projects_are_late_or_untouched(river, hill):
    with scope(hill.id):
        project_in(hill, due_date=TODAY)
    with scope(river.id):
        late = project_in(river, title="Late", due_date=TODAY + timedelta(days=2))
        project_in(river, title="Fresh", day=TODAY + timedelta(days=3))
        done = finished_in(river, due_date=TODAY)
        assert stale_projects(TODAY) == []
        assert stale_projects(TODAY + timedelta(days=3)) == [late]
        titles = {project.title for project in stale_projects(TODAY + timedelta(days=31))}
        assert titles == {"Late"}
        assert done.title not in titles
        assert len(stale_projects(TODAY + timedelta(days=40))) == 2


def test_what_waits_for_owner_and_verifier(river, hill):
    with scope(hill.id):
        finished_in(hill)
    with scope(river.id):
        owner = person(river, Role.TEAM_MEMBER, user_id=7)
        project = project_in(river, owner_user_id=7, due_date=TODAY)
        assert [item.is_late for item in waiting(owner, TODAY)] == [False]
        assert [item.is_late for item in waiting(owner, TODAY + timedelta(days=1))] == [True]
        finished = finished_in(river, title="Ready", owner_user_id=7)
        assert [item.key for item in waiting(person(river, Role.MANAGER, user_id=9, name="Wu"), TODAY)] == [
            finished.code
        ]
        assert waiting(person(river), TODAY) == []  # finished it herself
        assert project.code not in {item.key for item in waiting(person(river, user_id=9), TODAY)}


def test_the_same_tags_in_another_order_are_no_change(river):
    with scope(river.id):
        project = project_in(river, tags=["safety", "5S"])
        do = {"actor": person(river), "project_id": project.pk, **WHEN}
        assert services.plan_project(**do, tags=["5S", "safety"]).tags == "safety;5S"
        assert services.plan_project(**do, tags=["5S"]).tags == "5S"
        assert services.plan_project(**do, tags=[]).tags == ""
        assert services.plan_project(**do, tags=["quality"]).version == 4
