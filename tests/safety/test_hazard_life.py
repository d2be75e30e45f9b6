"""The life of a hazard: deadlines, what is overdue, what came back, and the finder's word."""

from datetime import timedelta
from uuid import uuid4

import pytest

from fairfloor.conversations.public import ContentDiffers, messages_of
from fairfloor.core.access import Forbidden
from fairfloor.core.audit import story_of
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from fairfloor.safety.models import Hazard
from fairfloor.safety.public import waiting, worker_story
from fairfloor.safety.recurrence import earlier_ones
from fairfloor.safety.selectors import fix_days, overview, unanswered
from tests.cast import NOW, TODAY


@pytest.fixture
def inside(river, hill):
    with scope(river.id):
        yield river


def report(factory, **values):
    return services.report_hazard(
        actor=factory.system, **({"description": "Oil on the floor", "day": TODAY, "at": NOW} | values)
    )


def close(factory, hazard, day=TODAY):
    officer = factory.actor(Role.SAFETY_OFFICER)
    services.fix_hazard(actor=officer, hazard_id=hazard.pk, control_type="ENGINEERING", day=day, at=NOW)
    services.verify_hazard(actor=factory.system, hazard_id=hazard.pk, at=NOW)
    return services.close_hazard(actor=officer, hazard_id=hazard.pk, day=day, at=NOW)


def danger(factory, **values):
    values = {"client_id": str(uuid4()), "text": "Bare wire", "day": TODAY, "at": NOW} | values
    return services.report_danger(actor=factory.worker, **values)


def test_the_rating_gives_the_day_and_the_factory_chooses_its_days(inside, hill):
    officer = inside.actor(Role.SAFETY_OFFICER)
    hazard = report(inside)
    rated = services.triage_hazard(
        actor=officer, hazard_id=hazard.pk, likelihood=5, severity=5, at=NOW, version=1
    )
    assert (rated.status, rated.due_date) == ("TRIAGED", TODAY + timedelta(days=1))
    with pytest.raises(StaleEdit):
        services.triage_hazard(
            actor=officer, hazard_id=hazard.pk, likelihood=1, severity=1, at=NOW, version=1
        )
    days = {"CRITICAL": 0, "HIGH": 2, "MEDIUM": 7, "LOW": 20}
    services.set_fix_days(actor=officer, days=days, at=NOW)
    assert report(inside).due_date == TODAY + timedelta(days=7)
    for unfit in (days | {"CRITICAL": 3}, days | {"LOW": 366}, days | {"CRITICAL": -1}, {"LOW": 1}):
        with pytest.raises(services.HazardRefused):
            services.set_fix_days(actor=officer, days=unfit, at=NOW)
    with pytest.raises(Forbidden):
        services.set_fix_days(actor=inside.actor(Role.TEAM_MEMBER), days=days, at=NOW)
    assert fix_days() == days
    with scope(hill.id):
        assert fix_days()["MEDIUM"] == 14


@pytest.mark.parametrize(("likelihood", "severity"), [(6, 1), (0, 3), (3, None)])
def test_a_rating_off_the_scale_changes_nothing(inside, likelihood, severity):
    hazard = report(inside)
    with pytest.raises(services.HazardRefused):
        services.triage_hazard(
            actor=inside.system, hazard_id=hazard.pk, likelihood=likelihood, severity=severity, at=NOW
        )
    hazard.refresh_from_db()
    assert (hazard.status, hazard.version) == ("OPEN", 1)


