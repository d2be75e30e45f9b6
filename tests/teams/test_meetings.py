"""A meeting from its plan to its minutes: what it does, and what it refuses."""

from datetime import date, time, timedelta

import pytest

from fairfloor.actions.public import ActionItem, add_action
from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.projects.public import ImprovementProject, Refused
from fairfloor.safety.public import report_hazard
from fairfloor.suggestions.public import MoveNotAllowed as SuggestionMoveNotAllowed
from fairfloor.suggestions.public import Suggestion, decline_suggestion, submit_suggestion, take_to_meeting
from fairfloor.teams.models import AgendaItem, Attendance, Decision, Meeting
from fairfloor.teams.selectors import agenda_of
from fairfloor.teams.services import (
    DayInFuture,
    MoveNotAllowed,
    NotAMember,
    WordsMissing,
    add_member,
    add_topic,
    cancel_meeting,
    check_in,
    close_meeting,
    correct_meeting,
    decide_accept,
    decide_action,
    decide_complete,
    decide_decline,
    decide_note,
    decide_project,
    move_item,
    open_meeting,
    schedule_meeting,
    set_item_done,
    withdraw_meeting,
)
from fairfloor.teams.web.places import item_line
from fairfloor.teams.workflow import MOST_OF_A_KIND
from tests.cast import NOW, TODAY

LATER = NOW + timedelta(minutes=30)


def plan(crew, day=TODAY):
    return schedule_meeting(actor=crew.secretary, team_id=crew.team.id, meeting_date=day, at=NOW)


def opened(crew, day=TODAY):
    meeting = plan(crew, day)
    return open_meeting(actor=crew.secretary, meeting_id=meeting.id, day=day, at=NOW)


def idea(crew, text, *, in_meeting=False):
    sent = submit_suggestion(
        actor=crew.factory.worker, client_id=f"client-{text}-0000", text=text, day=TODAY, at=NOW
    ).suggestion
    if in_meeting:
        take_to_meeting(actor=crew.secretary, suggestion_id=sent.pk, day=TODAY, at=NOW)
    return sent


def promise(crew, text, due_date):
    return add_action(
        actor=crew.secretary,
        text=text,
        owner_name="Luo Yan",
        due_date=due_date,
        about_feature="safety",
        about_code="H-1",
        day=TODAY,
        at=NOW,
    )


def items(meeting):
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id"))


def only(meeting):
    found = items(meeting)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def inside(crew, other_crew):
    """The crew of one factory, in scope; the other factory has a meeting and an idea of its own."""
    with scope(other_crew.factory.id):
        idea(other_crew, "Elsewhere")
        opened(other_crew)
    with scope(crew.factory.id):
        yield crew


def test_meetings_are_numbered_in_each_team(inside):
    assert [plan(inside).number, plan(inside).number] == [1, 2]
    assert Meeting.objects.count() == 2


def test_the_agenda_fills_itself(inside):
    waits = idea(inside, "New", in_meeting=False)
    taken = idea(inside, "Taken", in_meeting=True)
    gone = idea(inside, "Declined")
    decline_suggestion(actor=inside.secretary, suggestion_id=gone.pk, reason="No", day=TODAY, at=NOW)
    late = promise(inside, "Late", TODAY - timedelta(days=3))
    soon = promise(inside, "Soon", TODAY + timedelta(days=3))
    danger = report_hazard(
        actor=inside.secretary, description="Bare wire", day=TODAY, at=NOW, likelihood=4, severity=5
    )
    meeting = opened(inside)
    assert [(item.kind, item.about_code) for item in items(meeting)] == [
        ("HAZARD", danger.code),
        ("SUGGESTION", taken.code),
        ("SUGGESTION", waits.code),
        ("ACTION", late.code),
        ("ACTION", soon.code),
    ]
    assert (meeting.status, meeting.meeting_date) == ("OPEN", TODAY)


