"""Talking both ways: thanks, silence, merging and taking it back, one answer to many, floods, the clock."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

import fairfloor.desk
from fairfloor.conversations.public import messages_of
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed
from fairfloor.core.limits import place_key, room_left
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import WorkforceCount
from fairfloor.organisations.public import IMPROVEMENT_TEAM, Role, active_worker_link
from fairfloor.suggestions import answers, merging, selectors, services, writer
from fairfloor.suggestions.caution import PATTERNS, may_identify
from fairfloor.suggestions.clock_services import overdue_count, watch_clock
from fairfloor.suggestions.models import Suggestion
from fairfloor.suggestions.permissions import PERMISSIONS
from fairfloor.suggestions.public import waiting, worker_story
from fairfloor.suggestions.similarity import likeness_of_texts
from fairfloor.suggestions.workflow import clock
from tests.cast import NOW, PASSWORD, TODAY
from tests.suggestions import asking


def send(factory, text="A fan", **values):
    """Each from a phone of its own."""
    return asking.send(factory, text=text, client_id=str(uuid4()), **values)


def by(factory, *roles, day=TODAY):
    return {"actor": factory.actor(*roles), "day": day, "at": NOW}


def as_writer(factory, sent, day=TODAY):
    return {
        "actor": factory.worker,
        "conversation_id": sent.suggestion.conversation_id,
        "day": day,
        "at": NOW,
    }


def test_thanks_are_one_tap_and_start_no_clock(river):
    sent = send(river)
    with scope(river.id):
        services.answer_suggestion(
            suggestion_id=sent.suggestion.pk, text="Done soon.", **by(river, Role.TEAM_MEMBER)
        )
        for _twice in range(2):
            writer.say_thanks(**as_writer(river, sent))
        thread = messages_of(sent.suggestion.conversation_id)
        assert [message.is_thanks for message in thread] == [False, True]
        assert not Suggestion.objects.get().conversation.is_waiting
        assert sent.suggestion.code not in {
            item.key
            for item in waiting(river.actor(Role.TEAM_MEMBER), TODAY)
            if item.text.startswith("The writer")
        }


def test_silence_shows_after_two_weeks_and_a_second_word_does_not_set_it_back(river):
    sent = send(river)
    later, end = TODAY + timedelta(days=5), TODAY + timedelta(days=15)
    key = sent.suggestion.conversation_id
    with scope(river.id):
        services.decline_suggestion(
            suggestion_id=sent.suggestion.pk, reason="No.", **by(river, Role.TEAM_MEMBER)
        )
        writer.say_more(text="Why?", **as_writer(river, sent))
        writer.say_more(text="Please?", **as_writer(river, sent, later))
        assert worker_story(key, "en", TODAY + timedelta(days=14)).no_answer_since is None
        assert worker_story(key, "en", end).no_answer_since == TODAY
        assert Suggestion.objects.filter(selectors.unanswered(end)).count() == 1
        assert [item.is_late for item in waiting(river.actor(Role.TEAM_MEMBER), end)] == [True]
        services.answer_suggestion(
            suggestion_id=sent.suggestion.pk, text="Because.", **by(river, Role.TEAM_MEMBER, day=end)
        )
        assert worker_story(key, "en", end).no_answer_since is None
        assert not Suggestion.objects.filter(selectors.unanswered(end)).exists()


def test_not_fixed_opens_again_without_a_reason(river):
    sent = send(river)
    with scope(river.id):
        Suggestion.objects.update(status="IMPLEMENTED")
        writer.say_not_fixed(text="", **as_writer(river, sent))
        assert Suggestion.objects.get().status == "ACCEPTED"
        assert Suggestion.objects.get().conversation.is_waiting


def test_a_chain_of_merges_gives_all_receipts_the_answer_and_can_be_taken_back(river, hill):
    sents = [send(river, text=f"A fan {n}") for n in range(8)]
    with scope(river.id):
        for one, other in pairwise(sents):
            merging.merge_suggestion(
                suggestion_id=one.suggestion.pk,
                into_id=other.suggestion.pk,
                **by(river, Role.TEAM_SECRETARY),
            )
        services.answer_suggestion(
            suggestion_id=sents[-1].suggestion.pk, text="They hang on Monday.", **by(river, Role.TEAM_MEMBER)
        )
        for sent in sents[:-1]:
            assert worker_story(sent.suggestion.conversation_id, "en", TODAY).answer == "They hang on Monday."
        first = sents[0].suggestion
        with pytest.raises(Forbidden):
            merging.unmerge_suggestion(suggestion_id=first.pk, **by(river, Role.WORKER_REPRESENTATIVE))
        apart = merging.unmerge_suggestion(suggestion_id=first.pk, **by(river, Role.TEAM_SECRETARY))
        assert (apart.status, apart.merged_into_id, apart.decided_date) == ("NEW", None, None)
        assert worker_story(first.conversation_id, "en", TODAY).answer == ""
        with pytest.raises(MoveNotAllowed):
            merging.unmerge_suggestion(suggestion_id=first.pk, **by(river, Role.TEAM_SECRETARY))
    with scope(hill.id), pytest.raises(Suggestion.DoesNotExist):
        merging.unmerge_suggestion(suggestion_id=first.pk, **by(hill, Role.TEAM_SECRETARY))


def test_what_answers_a_question_stays_with_who_asked(river):
    one, other = send(river, text="A fan"), send(river, text="Fans please")
    with scope(river.id):
        merging.merge_suggestion(
            suggestion_id=one.suggestion.pk, into_id=other.suggestion.pk, **by(river, Role.TEAM_MEMBER)
        )
        writer.say_more(text="My back hurts.", **as_writer(river, other))
        services.answer_suggestion(
            suggestion_id=other.suggestion.pk, text="About your back…", **by(river, Role.TEAM_MEMBER)
        )
        assert worker_story(one.suggestion.conversation_id, "en", TODAY).answer == ""


def test_one_answer_to_many_says_what_became_of_each(river, hill):
    sents, foreign = [send(river, text=f"Fan {n}") for n in range(3)], send(hill)
    keys = [sent.suggestion.pk for sent in sents] + [foreign.suggestion.pk]
    with scope(river.id):
        services.withdraw_suggestion(suggestion_id=keys[0], reason="Test", **by(river, Role.MANAGER))
        found = answers.answer_many(suggestion_ids=keys, text="Soon.", **by(river, Role.TEAM_MEMBER))
        assert {one.code: one.is_sent for one in found} == {
            sents[0].suggestion.code: False,
            sents[1].suggestion.code: True,
            sents[2].suggestion.code: True,
        }
        assert [len(messages_of(sent.suggestion.conversation_id)) for sent in sents] == [0, 1, 1]
        with pytest.raises(Forbidden):
            answers.answer_many(suggestion_ids=keys, text="Soon.", **by(river, Role.WORKER_REPRESENTATIVE))
    with scope(hill.id):
        assert messages_of(foreign.suggestion.conversation_id) == []


def test_the_pages_of_answers(river):
    send(river, text="A fan")
    with scope(river.id):
        key = Suggestion.objects.get().pk
    river.user("secretary", Role.TEAM_SECRETARY)
    client = Client()
    client.login(username="secretary", password=PASSWORD)
    url = "/e/river/suggestions/answer-many/"
    assert client.post(url, {"text": "Soon."}).status_code == 422
    page = client.post(url, {"id": key, "text": "Soon.", "step": "preview"})
    assert "This is what each of them reads" in page.content.decode()
    assert "sent" in client.post(url, {"id": key, "text": "Soon.", "step": "send"}).content.decode()
    drafts = "/e/river/suggestions/answers/"
    assert client.post(drafts, {"title": "Hi", "text": "", "language": "en"}).status_code == 422
    assert client.post(drafts, {"title": "Hi", "text": "Hello all", "language": "en"}).status_code == 303
    assert "Hello all" in client.get(drafts).content.decode()
    with scope(river.id):
        assert ("Hi", "Hello all") in answers.answer_drafts("en")
    for view in ("held", "all"):
        assert client.get(f"/e/river/suggestions/?view={view}&period=unanswered").status_code == 200
    assert client.get(f"/e/river/suggestions/{_code(river)}/").status_code == 200
    assert client.get("/reminders/").status_code == 200
    assert client.post("/reminders/", {"rhythm": "OFF"}).status_code == 303
    assert client.post("/reminders/", {"rhythm": "HOURLY"}).status_code == 422


def _code(factory):
    with scope(factory.id):
        return Suggestion.objects.get().code


def test_the_clock_and_its_hand_up(river):
    assert clock(TODAY, None, None, TODAY + timedelta(days=2)).is_acknowledged_in_time is None
    assert clock(TODAY, None, None, TODAY + timedelta(days=3)).is_overdue
    assert clock(TODAY, None, TODAY + timedelta(days=1), TODAY + timedelta(days=30)).is_overdue is False
    sent = send(river)
    late = TODAY + timedelta(days=3)
    with scope(river.id):
        system = {"actor": river.system, "at": NOW}
        assert watch_clock(day=TODAY + timedelta(days=2), **system) == 0
        assert watch_clock(day=late, **system) == 1
        assert watch_clock(day=late, **system) == 0
        assert overdue_count(late) == 1
        manager = waiting(river.actor(Role.MANAGER), late)
        assert "handed up to you" in manager[0].text
        assert "handed up" not in waiting(river.actor(Role.TEAM_MEMBER), late)[0].text
        assert worker_story(sent.suggestion.conversation_id, "en", late).is_escalated


def test_a_flood_is_held_and_an_honest_shift_change_is_not(river):
    cache.clear()
    with scope(river.id):
        token = active_worker_link().token
        for department in ("KNT", "PAK"):
            WorkforceCount.objects.create(
                snapshot_date=TODAY,
                department_code=department,
                level="FRONT_LINE",
                sex="FEMALE",
                headcount=1000,
            )
    # 2,000 in a minute over two places of one link, as one process counts them.
    for department in ("KNT", "PAK"):
        key = place_key(token, department, TODAY)
        assert all(room_left("idea", key, size=1000, per_minute=500) for _n in range(1000))
        assert not room_left("idea", key, size=1000, per_minute=500)
    assert place_key(token, "KNT", TODAY) != place_key(token, "KNT", TODAY + timedelta(days=1))
    cache.clear()


def test_what_is_held_counts_nowhere_until_somebody_looked(river):
    sent = send(river, is_held=True)
    member = river.actor(Role.TEAM_MEMBER)
    with scope(river.id):
        assert [item.query for item in waiting(member, TODAY)] == ["view=held"]
        assert not selectors.in_view("waiting").exists()
        assert services.let_in(suggestion_ids=[sent.suggestion.pk], **by(river, Role.TEAM_MEMBER)) == 1
        assert [item.key for item in waiting(member, TODAY)] == [sent.suggestion.code]


def test_words_and_translation_meet_across_scripts():
    chinese, english = (
        ("车间太热，希望装风扇", "The hall is too hot, we want fans"),
        ("Fans: the hall is hot", ""),
    )
    assert likeness_of_texts(chinese, english) > selectors.LIKE_ENOUGH
    assert likeness_of_texts(chinese[:1], english) < selectors.LIKE_ENOUGH


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Call me: 138 0013 8000", ("phone",)),
        ("我叫王芳，工号 20431", ("number", "name")),
        ("Me llamo Rosa, rosa@example.org", ("mail", "name")),
        ("Tôi tên là Hoa, máy số 12 bị hỏng", ("machine", "name")),
        ("我是唯一的女机修工", ("only",)),
        ("On 2026-03-10 two lamps of line 3 were broken, 40 pieces lost", ()),
        ("车间太热，希望装两台风扇", ()),
    ],
)
def test_what_may_identify_is_seen(text, kinds):
    assert may_identify(text) == kinds


def test_the_phone_looks_for_the_same_as_the_desk():
    script = (Path(fairfloor.desk.__file__).parent / "static" / "worker" / "caution.js").read_text()
    for patterns in PATTERNS.values():
        for pattern in patterns:
            assert f"/{pattern}/i" in script, pattern
    assert len(script.splitlines()) <= 150
    for too_new in ("?.", "??", "=>", "requestSubmit"):
        assert too_new not in script


def test_the_page_says_truly_who_reads():
    """The worker's page names the team, the managers and the worker representative; nobody else holds the key."""
    assert PERMISSIONS["suggestions.view"] == IMPROVEMENT_TEAM | {Role.WORKER_REPRESENTATIVE}