def test_what_is_past_its_day_goes_up_once_and_a_critical_one_stops_the_work(inside):
    red, mild = report(inside, likelihood=5, severity=5), report(inside)
    later = TODAY + timedelta(days=2)
    act = {"actor": inside.system, "at": NOW}
    assert services.escalate_overdue(day=later, **act) == 1
    assert services.escalate_overdue(day=later, **act) == 0
    red.refresh_from_db()
    mild.refresh_from_db()
    assert (red.escalated_date, red.work_stopped_date, mild.escalated_date) == (later, later, None)
    assert sorted(each.verb for each in story_of(red)) == ["hazard.overdue", "hazard.reported"]
    with pytest.raises(Forbidden):
        services.escalate_overdue(actor=inside.actor(Role.TEAM_MEMBER), day=later, at=NOW)
    assert "handed up" in waiting(inside.actor(Role.MANAGER), later)[0].text


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ("Oil on the floor beside the dyeing machine", "Oil on floor at the dyeing machine"),
        ("染机旁边地面有油", "染机旁地面上有油"),
    ],
)
def test_a_danger_that_came_back_is_known_again(inside, before, again):
    place = {"department_code": "KNT", "category": "SLIPS"}
    first = close(inside, report(inside, description=before, **place))
    services_day = TODAY + timedelta(days=30)
    second = report(inside, description=again, day=services_day, **place)
    other = report(inside, description="Cracked pallet in the gangway", day=services_day, **place)
    assert [each.code for each in earlier_ones(second)] == [first.code]
    assert earlier_ones(other) == []
    late = report(inside, description=again, day=TODAY + timedelta(days=400), **place)
    assert earlier_ones(late) == []
    act = {"actor": inside.system, "at": NOW}
    for hazard, code in ((late, first.code), (second, "H-NONE"), (second, other.code)):
        with pytest.raises(services.HazardRefused):
            services.link_recurrence(hazard_id=hazard.pk, earlier_code=code, **act)
    linked = services.link_recurrence(hazard_id=second.pk, earlier_code=first.code, **act)
    assert linked.recurrence_of == first
    assert overview(TODAY, services_day)["recurred"] == 1


def test_many_go_to_one_person_or_none_does(inside, hill):
    officer = inside.actor(Role.SAFETY_OFFICER)
    one, two = report(inside), report(inside)
    with scope(hill.id):
        theirs = report(hill)
    act = {"actor": officer, "responsible_name": "Hu Jing", "due_date": TODAY, "at": NOW}
    for codes in ([one.code, theirs.code], [], [one.code, "H-NONE"]):
        with pytest.raises(services.HazardRefused):
            services.assign_many(codes=codes, **act)
    assert not Hazard.objects.filter(status="ASSIGNED").exists()
    assert services.assign_many(codes=[one.code, two.code], **act) == 2


def test_a_picture_is_enough_and_nothing_is_not(inside):
    sent = danger(inside, text="", category="ELECTRICAL", is_urgent=True)
    assert (sent.hazard.description, sent.hazard.channel) == ("Electricity", "WORKER")
    assert sent.hazard.due_date == TODAY + timedelta(days=1)
    first = waiting(inside.actor(Role.SAFETY_OFFICER), TODAY)[0]
    assert (first.key, first.is_late) == (sent.hazard.code, True)
    event = story_of(sent.hazard)[0]
    assert (event.at.hour, event.at.minute, event.actor_name) == (0, 0, "")
    for values in ({"text": " "}, {"text": "", "category": "DRAGONS"}):
        with pytest.raises(services.HazardRefused):
            danger(inside, **values)
    assert Hazard.objects.count() == 1


def test_the_same_send_gives_the_same_receipt_and_another_text_is_refused(inside):
    key = str(uuid4())
    one, two = danger(inside, client_id=key), danger(inside, client_id=key)
    assert (one.is_new, two.is_new, one.receipt) == (True, False, two.receipt)
    with pytest.raises(ContentDiffers):
        danger(inside, client_id=key, text="Other")
    assert Hazard.objects.count() == 1