def test_what_was_left_open_comes_again(inside):
    sent = idea(inside, "Lamp")
    action = promise(inside, "Mend it", TODAY)
    first = opened(inside)
    add_topic(actor=inside.secretary, meeting_id=first.id, title="Canteen", at=NOW)
    add_topic(actor=inside.secretary, meeting_id=first.id, title="Greeting", at=NOW)
    idea_item, action_item, _canteen, greeting = items(first)
    decide_complete(actor=inside.secretary, item_id=action_item.id, day=TODAY, at=NOW)
    set_item_done(actor=inside.secretary, item_id=greeting.id, is_done=True, at=NOW)
    close_meeting(actor=inside.secretary, meeting_id=first.id, minutes="", day=TODAY, at=NOW)
    second = opened(inside)
    found = [(item.kind, item.about_code or item.title, item.carried_from) for item in items(second)]
    assert found == [("TOPIC", "Canteen", 1), ("SUGGESTION", sent.code, 1)]
    assert ActionItem.objects.get(pk=action.pk).status == "DONE"
    # A cancelled meeting in between has no agenda, so what it would have carried is not lost.
    third = plan(inside)
    cancel_meeting(actor=inside.secretary, meeting_id=third.id, reason="Holiday", at=NOW)
    fourth = opened(inside)
    assert {item.about_code or item.title for item in items(fourth)} == {"Canteen", idea_item.about_code}


def test_an_agenda_stays_short_enough_to_work_through(inside):
    for number in range(MOST_OF_A_KIND + 5):
        promise(inside, f"Promise {number}", TODAY + timedelta(days=number))
        idea(inside, f"Idea {number}")
    taken = idea(inside, "Taken", in_meeting=True)
    kinds = [item.kind for item in items(opened(inside))]
    assert (kinds.count("ACTION"), kinds.count("SUGGESTION")) == (MOST_OF_A_KIND, MOST_OF_A_KIND + 1)
    assert AgendaItem.objects.filter(about_code=taken.code).exists()


def test_who_is_there(inside):
    meeting = opened(inside)
    ids = [inside.members["M01"].id, inside.members["M02"].id]
    check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=ids, at=NOW, version=2)
    rows = Attendance.objects.values_list("member__member_code", "is_present")
    assert sorted(rows) == [("M01", True), ("M02", True), ("M03", False)]
    with pytest.raises(StaleEdit):
        check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[], at=NOW, version=2)


def test_nobody_is_there_before_joining(inside, other_crew):
    newcomer = add_member(
        actor=inside.secretary,
        team_id=inside.team.id,
        member_code="M04",
        from_date=TODAY + timedelta(days=1),
        at=NOW,
    )
    meeting = opened(inside)
    with pytest.raises(NotAMember) as found:
        check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[newcomer.id], at=NOW)
    assert found.value.codes == ("M04",)
    stranger = other_crew.members["M01"].id
    with pytest.raises(inside.members["M01"].DoesNotExist):
        check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[stranger], at=NOW)
    assert not Attendance.objects.exists()


def test_the_hour_belongs_to_the_day_it_was_planned_for(inside):
    for planned, hour in ((TODAY, time(14, 30)), (TODAY + timedelta(days=3), None)):
        meeting = schedule_meeting(
            actor=inside.secretary,
            team_id=inside.team.id,
            meeting_date=planned,
            at=NOW,
            start_time=time(14, 30),
        )
        begun = open_meeting(actor=inside.secretary, meeting_id=meeting.pk, day=TODAY, at=NOW)
        assert (begun.meeting_date, begun.start_time) == (TODAY, hour)


def test_a_meeting_is_opened_and_closed_once(inside):
    meeting = opened(inside)
    with pytest.raises(MoveNotAllowed):
        open_meeting(actor=inside.secretary, meeting_id=meeting.id, day=TODAY, at=NOW)
    with pytest.raises(StaleEdit):
        close_meeting(actor=inside.secretary, meeting_id=meeting.id, minutes="", day=TODAY, at=NOW, version=1)
    held = close_meeting(
        actor=inside.secretary, meeting_id=meeting.id, minutes=" Short. ", day=TODAY, at=LATER, version=2
    )
    assert (held.status, held.minutes) == ("HELD", "Short.")
    with pytest.raises(MoveNotAllowed):
        close_meeting(actor=inside.secretary, meeting_id=meeting.id, minutes="", day=TODAY, at=NOW)
    with pytest.raises(MoveNotAllowed):
        cancel_meeting(actor=inside.secretary, meeting_id=meeting.id, reason="", at=NOW)
    with pytest.raises(MoveNotAllowed):
        check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=[], at=NOW)
    with pytest.raises(MoveNotAllowed):
        add_topic(actor=inside.secretary, meeting_id=meeting.id, title="Late", at=NOW)
    assert [e.verb for e in audit.story_of(meeting)][-1] == "meeting.held"