def test_the_finder_says_whether_it_is_gone(inside):
    hazard = danger(inside).hazard
    by = {"actor": inside.worker, "conversation_id": hazard.conversation_id, "day": TODAY, "at": NOW}
    for refused in (lambda: services.confirm_gone(**by), lambda: services.say_not_gone(text="", **by)):
        with pytest.raises(MoveNotAllowed):
            refused()
    close(inside, hazard)
    assert worker_story(hazard.conversation_id, "en").may_confirm
    services.say_not_gone(text="It sparks again", **by)
    hazard.refresh_from_db()
    assert (hazard.status, hazard.fixed_date, hazard.closed_date) == ("OPEN", None, None)
    assert [each.text for each in messages_of(hazard.conversation_id)] == ["It sparks again"]
    assert worker_story(hazard.conversation_id, "en").word == "Open again"
    close(inside, hazard)
    services.confirm_gone(**by)
    story = worker_story(hazard.conversation_id, "en")
    assert (story.word, story.may_confirm) == ("Gone", False)
    assert worker_story(0, "en") is None


def test_the_finder_and_the_factory_talk_in_one_thread(inside, hill):
    hazard = danger(inside).hazard
    officer = inside.actor(Role.SAFETY_OFFICER)
    by = {"actor": inside.worker, "conversation_id": hazard.conversation_id, "day": TODAY, "at": NOW}
    reply = {"actor": officer, "hazard_id": hazard.pk, "day": TODAY, "at": NOW}
    services.answer_finder(text="Where exactly?", **reply)
    services.say_more(text="At the third table", **by)
    assert [each.is_from_staff for each in messages_of(hazard.conversation_id)] == [True, False]
    line = next(each for each in waiting(officer, TODAY) if "waits for an answer" in each.text)
    assert (line.key, line.is_late) == (hazard.code, False)
    late = TODAY + timedelta(days=15)
    assert any(each.is_late and "waits for an answer" in each.text for each in waiting(officer, late))
    assert worker_story(hazard.conversation_id, "en", late).no_answer_since == TODAY
    services.answer_finder(text="We are on our way.", **reply)
    assert not any("waits for an answer" in each.text for each in waiting(officer, late))
    services.say_thanks(**by)
    services.say_thanks(**by)
    assert sum(each.is_thanks for each in messages_of(hazard.conversation_id)) == 1
    for text, refused in ((" ", services.HazardRefused), ("x", StaleEdit)):
        with pytest.raises(refused):
            services.answer_finder(text=text, **reply, version=7 if text == "x" else 1)
    with pytest.raises(Forbidden):
        services.answer_finder(text="x", **(reply | {"actor": inside.actor(Role.BUYER)}))
    with pytest.raises(services.HazardRefused):
        services.answer_finder(text="x", **(reply | {"hazard_id": report(inside).pk}))
    with scope(hill.id), pytest.raises(Hazard.DoesNotExist):
        services.answer_finder(text="x", **(reply | {"actor": hill.actor(Role.SAFETY_OFFICER)}))


def test_a_fix_answers_still_there_but_no_question(inside):
    hazard = danger(inside).hazard
    by = {"actor": inside.worker, "conversation_id": hazard.conversation_id, "day": TODAY, "at": NOW}
    close(inside, hazard)
    for words, still_waits in (("", False), ("It sparks at night", True)):
        services.say_not_gone(text=words, **by)
        close(inside, hazard)
        hazard.conversation.refresh_from_db()
        assert hazard.conversation.is_waiting is still_waits


def test_what_nobody_touched_for_two_weeks_stands_apart(inside):
    hazard, own = danger(inside).hazard, report(inside)
    by_day = {day: set(Hazard.objects.filter(unanswered(day))) for day in (TODAY, TODAY + timedelta(days=15))}
    assert list(by_day.values()) == [set(), {hazard}]
    assert any("Rate it" in each.text for each in waiting(inside.actor(Role.SAFETY_OFFICER), TODAY))
    services.triage_hazard(actor=inside.system, hazard_id=hazard.pk, likelihood=1, severity=1, at=NOW)
    assert not Hazard.objects.filter(unanswered(TODAY + timedelta(days=15))).exists()
    assert own.conversation_id is None