def test_a_meeting_on_paper_is_entered_afterwards_but_not_before(inside):
    past, future = plan(inside, TODAY - timedelta(days=9)), plan(inside, TODAY + timedelta(days=9))
    held = close_meeting(actor=inside.secretary, meeting_id=past.id, minutes="", day=TODAY, at=NOW)
    assert held.meeting_date == TODAY - timedelta(days=9)
    with pytest.raises(DayInFuture):
        close_meeting(actor=inside.secretary, meeting_id=future.id, minutes="", day=TODAY, at=NOW)


def test_decisions_on_an_idea(inside):
    sent = idea(inside, "Lamp")
    item = only(opened(inside))
    decide_note(actor=inside.secretary, item_id=item.id, text="Two were there.", at=NOW, version=1)
    decision = decide_project(
        actor=inside.secretary,
        item_id=item.id,
        title="Light over line 3",
        owner_name="Lin Wei",
        due_date=date(2026, 4, 1),
        day=TODAY,
        at=NOW,
        version=2,
    )
    project = ImprovementProject.objects.get(code=decision.result_code)
    assert (project.title, project.owner_name) == ("Light over line 3", "Lin Wei")
    sent = Suggestion.objects.get(pk=sent.pk)
    assert (sent.status, sent.project_code) == ("ACCEPTED", project.code)
    item = AgendaItem.objects.get(pk=item.pk)
    assert (item.is_done, item.version) == (True, 3)
    # The same form sent twice starts one project only.
    with pytest.raises(StaleEdit):
        decide_project(
            actor=inside.secretary,
            item_id=item.id,
            title="Light over line 3",
            owner_name="Lin Wei",
            due_date=None,
            day=TODAY,
            at=NOW,
            version=2,
        )
    assert ImprovementProject.objects.count() == 1
    assert list(Decision.objects.order_by("position").values_list("kind", flat=True)) == [
        "NOTE",
        "START_PROJECT",
    ]


def test_decline_needs_a_reason_and_accept_answers(inside):
    first, second = idea(inside, "First", in_meeting=True), idea(inside, "Second", in_meeting=True)
    meeting = opened(inside)
    by_code = {item.about_code: item for item in items(meeting)}
    with pytest.raises(WordsMissing):
        decide_decline(actor=inside.secretary, item_id=by_code[first.code].id, reason=" ", day=TODAY, at=NOW)
    decide_decline(
        actor=inside.secretary, item_id=by_code[first.code].id, reason="Too dear", day=TODAY, at=NOW
    )
    decide_accept(
        actor=inside.secretary, item_id=by_code[second.code].id, answer="We will", day=TODAY, at=NOW
    )
    assert Suggestion.objects.get(pk=first.pk).reason == "Too dear"
    assert Suggestion.objects.get(pk=second.pk).status == "ACCEPTED"
    with pytest.raises(SuggestionMoveNotAllowed):
        decide_accept(actor=inside.secretary, item_id=by_code[second.code].id, answer="", day=TODAY, at=NOW)


def test_an_idea_closed_meanwhile_starts_no_project(inside):
    sent = idea(inside, "Lamp")
    item = only(opened(inside))
    Suggestion.objects.filter(pk=sent.pk).update(status="WITHDRAWN")
    with pytest.raises(Refused):
        decide_project(
            actor=inside.secretary,
            item_id=item.id,
            title="Light",
            owner_name="",
            due_date=None,
            day=TODAY,
            at=NOW,
        )
    assert not ImprovementProject.objects.exists()
    assert not Decision.objects.exists()


def test_an_action_belongs_to_what_it_was_decided_on(inside):
    promise(inside, "Mend it", TODAY)
    meeting = opened(inside)
    add_topic(actor=inside.secretary, meeting_id=meeting.id, title="Canteen", at=NOW)
    action_item, topic = items(meeting)
    values = {"owner_name": "Luo Yan", "due_date": None, "day": TODAY, "at": NOW}
    for item in (action_item, topic):
        decide_action(actor=inside.secretary, item_id=item.id, text="Ask the mechanic", **values)
    about = ActionItem.objects.filter(text="Ask the mechanic").values_list("about_feature", "about_code")
    assert sorted(about) == [("safety", "H-1"), ("teams", "EIT-1")]
    with pytest.raises(MoveNotAllowed):
        decide_accept(actor=inside.secretary, item_id=topic.id, answer="", day=TODAY, at=NOW)


def test_an_action_tells_what_it_is_about(inside):
    promise(inside, "Mend it", TODAY)
    line = item_line("river", agenda_of(opened(inside), inside.secretary)[0])
    assert (line["about"], line["about_url"]) == ("Hazard H-1", "/e/river/safety/hazards/H-1/")


def test_only_an_open_meeting_decides(inside, other_crew):
    idea(inside, "Lamp")
    item = only(opened(inside))
    with pytest.raises(Forbidden):
        decide_note(actor=inside.factory.worker, item_id=item.id, text="Hello", at=NOW)
    with pytest.raises(Forbidden):
        decide_note(
            actor=inside.factory.actor(Role.WORKER_REPRESENTATIVE), item_id=item.id, text="Hello", at=NOW
        )
    close_meeting(actor=inside.secretary, meeting_id=item.meeting_id, minutes="", day=TODAY, at=NOW)
    with pytest.raises(MoveNotAllowed):
        decide_note(actor=inside.secretary, item_id=item.id, text="Hello", at=NOW)
    with scope(other_crew.factory.id), pytest.raises(AgendaItem.DoesNotExist):
        decide_note(actor=other_crew.secretary, item_id=item.id, text="Hello", at=NOW)


def test_items_can_be_put_in_another_order(inside):
    meeting = plan(inside)
    for title in ("One", "Two", "Three"):
        add_topic(actor=inside.secretary, meeting_id=meeting.id, title=title, at=NOW)
    last = items(meeting)[2]
    move_item(actor=inside.secretary, item_id=last.id, is_up=True, at=NOW)
    assert [item.title for item in items(meeting)] == ["One", "Three", "Two"]
    move_item(actor=inside.secretary, item_id=items(meeting)[0].id, is_up=True, at=NOW)
    assert [item.title for item in items(meeting)] == ["One", "Three", "Two"]
    with pytest.raises(WordsMissing):
        add_topic(actor=inside.secretary, meeting_id=meeting.id, title=" ", at=NOW)


def test_a_correction_keeps_its_trace(inside):
    meeting = opened(inside)
    ids = [inside.members["M01"].id]
    check_in(actor=inside.secretary, meeting_id=meeting.id, present_ids=ids, at=NOW)
    close_meeting(actor=inside.secretary, meeting_id=meeting.id, minutes="Old", day=TODAY, at=NOW)
    values = {"actor": inside.secretary, "meeting_id": meeting.id, "day": TODAY, "at": LATER}
    corrected = correct_meeting(
        meeting_date=TODAY - timedelta(days=1), minutes="New", present_ids=ids, version=4, **values
    )
    before = audit.story_of(corrected)[-1].detail["before"]
    assert before == {"day": TODAY.isoformat(), "minutes": "Old"}
    with pytest.raises(NotAMember):
        correct_meeting(meeting_date=date(2025, 12, 1), minutes="New", present_ids=ids, **values)
    with pytest.raises(DayInFuture):
        correct_meeting(meeting_date=TODAY + timedelta(days=1), minutes="", present_ids=[], **values)
    assert Meeting.objects.get(pk=meeting.pk).meeting_date == TODAY - timedelta(days=1)


def test_a_withdrawn_meeting_stays_with_its_reason(inside):
    meeting = opened(inside)
    values = {"actor": inside.secretary, "meeting_id": meeting.id, "at": LATER}
    with pytest.raises(WordsMissing):
        withdraw_meeting(reason=" ", **values)
    assert withdraw_meeting(reason="Entered twice", **values).status == "WITHDRAWN"
    with pytest.raises(MoveNotAllowed):
        withdraw_meeting(reason="Again", **values)
    member = inside.factory.actor(Role.TEAM_MEMBER)
    with pytest.raises(Forbidden):
        withdraw_meeting(**(values | {"actor": member, "reason": "Why not"}))
